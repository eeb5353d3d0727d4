"""What light needs to know of the drawn vertices of a head: their colours and how they reflect."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Float32Array, Int32Array

LEAST_LIGHT_SHARES = ((0.1, 0.45), (0.24, 0.55), (0.42, 0.24))
"""Roughness, and the least share of light for materials below it: eyes, teeth, then tongue and the mouth's
lining. Lids and lips at rest hide parts of these that their motion uncovers. All were chosen by eye."""


@dataclass(frozen=True, slots=True)
class Surface:
    """Colours and finish of N drawn vertices."""

    grid_items: Int32Array
    """(N,) grid item of each drawn vertex in the textures of the `DeformPass`."""
    albedo: Float32Array
    """(N, 3) linear RGB."""
    tint: Float32Array
    """(N, 3) sRGB 0..1 that light is divided by, because the texture's colour multiplies it later."""
    finish: Float32Array
    """(N, 3) roughness, softness, and the least share of light from sky and front that arrives."""
    shiny_below: float
    """Roughness below which vertices get their highlights per pixel, later."""
    mottled: bool
    """Whether soft vertices are mottled, as bare skin is."""


def least_light_share(roughness: float) -> float:
    """Return the least share of light that arrives at a material of this roughness."""
    below = (share for limit, share in LEAST_LIGHT_SHARES if np.float32(roughness) < np.float32(limit))
    return next(below, 0.0)
