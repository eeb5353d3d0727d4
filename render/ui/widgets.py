"""Widgets as data: what a panel shows, and what the user did with it; what they mean is known elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph, wrapped at the panel's width."""

    words: str
    quiet: bool = True
    """Whether it is in quiet letters, as explanations are."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several options."""

    label: str
    options: Sequence[str]
    chosen: str
    """"" or another word that is no option, where none of them is chosen."""
    hint: str = ""
    """Every hint is shown while the pointer rests on the widget; it ends with the hotkey, if there is one."""


@dataclass(frozen=True, slots=True)
class Slider:
    """A number between two others."""

    label: str
    value: float
    low: float = 0.0
    high: float = 1.0
    format: str = "%.2f"
    """How the number is written, in the way of C."""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Switch:
    """Something that is on or off."""

    label: str
    on: bool
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Buttons:
    """A row of buttons."""

    words: Sequence[str]
    hints: Sequence[str] = ()
    """In the order of the words."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A number that is shown as a bar, and that can be dragged where `draggable`."""

    label: str
    value: float
    low: float = 0.0
    high: float = 1.0
    draggable: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Names and values, a row each, to be read."""

    rows: Sequence[tuple[str, str]]


Widget = Text | Table | Choice | Slider | Switch | Buttons | Bar
"""Labels, and the words of buttons, name the answers: within a section each occurs once."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the user did with the widgets of one section in one picture."""

    chosen: Mapping[str, str] = field(default_factory=dict)
    """The options that were chosen, by the labels of their choices."""
    moved: Mapping[str, float] = field(default_factory=dict)
    """New values of sliders and bars that were moved, by their labels."""
    switched: Mapping[str, bool] = field(default_factory=dict)
    """New states of switches, by their labels."""
    pressed: str = ""
    """Word of the button that was pressed."""
    held: str = ""
    """Label of the slider or bar that the user holds, whether it moves or not."""
