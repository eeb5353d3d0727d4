"""Give a head the colours and the hair that the user chose."""

from __future__ import annotations

from dataclasses import replace

from flame_model.errors import InputError
from flame_model.head import Head
from flame_model.notices import Say
from flame_model.paint.hair.styles import NONE, SHORT
from flame_model.paint.hair.wear import with_hair
from flame_model.paint.recoloring.person_colors import FACE_PARTS, PRESETS, PersonColors, color_along


def named_colors(**names: str | float | None) -> PersonColors:
    """Return the colours of presets by part (skin, eyes, brows, hair); a part without a name keeps its own.

    A number is a place 0..1 along a part's presets. Raises InputError for an unknown name.
    """
    for part, name in names.items():
        if isinstance(name, str) and name not in PRESETS[part]:
            raise InputError(
                f"There is no preset {name!r} for {part}; name one of {', '.join(PRESETS[part])}."
            )
    colors = PersonColors.named({part: name for part, name in names.items() if isinstance(name, str)})
    places = {part: place for part, place in names.items() if isinstance(place, int | float)}
    return replace(colors, **{part: color_along(part, place) for part, place in places.items()})


def dressed(bare: Head, style: str, colors: PersonColors, say: Say) -> Head:
    """Return a head without hair in the user's colours and with hair of one of STYLES.

    `say` gets a notice about each part that the head does not show. Raises InputError where it cannot wear
    hair.
    """
    if style == NONE and colors.hair is not None:
        say(f"The head wears no hair that could have another colour; put some on with --hair {SHORT}.")
    return with_hair(with_colors(bare, colors, say), style, colors.hair)


def with_colors(head: Head, colors: PersonColors, say: Say) -> Head:
    """Return the head in other colours, without its hair; `say` gets a notice about parts it does not show.

    Only drawings change: a mapping and a response fit the head in any colours.
    """
    wanted = [part for part in FACE_PARTS if getattr(colors, part) is not None]
    if not wanted:
        return head
    # Importing SciPy takes a third of a second, which a start without colours does not need.
    from app.model.identity import landmark_places
    from flame_model.paint.recoloring.color_regions import find_regions
    from flame_model.paint.recoloring.recolor import recolored

    places = landmark_places(head)
    if places is None:
        say(f"The head {head.name} has no landmarks, so it keeps its own colours.")
        return head
    regions = find_regions(head, places)
    for part in wanted:
        if getattr(regions.own, part) is None:
            say(f"The head {head.name} shows no {part} that could have another colour.")
    return recolored(head, regions, colors)
