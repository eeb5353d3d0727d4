"""The settings that are kept between runs: what each is, and which values it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from app.model.solvers import SOLVERS
from flame_model.find_heads import head_names
from flame_model.paint.hair.styles import STYLES
from flame_model.paint.recoloring.person_colors import BROWS, EYES, HAIRS, SKINS
from mappings.adjusting.parts import PART_NAMES, STRONGEST
from mappings.signals import SHOWN_NAMES
from render.framing_names import FRAMING_NAMES
from render.looks.names import LOOK_NAMES
from render.scene.environment_names import ENVIRONMENT_NAMES

Value = str | bool | int | float | list[object] | dict[str, object]


@dataclass(frozen=True, slots=True)
class Field:
    """One setting; `words` stand above it in the file."""

    words: str
    takes: Callable[[object], bool]
    """Whether a value can be used."""


def _text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _share(value: object) -> bool:
    return _number(value) and 0.0 <= value <= 1.0  # type: ignore[operator]


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _one_of(names: tuple[str, ...]) -> Callable[[object], bool]:
    return lambda value: value in names


def _color(presets: object) -> Callable[[object], bool]:
    return lambda value: _share(value) or (isinstance(value, str) and value in presets)  # type: ignore[operator]


def _head(value: object) -> bool:
    return value in head_names()


def _background(value: object) -> bool:
    from app.pipeline.backgrounds import shows_source
    from render.scene.background import Background

    if not isinstance(value, str):
        return False
    return Background.known(value) is not None or shows_source(value) or Path(value).is_file()


def _faces(value: object) -> bool:
    return isinstance(value, dict) and all(
        isinstance(face, list) and all(map(_number, face)) for face in value.values()
    )


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _numbers_by(names: tuple[str, ...]) -> Callable[[object], bool]:
    """Return whether a value is a table of numbers from 0 to STRONGEST by some of the names."""
    return lambda value: (
        isinstance(value, dict)
        and all(name in names and _number(each) and 0.0 <= each <= STRONGEST for name, each in value.items())
    )


def _some_of(names: tuple[str, ...]) -> Callable[[object], bool]:
    return lambda value: _texts(value) and set(value) <= set(names)  # type: ignore[call-overload]


_PLACE = "its name, as --help lists them, or a number from 0 to 1 along them"
FIELDS: dict[str, Field] = {
    "source": Field("the camera, by its name", _text),
    "mirror": Field("false does not mirror cameras", lambda value: isinstance(value, bool)),
    "head": Field("the head, as flame-cam heads names it", _head),
    "hair": Field(f"one of {', '.join(STYLES)}", _one_of(STYLES)),
    "skin": Field(f"the colour of the skin: {_PLACE}", _color(SKINS)),
    "eyes": Field("the colour of the irises, in the same way", _color(EYES)),
    "brows": Field("the colour of the brows, in the same way", _color(BROWS)),
    "hair_color": Field("the colour of the hair, in the same way", _color(HAIRS)),
    "face": Field("the sliders of the face, by the name of the head", _faces),
    "profile": Field("the profile of the person", _text),
    "solver": Field(f"one of {', '.join(SOLVERS)}", _one_of(SOLVERS)),
    "smoothing": Field("0 (off) to 1", _share),
    "neck_share": Field("how much of a turn bends the neck, 0 to 1", _share),
    "strengths": Field("strengths of parts of what is tracked, 0 to 2", _numbers_by(PART_NAMES)),
    "gains": Field("gains of single signals, 0 to 2, by the person's own sides", _numbers_by(SHOWN_NAMES)),
    "muted": Field("signals that stay at rest, by the person's own sides", _some_of(SHOWN_NAMES)),
    "look": Field("how the head is drawn", _one_of(LOOK_NAMES)),
    "environment": Field("the light on the head", _one_of(ENVIRONMENT_NAMES)),
    "background": Field("what is behind the head, as --background", _background),
    "framing": Field(f"how much is shown: {', '.join(FRAMING_NAMES)}", _one_of(FRAMING_NAMES)),
    "out": Field("the folder of recordings, takes and screenshots", _text),
    "unfolded": Field("the sections of the panel that are unfolded", _texts),
}
"""By the name of the field of LiveSettings, where there is one; in the order of the window."""
