"""Lips that stay shut while the jaw drops: mouthClose as ARKit defines it, which comes along with jawOpen."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.rig import JAW_OPEN_RADIANS, jaw_share
from flame_model.face import topology as t
from flame_model.geometry.smoothstep import smoothstep
from flame_model.rotations import rotation_x

UPPER_SHARE = np.array([0.5, 0.5, 0.15])
"""Part of the way (x, y, z) that the upper lip goes. Down: with 0.25, 0.42, 0.5, 0.62 the tracker reads
0.5 as 0.06, 0.13, 0.19, 0.25, but from 0.6 on the lips' line sags below the corners. Back are the teeth."""
UPPER_FADE, LOWER_FADE = (0.007, 0.022), (0.009, 0.032)
"""Metres above and below the line between the lips from where and up to where skin follows them less."""
TURNED = 0.6
"""Share of the jaw's turn that the shape is made for: people shut their lips at jawOpen 0.2 to 0.6."""


def closed_lips(face: Float64Array, jaw_open: Float64Array) -> Float64Array:
    """Return the (468, 3) displacements of the rest `face` that shut what `jaw_open` (468, 3) parts.

    They are those before the jaw joint turns them.
    """
    upper, lower = np.array(t.UPPER_INNER_LIP), np.array(t.LOWER_INNER_LIP)
    across = face[upper, 0]
    gap = np.stack(
        [np.interp(face[:, 0], across, parted) for parted in (jaw_open[upper] - jaw_open[lower]).T], axis=1
    )
    above = face[:, 1] - np.interp(face[:, 0], across, face[upper, 1])
    of_upper = above > 0.0
    of_upper[upper], of_upper[lower] = True, False
    share = np.where(
        of_upper,
        -UPPER_SHARE[:, None] * smoothstep(*UPPER_FADE[::-1], above),
        (1.0 - UPPER_SHARE[:, None]) * smoothstep(*LOWER_FADE[::-1], -above),
    )
    return _before_jaw(share.T * gap, jaw_share(face, jaw_open))


def _before_jaw(moves: Float64Array, jaw: Float64Array) -> Float64Array:
    """Return what moves (N, 3) are before skin that follows the jaw by the shares (N,) is turned by it."""
    turned = rotation_x(TURNED * JAW_OPEN_RADIANS)
    blended = np.eye(3) + jaw[:, None, None] * (turned - np.eye(3))
    return np.asarray(np.linalg.solve(blended, moves[..., None])[..., 0])
