"""The expressions that a key shows on top of what is tracked, in signals, so that every mapped head has them.

Chosen by eye on the built-in head, at rest and over a tracked smile.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from flame_model.arrays import Float64Array
from mappings.scores.named_mapping import SIDES
from mappings.signals import SHOWN_INDEX, SHOWN_NAMES, TONGUE


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression; a signal without its side stands for those of both sides."""

    name: str
    signals: dict[str, float]
    """0 to 1 by signal: share of the greatest value that moves the head's shape as it is made for."""
    gives_way: dict[str, float] = field(default_factory=dict)
    """0 to 1 by signal, or by how several begin: share of the tracked value that is taken away."""
    needs: str = ""
    """The signal without which a head does not show the expression."""


_LIPS = ("mouthClose", "mouthPress", "mouthRoll", "mouthShrug", "mouthFunnel", "mouthPucker")
_CORNERS = ("mouthSmile", "mouthDimple", "mouthStretch", "mouthUpperUp", "mouthLowerDown", "mouthFrown")

EXPRESSIONS = (
    Expression(
        "wink",
        {
            "eyeBlinkLeft": 1.0,
            "cheekSquintLeft": 1.0,
            "browDownLeft": 0.25,
            "browOuterUpRight": 0.3,
            "mouthSmileLeft": 0.75,
            "mouthSmileRight": 0.25,
            "mouthDimpleLeft": 0.3,
        },
        needs="eyeBlinkLeft",
    ),
    Expression(
        "surprise",
        {"browInnerUp": 1.0, "browOuterUp": 1.0, "eyeWide": 1.0, "jawOpen": 0.5, "mouthFunnel": 0.3},
        {"browDown": 1.0, "eyeSquint": 1.0, "mouthSmile": 0.7, **dict.fromkeys(_LIPS, 1.0)},
        needs="browInnerUp",
    ),
    Expression(
        "tongue out",
        {TONGUE: 1.0, "mouthLowerDown": 0.2, "cheekSquint": 0.4, "noseSneer": 0.25},
        {**dict.fromkeys(_LIPS, 1.0), "mouthFrown": 0.7},
        needs=TONGUE,
    ),
    Expression(
        "puffed cheeks",
        {"cheekPuff": 1.0, "mouthPucker": 0.45, "mouthPress": 0.3, "browInnerUp": 0.3, "browOuterUp": 0.4},
        {"jaw": 1.0, **dict.fromkeys(_LIPS, 0.7), **dict.fromkeys(_CORNERS, 0.9)},
        needs="cheekPuff",
    ),
    Expression(
        "anger",
        {"browDown": 1.0, "eyeSquint": 0.5, "noseSneer": 0.8, "mouthFrown": 0.5, "mouthPress": 0.5},
        {"browInnerUp": 1.0, "browOuterUp": 1.0, "eyeWide": 0.5, "mouthSmile": 1.0, "mouthDimple": 1.0},
        needs="browDownLeft",
    ),
    Expression(
        "kiss",
        {"mouthPucker": 1.0, "eyeSquint": 0.3},
        {"jaw": 1.0, "mouthClose": 1.0, "mouthPress": 1.0, "mouthRoll": 1.0, **dict.fromkeys(_CORNERS, 1.0)},
        needs="mouthPucker",
    ),
    Expression(
        "big smile",
        {"mouthSmile": 1.0, "cheekSquint": 0.9, "jawOpen": 0.35, "mouthUpperUp": 0.4, "eyeSquint": 0.3},
        {**dict.fromkeys(_LIPS, 1.0), "mouthFrown": 1.0, "browDown": 0.7},
        needs="mouthSmileLeft",
    ),
    Expression(
        "sadness",
        {"browInnerUp": 1.0, "mouthFrown": 1.0, "mouthShrugLower": 0.4, "eyeBlink": 0.3},
        {"browOuterUp": 1.0, "browDown": 1.0, "eyeWide": 1.0, "jawOpen": 0.5, **dict.fromkeys(_CORNERS, 1.0)},
        needs="mouthFrownLeft",
    ),
)
EXPRESSION_NAMES = tuple(each.name for each in EXPRESSIONS)


def shown_values(values: dict[str, float]) -> Float64Array:
    """Return values by signal as (53,); a signal without its side gives both sides its value."""
    row = np.zeros(len(SHOWN_NAMES))
    for name, value in values.items():
        for each in (name,) if name in SHOWN_INDEX else (f"{name}{side}" for side in SIDES):
            row[SHOWN_INDEX[each]] = value
    return row


def yielding(expression: Expression) -> Float64Array:
    """Return the share (53,) of each tracked signal that gives way to an expression."""
    return np.array(
        [
            max((s for begins, s in expression.gives_way.items() if name.startswith(begins)), default=0.0)
            for name in SHOWN_NAMES
        ]
    )
