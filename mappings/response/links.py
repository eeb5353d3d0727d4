"""From the values of a response's network to what the tracker reports: scores, angles, landmarks, apertures.

With the network's values u, in the order of the reports,

    scores      y = 1 / (1 + exp(-u))                               between 0 and 1, as the tracker's are
    angles      y = u                                               radians
    landmarks   p = u                                               metres
    apertures   g = shut + SHARPNESS log(1 + exp(u / SHARPNESS))    eye distances

so that u of an aperture measures how far lips or lids are apart, or, below 0, how far one is pressed onto the
other.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array
from mappings.signals import SIGNAL_COUNT

ANGLE_COUNT = 3
"""Yaw, pitch and roll, which follow the scores."""
REPORT_COUNT = SIGNAL_COUNT + ANGLE_COUNT
APERTURE_COUNT = 3
"""Mouth, left and right eye, which come last."""
SHARPNESS = 0.01
"""Width of the bend between shut and open, eye distances."""
LEAST_SLOPE = 0.1
"""Least slope dg/du that is used, so that lips that are pressed in the model can part again."""
LEAST_SCORE_SLOPE = 0.005
"""Least slope dy/du of a score that is used, so that a score that is all but 0 or 1 can change again."""


def link(u: Array, shut: Array) -> tuple[Array, Array]:
    """Return what is reported (..., M) for the network's values u (..., M), and the slopes (..., M).

    `shut` (3,) are the apertures of pressed lips and lids.
    """
    reported, slopes = u.copy(), np.ones_like(u)
    scores, apart = u[..., :SIGNAL_COUNT], u[..., -APERTURE_COUNT:] / SHARPNESS
    reported[..., :SIGNAL_COUNT] = rising(scores)
    slopes[..., :SIGNAL_COUNT] = rising(scores) * rising(-scores)
    reported[..., -APERTURE_COUNT:] = shut + SHARPNESS * np.logaddexp(0.0, apart)
    slopes[..., -APERTURE_COUNT:] = rising(apart)
    return reported, slopes


def usable_slopes(slopes: Array) -> Array:
    """Return slopes (M,) of `link` by which a solver finds back from where nothing changes any more."""
    usable = slopes.copy()
    usable[:SIGNAL_COUNT] = np.maximum(slopes[:SIGNAL_COUNT], LEAST_SCORE_SLOPE)
    usable[-APERTURE_COUNT:] = np.maximum(slopes[-APERTURE_COUNT:], LEAST_SLOPE)
    return usable


def rising(u: Array) -> Array:
    """Return 1 / (1 + exp(-u)) without overflow."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * u)))
