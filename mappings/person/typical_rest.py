"""The typical scores of a resting face, across people; at rest nobody's scores are all zero."""

from __future__ import annotations

from functools import cache

import numpy as np

from flame_model.arrays import Float64Array
from mappings.scores.named_mapping import without_side
from mappings.signals import LIDS, MEDIAPIPE_INDEX, SIGNAL_COUNT

_REST = {
    "browDown": 0.06,
    "browInnerUp": 0.02,
    "browOuterUp": 0.03,
    "eyeBlink": 0.09,
    "eyeLookDown": 0.08,
    "eyeLookIn": 0.06,
    "eyeLookOut": 0.08,
    "eyeLookUp": 0.11,
    "eyeSquint": 0.31,
    "eyeWide": 0.01,
    "jawOpen": 0.01,
    "mouthDimple": 0.01,
    "mouthPress": 0.03,
    "mouthPucker": 0.03,
    "mouthRollLower": 0.01,
    "mouthRollUpper": 0.01,
    "mouthShrugLower": 0.01,
    "mouthShrugUpper": 0.01,
}
"""Typical scores at rest by signal without side; 0 where absent. `python -m app.authoring rest DATA` prints
them: medians over the 33 people of the authoring footage (135 pictures, 8 clips) whose faces were seen at
rest."""

TYPICAL_SHUT = 0.85
"""eyeBlink score of shut eyes: people reach 0.65 to 0.9, and at this score the heads' lids are shut."""


@cache
def typical_rest() -> Float64Array:
    """Return the scores (52,) of a resting face in MediaPipe's order."""
    scores = np.zeros(SIGNAL_COUNT)
    for name, index in MEDIAPIPE_INDEX.items():
        scores[index] = _REST.get(without_side(name), 0.0)
    scores.flags.writeable = False
    return scores


@cache
def typical_lids() -> Float64Array:
    """Return the eyeBlink scores (2, 2) of a typical person's left and right eye: open, then shut."""
    lids = np.array([(typical_rest()[lid], TYPICAL_SHUT) for lid in LIDS])
    lids.flags.writeable = False
    return lids
