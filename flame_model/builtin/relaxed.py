"""Relax the measured rest: people are measured while they talk, with raised brows and wide eyes.

The shares bring the heights of brows and lids to the medians of 135 people's portraits: in widths between the
outer corners of the eyes, 0.107 between the lids and 0.25 from the eye's corners up to the brow's upper edge.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.skin.lids import glide, seat_lids

SHARES = {"browInnerUp": -0.52, "browOuterUp": -0.52, "eyeBlink": 0.27}
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
