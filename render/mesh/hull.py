"""Points around a head that hold everything it can reach with given joints."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float32Array, Float64Array
from flame_model.head import JOINT_NAMES
from render.passes.sky_visibility_pass import sphere_directions

EXPRESSION_MARGIN = 0.06
"""How far an expression reaches beyond the head's outline at rest, at most, as a share of the head's size."""
_RIGID = [JOINT_NAMES.index(name) for name in ("root", "neck", "jaw")]
"""Joints that move large parts of the outline."""


def hull_of(vertices: Float32Array) -> Float64Array:
    """Return the outermost vertices (N, 3), moved out from the centre by `EXPRESSION_MARGIN`."""
    outermost = np.unique(np.argmax(np.einsum("vi,di->vd", vertices, sphere_directions(64)), axis=0))
    center = (vertices.min(axis=0) + vertices.max(axis=0)) / 2.0
    from_center = vertices[outermost].astype(np.float64) - center
    hull: Float64Array = center + (1.0 + EXPRESSION_MARGIN) * from_center
    return hull


def posed_hull(hull: Float64Array, joints: Float64Array) -> Float64Array:
    """Return points (N, 3) around everything a head can reach with the transforms (5, 4, 4) of its joints."""
    moved = hull @ joints[_RIGID, :3, :3].transpose(0, 2, 1) + joints[_RIGID, None, :3, 3]
    outline: Float64Array = moved.reshape(-1, 3)
    return outline
