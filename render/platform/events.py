"""Events of a window: keys, pointer, wheel, size and dropped files."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key went down."""

    name: str
    """A lower-case character, or `escape`, `space`, `tab`, `enter`, `up`, `down`, `left`, `right` or
    `f1` to `f12`; with the Control key held, `ctrl+` and that name.
    """


@dataclass(frozen=True, slots=True)
class KeyReleased:
    """A key went up."""

    name: str
    """As of `KeyPressed`."""


@dataclass(frozen=True, slots=True)
class Dragged:
    """The pointer moved with a button held."""

    dx: float
    """Window units to the right."""
    dy: float
    """Window units down."""


@dataclass(frozen=True, slots=True)
class Scrolled:
    """The wheel moved."""

    dy: float
    """Steps; up is positive."""


@dataclass(frozen=True, slots=True)
class DoubleClicked:
    """The left button went down twice in quick succession."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """The pointer moved, or its left button went down or up."""

    place: tuple[float, float]
    """Pixels of the framebuffer, to the right and down."""
    pressed: bool


@dataclass(frozen=True, slots=True)
class Resized:
    """The framebuffer has another size."""

    size: tuple[int, int]
    """Width and height in pixels."""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Files were dragged onto the window and let go."""

    paths: tuple[str, ...]


Event = KeyPressed | KeyReleased | Dragged | Scrolled | DoubleClicked | Pointed | Resized | Dropped
