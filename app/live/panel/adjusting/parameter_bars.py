"""Bars of a head's parameters in one frame: what they are called, their units and their ranges."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from flame_model.head import Head
from flame_model.params import HeadParams
from mappings.adjusting.held_parameters import EXPRESSION, parameter
from render.ui.widgets import Bar

MOST = 60
"""Components of an expression that are shown; the first ones of a basis move most."""
_NAMED, _UNNAMED = (-0.2, 1.6), (-3.0, 3.0)
"""Values between which the bars of components with and without a meaning of their own go."""
_JOINTS = (
    ("jaw", "jaw", 0, 30.0),
    ("left eye", "eyes", 0, 45.0),
    ("right eye", "eyes", 3, 45.0),
    ("neck", "neck", 0, 75.0),
    ("root", "rotation", 0, 45.0),
)
"""Label, field, place of the x axis in it, and degrees to both sides of each turn."""
_TURNS = ("down", "to the head's left", "towards the head's right shoulder")
_CENTIMETRES = 15.0


@dataclass(frozen=True, slots=True)
class ParameterBar:
    """The bar of one parameter."""

    label: str
    name: str
    """Name of the parameter, as in `mappings.adjusting.held_parameters`."""
    low: float
    high: float
    unit: float = 1.0
    """Value of the parameter for 1 on the bar."""
    hint: str = ""

    def bar(self, params: HeadParams) -> Bar:
        """Return the bar to draw."""
        value = (parameter(params, self.name) or 0.0) / self.unit
        return Bar(self.label, value, self.low, self.high, True, f"{self.hint}drag to hold it")


def parameter_bars(head: Head) -> Sequence[ParameterBar]:
    """Return the bars of a head: turns in degrees, lids, place in centimetres, then the expression."""
    low, high = _NAMED if head.expression_names else _UNNAMED
    names = head.expression_names or tuple(f"expression {k + 1}" for k in range(head.expression_count))
    return (
        *(
            ParameterBar(
                f"{joint} {'xyz'[axis]}",
                f"{field}.{first + axis}",
                -most,
                most,
                math.radians(1.0),
                f"degrees {turn}; ",
            )
            for joint, field, first, most in _JOINTS
            for axis, turn in enumerate(_TURNS)
        ),
        *(
            ParameterBar(f"{side} lid", f"eyelids.{number}", 0.0, 1.0, hint="1 is shut; ")
            for number, side in enumerate(("left", "right"))
        ),
        *(
            ParameterBar(
                f"place {axis}", f"translation.{number}", -_CENTIMETRES, _CENTIMETRES, 0.01, "centimetres; "
            )
            for number, axis in enumerate("xyz")
        ),
        *(
            ParameterBar(name, f"{EXPRESSION}.{number}", low, high)
            for number, name in enumerate(names[:MOST])
        ),
    )
