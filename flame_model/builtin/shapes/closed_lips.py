"""Close the lips: mouthClose for an open jaw, as ARKit defines it, and lips that meet in other shapes."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.rig import JAW_OPEN_RADIANS, jaw_share
from flame_model.face import topology as t
from flame_model.geometry.smoothstep import smoothstep
from flame_model.rotations import rotation_x

UPPER_SHARE = np.array([0.5, 0.5, 0.15])
"""Share (x, y, z) of the gap that the upper lip closes. With 0.25, 0.42, 0.5, 0.62 in y the tracker reports a
mouthClose of 0.5 as 0.06, 0.13, 0.19, 0.25, but from 0.6 on the line between the lips sags below the corners.
The share in z is small because the teeth are behind the upper lip."""
UPPER_FADE, LOWER_FADE = (0.007, 0.022), (0.009, 0.032)
"""Metres above and below the line between the lips over which the skin follows them less and less."""
PINCHED_FROM = (0.003, 0.014)
"""Metres from the midline over which pinched lips begin to overlap."""
TURNED = 0.6
"""Share of JAW_OPEN_RADIANS at which the lips meet; people close their lips at a jawOpen of 0.2 to 0.6."""


def closed_lips(face: Float64Array, jaw_open: Float64Array) -> Float64Array:
    """Return the displacements (468, 3) that close the lips of `face` (468, 3) which `jaw_open` parts.

    The displacements are those before skinning turns them with the jaw joint.
    """
    return _before_jaw(_closing(face, jaw_open), jaw_share(face, jaw_open))


def meeting(face: Float64Array, shape: Float64Array, share: float = 1.0) -> Float64Array:
    """Return `shape` (468, 3) with lips that meet: neither parted nor passing through each other.

    `share` is the part of the gap, or of the overlap, that is taken away.
    """
    return shape + share * _closing(face, shape)


def pinched(face: Float64Array, overlap: float) -> Float64Array:
    """Return the displacements (468, 3) that press the lips of `face` (468, 3) together beside their middle.

    Near the corners they overlap by `overlap` metres, so that round lips open in the middle only.
    """
    upper = np.array(t.UPPER_INNER_LIP)
    parted = np.zeros_like(face)
    parted[upper, 1] = overlap * smoothstep(*PINCHED_FROM, np.abs(face[upper, 0]))
    return _closing(face, parted)


def _closing(face: Float64Array, shape: Float64Array) -> Float64Array:
    """Return the displacements (468, 3) that bring together the lips which `shape` moves apart."""
    upper, lower = np.array(t.UPPER_INNER_LIP), np.array(t.LOWER_INNER_LIP)
    across = face[upper, 0]
    gap = np.stack(
        [np.interp(face[:, 0], across, parted) for parted in (shape[upper] - shape[lower]).T], axis=1
    )
    above = face[:, 1] - np.interp(face[:, 0], across, face[upper, 1])
    of_upper = above > 0.0
    of_upper[upper], of_upper[lower] = True, False
    share = np.where(
        of_upper,
        -UPPER_SHARE[:, None] * smoothstep(*UPPER_FADE[::-1], above),
        (1.0 - UPPER_SHARE[:, None]) * smoothstep(*LOWER_FADE[::-1], -above),
    )
    return np.asarray(share.T * gap)


def _before_jaw(moves: Float64Array, jaw: Float64Array) -> Float64Array:
    """Return the displacements (N, 3) before skinning that become `moves` at the jaw weights `jaw` (N,)."""
    turned = rotation_x(TURNED * JAW_OPEN_RADIANS)
    blended = np.eye(3) + jaw[:, None, None] * (turned - np.eye(3))
    return np.asarray(np.linalg.solve(blended, moves[..., None])[..., 0])
