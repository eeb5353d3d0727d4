"""The mapping of the ICT-FaceKit head."""

from __future__ import annotations

from flame_model.arrays import Float64Array
from flame_model.head import Head
from mappings.scores.named_mapping import Drive, named_mapping

ICT_DRIVE = Drive(
    jaw_open=0.55,
    looks={"Up": 0.65, "Down": 0.40, "In": 0.48, "Out": 0.48},
    blink=(0.12, 0.80),
    gains={
        "browDown": 3.2,
        "browInnerUp": 1.6,
        "browOuterUp": 1.35,
        "eyeSquint": 1.9,
        "eyeWide": 2.0,
        "mouthClose": 2.0,
        "mouthLowerDown": 2.2,
        "mouthRollLower": 1.3,
        "mouthRollUpper": 1.6,
        "mouthShrugUpper": 1.6,
        "mouthStretch": 2.8,
        "mouthUpperUp": 1.15,
    },
    gaze_rest=(-0.06, 0.0),
)
"""Strengths for which the tracker reports on the drawn head the scores that it reported on people. Measured
by driving the head with clips of several people, tracking the drawings and comparing both scores."""


def ict_mapping(head: Head) -> dict[str, Float64Array]:
    """Return the arrays of our mapping layout, by file name without suffix, for the ICT-FaceKit head."""
    return named_mapping(head, ICT_DRIVE)
