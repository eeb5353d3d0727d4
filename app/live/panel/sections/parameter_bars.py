"""Bars of a head's parameters in one frame."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from flame_model.head import Head
from flame_model.params import HeadParams
from render.ui.widgets import Bar

MOST = 60
"""Components of an expression that are shown; the first ones of a basis move most."""
NAMED_RANGE, UNNAMED_RANGE = (-0.2, 1.6), (-3.0, 3.0)
"""Values between which the bars of components with and without a meaning of their own go."""
_DEGREES = {"jaw": 30.0, "left eye": 45.0, "right eye": 45.0, "neck": 75.0, "root": 45.0}
"""Largest turn about each axis that a bar shows, degrees to both sides."""
_AXES = {"x": "down", "y": "to the person's left", "z": "to the person's right shoulder"}
_CM = 15.0


def parameter_bars(head: Head, params: HeadParams | None) -> Sequence[Bar]:
    """Return a bar for each parameter: turns in degrees, lids, place in centimetres, then the expression."""
    if params is None:
        return ()
    turns = zip(_DEGREES.items(), (params.jaw, *params.eyes, params.neck, params.rotation), strict=True)
    low, high = NAMED_RANGE if head.expression_names else UNNAMED_RANGE
    names = head.expression_names or tuple(f"expression {k + 1}" for k in range(head.expression_count))
    return (
        *(
            Bar(f"{joint} {axis}", float(np.degrees(turn)), -most, most, hint=f"degrees {towards}")
            for (joint, most), vector in turns
            for (axis, towards), turn in zip(_AXES.items(), vector, strict=True)
        ),
        *(
            Bar(f"{side} lid", float(closure), hint="0 open, 1 shut")
            for side, closure in zip(("left", "right"), params.eyelids, strict=True)
        ),
        *(
            Bar(f"place {axis}", float(100.0 * shift), -_CM, _CM, hint="centimetres")
            for axis, shift in zip("xyz", params.translation, strict=True)
        ),
        *(
            Bar(name, float(value), low, high)
            for name, value in zip(names[:MOST], params.expression, strict=False)
        ),
    )
