"""Relax the measured rest: people are measured while they talk, with raised brows and wide eyes.

The shares bring what the tracker reads on the drawn head near the medians of 135 people's portraits. In
widths between the outer corners of the eyes, the lids are 0.102 apart (people's 0.107), and the brow's upper
edge lies 0.264 above the eye's corner (people's 0.255).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.skin.lids import glide, seat_lids

SHARES = {"browInnerUp": -0.36, "browOuterUp": -0.36, "eyeBlink": 0.13}
"""Share of each signal's measured shape that the relaxed face has more than the measured rest."""


def relaxed(face: Float64Array, shapes: Mapping[str, Float64Array]) -> Float64Array:
    """Return the relaxed `face` (468, 3) with its lids on the eyeballs.

    `shapes` (468, 3) by signal are the measured shapes, cleaned; the face's lids must be on the eyeballs.
    """
    moved = np.sum(
        [
            share * shapes[name + side]
            for name, share in SHARES.items()
            for side in ("", "Left", "Right")
            if name + side in shapes
        ],
        axis=0,
    )
    return seat_lids(face + glide(face, moved))
