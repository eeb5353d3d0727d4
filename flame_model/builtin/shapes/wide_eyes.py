"""Keep the almond form of wide eyes: the lids part in the middle and stay together towards the corners.

The measured eyeWide raises the lid beside the outer corner by two thirds of what it raises the middle, and
the corner by half, so that an eye becomes round. A point's displacement u at the place a across the eye, 0
at the inner corner and 1 at the outer one, becomes s(a) u with the share s. The shares were chosen by eye.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.face import topology as t

PLACES = (-0.15, 0.0, 0.12, 0.30, 0.45, 0.65, 0.80, 0.92, 1.0, 1.20)
SHARES = (0.80, 0.80, 1.00, 1.12, 1.18, 1.13, 1.05, 0.95, 0.80, 0.70)
"""Shares s at the places a, and between them in proportion. With 0.62 and 0.30 towards the outer corner the
tracker reports half of the eyeWide that is drawn."""
_LIDS = {"Left": t.LEFT_UPPER_LID, "Right": t.RIGHT_UPPER_LID}


def almond(face: Float64Array, shape: Float64Array, side: str) -> Float64Array:
    """Return the `shape` (468, 3) of eyeWide on the "Left" or "Right" `side` of the rest `face` (468, 3)."""
    outer, *_, inner = face[list(_LIDS[side]), 0]
    share = np.interp((face[:, 0] - inner) / (outer - inner), PLACES, SHARES)
    return share[:, None] * shape
