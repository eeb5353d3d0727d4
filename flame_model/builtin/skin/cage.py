"""Assemble the control cage of the skin: measured face, lid margins, mouth lining and bust in one surface.

Every cage point follows the 468 face landmarks linearly (`Cage.follow`), so that measured shapes move the
whole head.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import spsolve

from flame_model.arrays import Float64Array, Int64Array
from flame_model.builtin.skin.cage_builder import LID_MARGIN, MOUTH_LINING, SKIN, CageBuilder
from flame_model.builtin.skin.lids import lid_rim, margin_points
from flame_model.builtin.skin.skull import CUT_MIDDLE, skull_rings
from flame_model.face import topology as t
from flame_model.face.eyes import EYE_CENTERS

CUT_EDGE = 0.95
"""Size of the ring that rounds the edge of the bust's cut, relative to the cut."""
STILL_RING = 3
"""Index of the first ring that does not move with the face."""
LINING = ((-0.0035, 0.0085, 0.99, 0.9), (-0.012, 0.0170, 0.98, 0.4), (-0.036, 0.0150, 0.75, 0.0))
"""Rings of the mouth's lining behind the lips: metres back, metres up and down, relative width, share of the
lips' motion. Chosen by eye."""


@dataclass(frozen=True, slots=True)
class Cage:
    """The control cage of N points, of which the first 468 are the face landmarks."""

    points: Float64Array
    """(N, 3) metres."""
    faces: Int64Array
    """(F, 3)."""
    parts: Int64Array
    """(F,) SKIN, LID_MARGIN or MOUTH_LINING."""
    creases: tuple[tuple[int, int], ...]
    """Edges that stay sharp in subdivision: the rims of lids and lips."""
    follow: sparse.csr_matrix
    """(N, 468) displacement of a cage point per displacement of a landmark."""
    margins: tuple[Int64Array, Int64Array]
    """Indices of the lid margins' points for the left and right eye, in the order of the rims."""
    lining: tuple[Int64Array, ...]
    """Indices of the rings of the mouth's lining, each in the order of the inner lips."""
    rings: tuple[Int64Array, ...]
    """Indices of the rings over skull, neck and shoulders from the face outwards; two lie on the cut."""
    settles: Float64Array
    """(N,) 0..1: how much a point is drawn to the surface of the bust's form."""


def inner_lips() -> Int64Array:
    """Return the 20 landmarks of the inner lips: the upper lip from right to left, the lower lip back."""
    return np.array(t.UPPER_INNER_LIP + t.LOWER_INNER_LIP[-2:0:-1])


def build_cage(face: Float64Array, triangles: Int64Array) -> Cage:
    """Return the cage around the rest `face` (468, 3) with its triangles (852, 3)."""
    builder = CageBuilder(face, triangles)
    creases: list[tuple[int, int]] = []
    margins = []
    for side in range(2):
        rim = lid_rim(side)
        margin = builder.add_ring(margin_points(face[rim], EYE_CENTERS[side]), rim, 1.0)
        builder.bridge(rim, margin, LID_MARGIN)
        creases += zip(rim.tolist(), np.roll(rim, -1).tolist(), strict=True)
        margins.append(margin)
    lining = _add_lining(builder, face)
    lips = inner_lips()
    creases += zip(lips.tolist(), np.roll(lips, -1).tolist(), strict=True)
    rings, settles = _add_bust(builder, face)
    points = np.concatenate(builder.points)
    faces = np.array(builder.faces)
    follow = _follow_matrix(builder, points, faces, np.concatenate(rings), np.concatenate(rings[STILL_RING:]))
    return Cage(
        points, faces, np.array(builder.parts), tuple(creases), follow,
        (margins[0], margins[1]), tuple(lining), tuple(rings), settles,
    )  # fmt: skip


def _add_bust(builder: CageBuilder, face: Float64Array) -> tuple[list[Int64Array], Float64Array]:
    """Add the rings behind the face's outline and the cut; return them and `Cage.settles`."""
    previous = np.array(t.FACE_OVAL)
    places, shares = skull_rings(face[previous])
    rings = []
    for points in [*places, CUT_MIDDLE + CUT_EDGE * (places[-1] - CUT_MIDDLE)]:
        ring = builder.add_ring(points, None)
        builder.bridge(previous, ring, SKIN)
        rings.append(ring)
        previous = ring
    middle = builder.add_ring(CUT_MIDDLE[None], None)
    builder.cap(previous, int(middle[0]), SKIN)
    settles = np.zeros(builder.count)
    settles[np.concatenate(rings[:-2])] = np.concatenate(shares[:-1])
    return [*rings, middle], settles


def _add_lining(builder: CageBuilder, face: Float64Array) -> list[Int64Array]:
    """Add the rings of the mouth's lining and the throat, and return them."""
    lips = inner_lips()
    middle = face[lips].mean(0)
    upper = np.isin(lips, t.UPPER_INNER_LIP[1:-1])
    lower = np.isin(lips, t.LOWER_INNER_LIP[1:-1])
    previous, lining = lips, []
    for back, height, width, share in LINING:
        points = face[lips].copy()
        points[:, 0] *= width
        points[:, 1] += height * (upper.astype(float) - lower.astype(float))
        points[:, 2] = 0.8 * points[:, 2] + 0.2 * middle[2] + back
        ring = builder.add_ring(points, lips, share)
        builder.bridge(previous, ring, MOUTH_LINING)
        lining.append(ring)
        previous = ring
    throat = builder.add_ring(middle[None] + np.array([[0.0, 0.0, LINING[-1][0] - 0.010]]), None)
    builder.cap(previous, int(throat[0]), MOUTH_LINING)
    return [*lining, throat]


def _follow_matrix(
    builder: CageBuilder, points: Float64Array, faces: Int64Array, skull: Int64Array, still: Int64Array
) -> sparse.csr_matrix:
    """Return `Cage.follow` (N, 468), with the face's motion extended harmonically over the skull.

    The free points of the `skull` solve L F = 0 for the graph Laplacian L with the inverse edge lengths as
    weights; the motion is given at the face's outline and zero at the `still` points.
    """
    count = len(points)
    keys = np.array(list(builder.follow))
    direct = sparse.csr_matrix((list(builder.follow.values()), keys.T), shape=(count, t.FACE_POINT_COUNT))
    sides = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    weight = 1.0 / np.linalg.norm(points[sides[:, 0]] - points[sides[:, 1]], axis=1)
    links = sparse.csr_matrix((weight, sides.T), shape=(count, count))
    links = links.maximum(links.T)
    laplacian = (sparse.diags(np.asarray(links.sum(1)).ravel()) - links).tocsr()
    free = np.setdiff1d(skull, still)
    oval = np.array(t.FACE_OVAL)
    solved = spsolve(laplacian[free][:, free].tocsc(), -laplacian[free][:, oval].tocsc())
    spread = sparse.coo_matrix(solved)
    extension = sparse.csr_matrix(
        (spread.data, (free[spread.row], oval[spread.col])), shape=(count, t.FACE_POINT_COUNT)
    )
    return (direct + extension).tocsr()
