"""Build the lids' shadow on each eyeball: a ring below the lids' edges that darkens what is behind it."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.parts.lid_strip import LidStrip, roots_between, strips
from flame_model.builtin.skin.lids import lid_rim
from flame_model.face.eyes import EYE_CENTERS, EYE_RADIUS

COLUMNS = 26
CLEARANCE = 0.0002
"""Metres between the eyeball and the ring."""
REACHES = np.array([-0.0006, 0.0012, 0.0042])
"""Metres from the upper lid's edge to the rows of the ring, along the eyeball. Values were chosen by eye."""
LOWER_REACH = 0.40
"""Reach from the lower lid's edge, as a share of that from the upper lid's."""
SHADES = np.array([[0.50, 0.43, 0.42], [0.64, 0.58, 0.57], [1.0, 1.0, 1.0]])
"""sRGB factors of the rows at the upper lid; the red is that of light which has passed through the lid."""
LOWER_SHADE = 0.55
"""Depth of the shade at the lower lid, as a share of that at the upper lid."""


def lid_shadow(skin: Float64Array) -> LidStrip:
    """Return the shadows on both eyes for the skin vertices (V, 3), whose first 468 are the landmarks."""
    rims = [lid_rim(side).tolist() for side in range(2)]
    places = np.arange(COLUMNS) * (len(rims[0]) / COLUMNS)
    roots = [roots_between(rim, places, len(skin), closed=True) for rim in rims]
    # 1 in the middle of the upper lid, a half at the corners, 0 in the middle of the lower lid.
    upper = 0.5 + 0.5 * np.sin(2.0 * np.pi * places / len(rims[0]))
    radius = EYE_RADIUS + CLEARANCE
    offsets = [
        ring_offsets(root @ skin - center, upper, radius)
        for root, center in zip(roots, EYE_CENTERS, strict=True)
    ]
    return strips(roots, offsets, ring_colors(upper), "lid shadow", closed=True, turn=1.0)


def ring_colors(upper: Float64Array) -> Float64Array:
    """Return the colours (N, 3, 3) of the ring's rows; `upper` (N,) is 1 at the upper lid, 0 at the lower."""
    depth = LOWER_SHADE + (1.0 - LOWER_SHADE) * upper
    return np.asarray(1.0 - depth[:, None, None] * (1.0 - SHADES))


def ring_offsets(roots: Float64Array, upper: Float64Array, radius: float) -> Float64Array:
    """Return the offsets (N, 3, 3) in metres of the rows of a ring of `radius` from their `roots` (N, 3).

    The roots are relative to the eye's centre; `upper` (N,) is 1 at the upper lid and 0 at the lower one.
    """
    out = roots / np.linalg.norm(roots, axis=1, keepdims=True)
    middle = out.mean(axis=0)
    inwards = middle - (out @ middle)[:, None] * out
    inwards /= np.linalg.norm(inwards, axis=1, keepdims=True)
    reach = (LOWER_REACH + (1.0 - LOWER_REACH) * upper)[:, None] * np.maximum(REACHES, 0.0)
    angle = ((reach + np.minimum(REACHES, 0.0)) / radius)[..., None]
    return np.asarray(
        radius * (np.cos(angle) * out[:, None] + np.sin(angle) * inwards[:, None]) - roots[:, None]
    )
