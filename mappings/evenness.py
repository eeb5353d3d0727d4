"""The tracker's unevenness: by how much its scores of one side of a face exceed those of the other.

On a picture and on the same picture flipped left to right the tracker does not report the same face with its
sides exchanged: eyes that look into the camera look to the person's right, and the left eye is squinted
more. With y a score, k the same signal on the other side and logit(y) = log(y / (1 - y)), the flipped picture
has about

    logit(y'_j) = logit(y_k) + u_j,    u_k = -u_j

so that the even scores e of a face, whose sides are exchanged by the flip and nothing else, are

    logit(e_j) = logit(y_j) - u_j / 2
"""

from __future__ import annotations

from functools import cache

import numpy as np

from flame_model.arrays import Array, Float64Array
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT, mirrored_indices, mirrored_name

UNEVEN = {
    "browOuterUpLeft": 0.50,
    "eyeBlinkLeft": 0.22,
    "eyeLookInLeft": -1.12,
    "eyeLookOutLeft": 1.00,
    "eyeSquintLeft": 0.33,
    "eyeWideLeft": -0.53,
    "mouthLowerDownLeft": -0.45,
}
"""u of signals of the left side; 0 where absent. `python -m app.authoring evenness DATA` prints them, from
144 pictures of 8 clips of the authoring footage: the scores of the flipped picture are then known to 0.07
instead of 0.10 (root mean square), and to 0.075 instead of 0.13 for looks, also on clips that were left out.
What remains is alike for a model of all looks together. Signals for which a clip that was left out gains less
than 5 % are left out, and so is jawLeft, which hardly occurs."""
_LEAST = 1e-9
"""Least distance of a score from 0 and 1, whose logits are infinite."""


def even_scores(scores: Array) -> Array:
    """Return the even scores (..., 52) of scores (..., 52), in their precision."""
    return shifted(scores, -0.5 * _uneven())


def mirrored_scores(scores: Array) -> Array:
    """Return the scores (..., 52) of the flipped picture, in their precision."""
    return shifted(scores[..., mirrored_indices()], _uneven())


def shifted(scores: Array, by: Array) -> Array:
    """Return scores (..., 52) within 0 to 1 with logits that are greater `by` (52,); others stay."""
    within = np.clip(scores, _LEAST, 1.0 - _LEAST, dtype=np.float64)
    odds = within / (1.0 - within) * np.exp(by)
    return np.where(by == 0.0, scores, odds / (1.0 + odds)).astype(scores.dtype)


@cache
def _uneven() -> Float64Array:
    """Return u (52,)."""
    uneven = np.zeros(SIGNAL_COUNT)
    for name, value in UNEVEN.items():
        uneven[MEDIAPIPE_INDEX[name]] = value
        uneven[MEDIAPIPE_INDEX[mirrored_name(name)]] = -value
    uneven.flags.writeable = False
    return uneven
