"""Assemble the control cage: measured face, lid margins, mouth lining and skull in one surface.

Every cage point follows the 468 face landmarks linearly (`Cage.follow`), so measured shapes reach the whole
head.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import spsolve

from flame_model.arrays import Float64Array, Int64Array
from flame_model.builtin.skin.lids import lid_rim, margin_points
from flame_model.builtin.skin.skull import CUT_MIDDLE, skull_rings
from flame_model.face import topology as t
from flame_model.face.eyes import EYE_CENTERS

SKIN, LID_MARGIN, MOUTH_LINING = range(3)
"""Parts of the skin surface, per face."""
CUT_EDGE = 0.95
"""Size of the ring that rounds the edge of the bust's cut, of the cut's."""
STILL_RING = 3
"""Rings from this one on do not move with the face."""
LINING = ((-0.0035, 0.0085, 0.99, 0.9), (-0.012, 0.0170, 0.98, 0.4), (-0.036, 0.0150, 0.75, 0.0))
"""Rings of the mouth's lining behind the lips: metres back, metres up or down, width, share of the lips'
motion."""


@dataclass(frozen=True, slots=True)
class Cage:
    """Hold the control cage of N points; its first 468 points are the face landmarks."""

    points: Float64Array
    """(N, 3) metres."""
    faces: Int64Array
    """(F, 3)."""
    parts: Int64Array
    """(F,) SKIN, LID_MARGIN or MOUTH_LINING."""
    creases: tuple[tuple[int, int], ...]
    follow: sparse.csr_matrix
    """(N, 468) displacement of a cage point per displacement of a landmark."""
    margins: tuple[Int64Array, Int64Array]
    """Points of the lid margins, left and right eye, in the order of their rims."""
    lining: tuple[Int64Array, ...]
    """Rings of the mouth's lining, each in the order of the inner lips."""
    rings: tuple[Int64Array, ...]
    """Rings over skull, neck and shoulders, nearest to the face first; the last two lie on the cut."""
    settles: Float64Array
    """(N,) share in which a point keeps to the bust's form."""


class _Builder:
    """Collect points, faces and what each point follows."""

    def __init__(self, points: Float64Array, faces: Int64Array) -> None:
        self.points = [points]
        self.count = len(points)
        self.faces = [tuple(map(int, face)) for face in faces]
        self.parts = [SKIN] * len(faces)
        self.sides = {side for face in self.faces for side in _sides(face)}
        self.follow: dict[tuple[int, int], float] = {(i, i): 1.0 for i in range(len(points))}

    def add_ring(self, points: Float64Array, leaders: Int64Array | None, share: float = 0.0) -> Int64Array:
        """Add points; each follows its leader landmark by `share`."""
        indices = np.arange(self.count, self.count + len(points))
        self.points.append(points)
        self.count += len(points)
        if leaders is not None and share > 0.0:
            self.follow.update({(int(i), int(j)): share for i, j in zip(indices, leaders, strict=True)})
        return indices

    def bridge(self, inner: Int64Array, outer: Int64Array, part: int) -> None:
        """Join two closed rings, `outer` with as many or half as many points, turned the way the surface
        is."""
        n = len(inner)
        turned = (int(inner[0]), int(inner[1])) in self.sides
        for i in range(0, n, n // len(outer)):
            a, b, c = (int(inner[(i + k) % n]) for k in range(3))
            d, e = (int(outer[(i * len(outer) // n + k) % len(outer)]) for k in range(2))
            new: list[tuple[int, ...]] = [(a, b, d), (b, e, d)]
            if len(outer) < n:
                new.append((b, c, e))
            elif self._farther_out(a, b):
                new = [(a, b, e), (a, e, d)]
            self._add_faces(new, turned, part)

    def _farther_out(self, a: int, b: int) -> bool:
        """Tell which end of a ring's edge its quad is split from: the same end on both sides of the face."""
        points = np.concatenate(self.points)[[a, b]].round(7)
        return tuple(np.abs(points[0, :2])) > tuple(np.abs(points[1, :2]))

    def cap(self, ring: Int64Array, center: int, part: int) -> None:
        """Close a ring with a fan around the point `center`."""
        turned = (int(ring[0]), int(ring[1])) in self.sides
        pairs = zip(ring, np.roll(ring, -1), strict=True)
        self._add_faces([(int(a), int(b), center) for a, b in pairs], turned, part)

    def _add_faces(self, faces: list[tuple[int, ...]], turned: bool, part: int) -> None:
        for face in faces:
            outward = face[::-1] if turned else face
            self.faces.append(outward)
            self.parts.append(part)
            self.sides.update(_sides(outward))


def _sides(face: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(face[0], face[1]), (face[1], face[2]), (face[2], face[0])]


def inner_lips() -> Int64Array:
    """Return the 20 landmarks of the inner lip contour: upper lip rightmost to leftmost, then the lower lip
    back."""
    return np.array(t.UPPER_INNER_LIP + t.LOWER_INNER_LIP[-2:0:-1])


def build_cage(face: Float64Array, triangles: Int64Array) -> Cage:
    """Return the cage around the (468, 3) rest `face` with its (852, 3) triangles."""
    builder = _Builder(face, triangles)
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


def _add_bust(builder: _Builder, face: Float64Array) -> tuple[list[Int64Array], Float64Array]:
    """Add the rings behind the face's oval and the cut; return them and `Cage.settles`."""
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


def _add_lining(builder: _Builder, face: Float64Array) -> list[Int64Array]:
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
    builder: _Builder, points: Float64Array, faces: Int64Array, skull: Int64Array, still: Int64Array
) -> sparse.csr_matrix:
    """Extend the face's motion harmonically over the skull's free points, zero at the `still` ones."""
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
