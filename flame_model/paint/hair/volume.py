"""Lift the scalp of a head to the surface of its hair. All lengths were chosen by eye."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.geometry.smoothstep import smoothstep
from flame_model.paint.face_colors import ear_share, hair_growth

TOP_M, SIDES_M = 0.0150, 0.0060
"""Metres of hair on top and on the sides."""
RISE_M = (0.001, 0.024)
"""Metres above the hairline between which hair rises from the skin to its full height."""
SWELL_M, SWELLS_PER_M = 0.0018, (137.0, 171.0, 193.0)
"""Largest change of the height, in metres, and radians per metre along x, y and z of the waves that it makes:
the outline is not a helmet's."""


def hair_height(points: Float64Array) -> Float64Array:
    """Return the metres (N,) of hair above skin points (N, 3), given in the measured face's frame."""
    top = smoothstep(0.060, 0.115, points[:, 1])
    full = SIDES_M + (TOP_M - SIDES_M) * top
    swell = SWELL_M * (0.4 + 0.6 * top) * np.sin(points * SWELLS_PER_M).mean(axis=1)
    return np.asarray((full + swell) * smoothstep(*RISE_M, hair_growth(points)) * (1.0 - ear_share(points)))
