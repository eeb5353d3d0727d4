"""Give a head the skin, eye and brow colours that the user chose."""

from __future__ import annotations

from flame_model.errors import InputError
from flame_model.head import Head
from flame_model.notices import Say
from flame_model.paint.recoloring.person_colors import PARTS, PRESETS, PersonColors


def named_colors(skin: str | None, eyes: str | None, brows: str | None) -> PersonColors:
    """Return the colours of presets, None where a name is None. Raises InputError for an unknown name."""
    for part, name in zip(PARTS, (skin, eyes, brows), strict=True):
        if name is not None and name not in PRESETS[part]:
            raise InputError(
                f"There is no preset {name!r} for {part}; name one of {', '.join(PRESETS[part])}."
            )
    return PersonColors.named(skin, eyes, brows)


def with_colors(head: Head, colors: PersonColors, say: Say) -> Head:
    """Return the head in other colours; `say` gets a notice about each part that it does not show.

    Only drawings change: a mapping and a response fit the head in any colours.
    """
    wanted = [part for part in PARTS if getattr(colors, part) is not None]
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
