"""Make ICT-FaceKit's shapes as strong as what people do, so that components go from 0 to 1.

The archive's shapes are weaker than what people do: `ICT_DRIVE` drives browDown at 3.2. A shape b with the
gain g there becomes

    s b, driven with the gain 1        s = min(g, SHAPE_RANGE), but s = g for mouthClose

SHAPE_RANGE is the farthest that the response solver moves a shape, so that the head's faces stay the same.
mouthClose has to undo what jawOpen does at an equal signal, and so keeps all of its gain.
"""

from __future__ import annotations

from dataclasses import replace

from flame_model.arrays import Float64Array
from flame_model.head import Head
from mappings.scores.ict_mapping import ICT_DRIVE
from mappings.scores.named_mapping import named_mapping
from mappings.scores.signal_limits import SHAPE_RANGE

ASIDE = 0.33
"""Strength of what moves the lids when eyes look aside. At 0.2 radians the archive's lids move by 0.74 mm on
average and the built-in head's by 0.25 mm. The corners of the eyes, by which a tracked face is laid upright,
move along."""
ICT_STRENGTHS = {
    "eyeLookIn": ASIDE,
    "eyeLookOut": ASIDE,
    **{
        name: gain if name == "mouthClose" else min(gain, SHAPE_RANGE)
        for name, gain in ICT_DRIVE.gains.items()
    },
}
"""Strength s by the name of a shape without its side; 1 where absent."""


def strong_mapping(head: Head) -> dict[str, Float64Array]:
    """Return the arrays of our mapping layout for a head whose shapes have ICT_STRENGTHS."""
    return named_mapping(head, replace(ICT_DRIVE, gains={}))
