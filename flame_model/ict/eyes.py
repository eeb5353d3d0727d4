"""Eyes of the archive: where they turn, eyeballs that lids can pass over, lids that shut."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from flame_model.ict import layout
from flame_model.ict.archive import IctMeshes
from flame_model.ict.grids import Neighbours, levels, neighbours

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

_BALL_RADIUS = 1.50
"""Centimetres; the archive's corneas stand out to 1.67, through the margins of lids, which lie at 1.5."""
_LID_RADIUS = 1.49
"""Least distance of lids from the eye's centre: a tenth of a millimetre inside the ball, which seals them."""
_FIT_RINGS = slice(1 + 9 * layout.EYEBALL_COLUMNS, 1 + 17 * layout.EYEBALL_COLUMNS)
_REACH = 14
"""Rings of skin around the lids' margins that a blink may hold."""
_FIRM_RINGS, _EDGE_RINGS = 4, (2, 3)
"""Rings that follow the lids' edges fully, and those in which the edges lie."""
_PRESS = 0.004
"""Centimetres that shut lids overlap, so that nothing shines through."""


@dataclass(frozen=True, slots=True)
class LidShapes:
    """Hold what shuts one eye, in the archive's vertices and centimetres."""

    closing: FloatArray
    """(V, 3) displacement at full closure."""
    arc: FloatArray
    """(V, 3) times e (1 - e): keeps a closure e around the eyeball."""
    hold: FloatArray
    """(V,) share of other displacements that full closure takes."""


def eye_center(neutral: FloatArray, side: int) -> FloatArray:
    """Return the (3,) centre of the sphere through the rings between iris and equator."""
    rings = neutral[slice(*layout.EYEBALL_VERTICES[side])][_FIT_RINGS]
    system = np.concatenate([2.0 * rings, np.ones((len(rings), 1))], axis=1)
    return np.asarray(np.linalg.lstsq(system, (rings**2).sum(1), rcond=None)[0][:3])


def seated_eyes(neutral: FloatArray) -> FloatArray:
    """Return the archive's vertices (V, 3) with round eyeballs that look along +z and lids outside them."""
    seated = neutral.copy()
    for side, vertices in enumerate(layout.EYEBALL_VERTICES):
        center = eye_center(neutral, side)
        ball, face = slice(*vertices), slice(*layout.FACE_VERTICES)
        seated[ball] = _seated_eyeball(neutral[ball], center)
        seated[face] = _outside(seated[face], center)
    return seated


def _outside(points: FloatArray, center: FloatArray) -> FloatArray:
    """Return points (N, 3) pushed out of the front of the eyeball around `center`."""
    spoke = points - center
    radius = np.linalg.norm(spoke, axis=1, keepdims=True)
    inside = (radius < _LID_RADIUS) & (spoke[:, 2:] > 0.0)
    return np.asarray(center + spoke * np.where(inside, _LID_RADIUS / radius, 1.0))


def _seated_eyeball(ball: FloatArray, center: FloatArray) -> FloatArray:
    """Return an eyeball (N, 3), front pole first, that is round and looks along +z."""
    axis = ball[0] - center
    axis /= np.linalg.norm(axis)
    spoke = (ball - center) @ _turn_to_front(axis).T
    return np.asarray(center + spoke / np.linalg.norm(spoke, axis=1, keepdims=True) * _BALL_RADIUS)


def _turn_to_front(axis: FloatArray) -> FloatArray:
    """Return the smallest rotation (3, 3) that takes a unit `axis` to +z."""
    x, y, z = axis
    cross = np.array([[0.0, 0.0, -x], [0.0, 0.0, -y], [x, y, 0.0]])
    return np.asarray(np.eye(3) + cross + cross @ cross / (1.0 + z))


def lid_shapes(meshes: IctMeshes, side: int) -> LidShapes:
    """Return the blink of the left (0) or right (1) eye of meshes with seated eyes: made to meet, arc and
    hold."""
    neutral, center = meshes.neutral, eye_center(meshes.neutral, side)
    blink = meshes.expressions["eyeBlink_L" if side == 0 else "eyeBlink_R"]
    near = np.linalg.norm(neutral - center, axis=1) < 4.0
    closing = np.where(near[:, None], blink, 0.0)
    rings = _rings(meshes, side)
    upper = _above_corners(neutral, side)
    share = np.zeros(len(neutral))
    for level, ring in enumerate(rings):
        share[list(ring)] = np.clip(1.0 - (level - _FIRM_RINGS) / (_REACH - _FIRM_RINGS), 0.0, 1.0)
    share[slice(*_lashes(side))] = 1.0
    closing[:, 1] -= _gap(neutral + closing, rings, upper) * share * upper
    face = slice(*layout.FACE_VERTICES)
    closing[face] = _outside((neutral + closing)[face], center) - neutral[face]
    hold = share * share * (3.0 - 2.0 * share)
    hold[np.unique(meshes.polygons[slice(*layout.EYE_SOCKET_POLYGONS[side])])] = 1.0
    return LidShapes(closing, _arc(neutral - center, closing), hold)


def _rings(meshes: IctMeshes, side: int) -> list[set[int]]:
    """Return rings of face vertices outwards from the seam between eye socket and lid."""
    face = meshes.polygons[slice(*layout.FACE_POLYGONS)]
    socket = np.unique(meshes.polygons[slice(*layout.EYE_SOCKET_POLYGONS[side])])
    seam = set(np.intersect1d(face, socket).tolist())
    center = eye_center(meshes.neutral, side)
    near = (np.linalg.norm(meshes.neutral[face] - center, axis=2) < 5.0).any(1)
    around: Neighbours = neighbours(face[near])
    return levels(around, seam, _REACH)


def _lashes(side: int) -> tuple[int, int]:
    return layout.LASH_VERTICES[side]


def _above_corners(neutral: FloatArray, side: int) -> npt.NDArray[np.bool_]:
    """Return which vertices (V,) lie above the line through the eye's corners; upper lashes do."""
    landmarks = layout.EYE_LANDMARKS[side]
    a, b = neutral[landmarks[0]], neutral[landmarks[3]]
    line = a[1] + (neutral[:, 0] - a[0]) * (b[1] - a[1]) / (b[0] - a[0])
    above = neutral[:, 1] > line
    first, last = _lashes(side)
    above[first:last] = np.arange(last - first) < (last - first) // 2
    return np.asarray(above)


def _gap(shut: FloatArray, rings: list[set[int]], upper: npt.NDArray[np.bool_]) -> FloatArray:
    """Return how far the upper lid's edge stays above the lower one's, (V,) at each vertex' x."""
    x = shut[:, 0]
    heights = []
    for ring in (sorted(rings[level]) for level in _EDGE_RINGS):
        for edge in (upper[ring], ~upper[ring]):
            points = shut[np.array(ring)[edge]]
            order = np.argsort(points[:, 0])
            heights.append(np.interp(x, points[order, 0], points[order, 1]))
    gap = np.minimum(heights[0], heights[2]) - heights[1]
    return np.asarray(np.maximum(gap, 0.0) + _PRESS)


def _arc(spoke: FloatArray, closing: FloatArray) -> FloatArray:
    """Return what keeps the half-way place of each spoke (V, 3) from the eye's centre at its mean radius."""
    middle = spoke + 0.5 * closing
    radius = 0.5 * (np.linalg.norm(spoke, axis=1) + np.linalg.norm(spoke + closing, axis=1))
    stretch = radius / np.maximum(np.linalg.norm(middle, axis=1), 1e-9) - 1.0
    return np.asarray(4.0 * stretch[:, None] * middle)
