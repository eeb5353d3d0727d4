"""Add the locks of long hair to a head, as vertices and faces of their own."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float32Array
from flame_model.geometry.similarity import Similarity
from flame_model.head import JOINT_NAMES, Head, Material
from flame_model.paint.hair.locks import Locks, shape_locks
from flame_model.rigging.attached.attach import AttachedPart, attach

HAIR = Material("hair", (1.0, 1.0, 1.0), 0.42, 0.1)
"""Material of the locks; roughness and softness were chosen by eye."""
STRAND_PIXELS, STRAND_ROWS, LOCK_ROWS = (470, 900), (14, 132), 34
"""Columns and rows of the texture that show combed hair without skin, and the rows across one lock."""
STILL_FROM_M, STILL_SHARE = (-0.050, -0.130), 0.35
"""Heights in metres from which and to which hair increasingly stays with the shoulders, and by what share."""


def with_locks(head: Head, to_measured: Similarity) -> Head:
    """Return the head with the locks of long hair as vertices and faces of their own."""
    locks = shape_locks(to_measured.points(head.template.astype(np.float64)))
    from_measured = (locks.points - to_measured.shift) @ to_measured.rotation / to_measured.scale
    assert head.texture
    return attach(
        head,
        AttachedPart(
            vertices=from_measured,
            faces=locks.faces,
            colors=_shades(locks),
            skin_weights=_weights(locks),
            material=HAIR,
            texture_coords=_texture_coords(locks, head.texture.picture.shape[0]),
        ),
    )


def _texture_coords(locks: Locks, size: int) -> Float32Array:
    """Return the texture coordinates (N, 2) of the locks' points, on combed hair."""
    first, last = STRAND_PIXELS
    rows = STRAND_ROWS[1] - STRAND_ROWS[0] - LOCK_ROWS
    tops = STRAND_ROWS[0] + (locks.number * 37) % rows
    column = first + (last - first) * locks.along
    row = tops + LOCK_ROWS * locks.across
    return np.stack([column / size, 1.0 - row / size], axis=-1).astype(np.float32)


def _shades(locks: Locks) -> Float32Array:
    """Return the factors (N, 3) of the strands' colour: locks differ, and are darker at their roots."""
    differs = 0.78 + 0.22 * np.modf(np.abs(np.sin(locks.number * 12.9898)) * 43758.5453)[0]
    shade = differs * (0.80 + 0.20 * locks.along)
    return np.repeat(shade[:, None], 3, axis=1).astype(np.float32)


def _weights(locks: Locks) -> Float32Array:
    """Return the skin weights (N, 5): hair follows the skull, and its ends also the shoulders."""
    weights = np.zeros((len(locks.points), len(JOINT_NAMES)), np.float32)
    weights[:, 0] = STILL_SHARE * np.clip(
        (locks.points[:, 1] - STILL_FROM_M[0]) / (STILL_FROM_M[1] - STILL_FROM_M[0]), 0.0, 1.0
    )
    weights[:, JOINT_NAMES.index("neck")] = 1.0 - weights[:, 0]
    return weights
