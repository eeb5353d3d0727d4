"""Amend the mouth of the ICT head: teeth that touch their neighbours, and a tongue with a groove.

The archive's front teeth leave dark slits between them, and the back of its tongue is flat. All numbers were
chosen by eye; lengths are in the archive's centimetres.
"""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from flame_model.arrays import FlagArray, Float64Array, Int64Array
from flame_model.geometry.smoothstep import smoothstep
from flame_model.ict import layout

WIDER_AT_EDGE, WIDER_AT_NECK = 1.06, 1.34
"""Width of a tooth along its row, as a share of the archive's, at its biting edge and at the gum."""
NECK_DEPTH = (0.20, 1.00)
"""Distances from the biting edge between which a tooth becomes as much wider as at the gum."""
ROW_MIDDLE_Z = 5.5
"""z about which a row of teeth is round; its teeth are widened along the circle around it."""
GROOVE_DEPTH, GROOVE_WIDTH = 0.20, 0.30
SWELL, SWELL_ASIDE, SWELL_WIDTH = 0.14, 0.95, 0.50
"""Depth of the groove along the middle of the tongue, and height of its sides."""
TONGUE_X, TONGUE_Y, TONGUE_Z = (1.9, 1.4), (-3.9, -3.4), (10.0, 9.4)
"""Distances from the midline, heights and depths over which the upper side of the tongue begins."""
CARRIED = 0.1
"""Distance that jawOpen moves the parts of the mouth which the jaw carries, at least."""


def touching_teeth(neutral: Float64Array, polygons: Int64Array) -> Float64Array:
    """Return the vertices `neutral` (N, 3) with teeth wide enough to touch, by the archive's `polygons`."""
    widened = neutral.copy()
    for tooth in _teeth(polygons, len(neutral)):
        points = neutral[tooth]
        upper = tooth[0] < layout.UPPER_TOOTH_VERTICES[1]
        from_edge = points[:, 1] - points[:, 1].min() if upper else points[:, 1].max() - points[:, 1]
        middle = 0.5 * (points.min(axis=0) + points.max(axis=0))
        along = np.array([middle[2] - ROW_MIDDLE_Z, 0.0, -middle[0]])
        along /= np.linalg.norm(along)
        wider = WIDER_AT_EDGE + (WIDER_AT_NECK - WIDER_AT_EDGE) * smoothstep(*NECK_DEPTH, from_edge)
        across = (points - middle) @ along
        widened[tooth] += ((wider - 1.0) * across)[:, None] * along
    return widened


def grooved_tongue(neutral: Float64Array, jaw_open: Float64Array) -> Float64Array:
    """Return the vertices `neutral` (N, 3) with a groove along the tongue, which `jaw_open` (N, 3) moves."""
    x = np.abs(neutral[:, 0])
    swell = SWELL * np.exp(-(((x - SWELL_ASIDE) / SWELL_WIDTH) ** 2))
    rise = swell - GROOVE_DEPTH * np.exp(-((x / GROOVE_WIDTH) ** 2))
    grooved = neutral.copy()
    grooved[:, 1] += _on_tongue(neutral, jaw_open) * rise
    return grooved


def groove(neutral: Float64Array, jaw_open: Float64Array) -> Float64Array:
    """Return the share (N,), 0 to 1, to which each vertex of `neutral` (N, 3) lies in the tongue's groove."""
    return np.asarray(_on_tongue(neutral, jaw_open) * np.exp(-((neutral[:, 0] / GROOVE_WIDTH) ** 2)))


def _on_tongue(neutral: Float64Array, jaw_open: Float64Array) -> Float64Array:
    """Return the share (N,) to which each vertex lies on the upper side of the tongue."""
    x, y, z = neutral.T
    share = smoothstep(*TONGUE_X, np.abs(x)) * smoothstep(*TONGUE_Y, y) * smoothstep(*TONGUE_Z, z)
    numbers = np.arange(len(neutral))
    of_gums: FlagArray = (numbers >= layout.GUM_VERTICES[0]) & (numbers < layout.GUM_VERTICES[1])
    return np.asarray(share * (of_gums & (jaw_open[:, 1] < -CARRIED)))


def _teeth(polygons: Int64Array, count: int) -> list[Int64Array]:
    """Return the vertex numbers of each tooth."""
    corners = polygons[slice(*layout.TOOTH_POLYGONS)]
    ends = np.concatenate([corners[:, [0, side]] for side in (1, 2, 3)])
    joined = sparse.coo_matrix((np.ones(len(ends)), ends.T), shape=(count, count))
    _, label = connected_components(joined, directed=False)
    numbers = np.unique(corners)
    return [numbers[label[numbers] == each] for each in np.unique(label[numbers])]
