"""Build the control cage ring by ring: points, faces, and the landmarks that each point follows."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array, Int64Array

SKIN, LID_MARGIN, MOUTH_LINING = range(3)
"""Parts of the skin surface, per face."""


class CageBuilder:
    """A control cage that starts with the face and grows by rings of points and faces between them."""

    def __init__(self, points: Float64Array, faces: Int64Array) -> None:
        self.points = [points]
        self.count = len(points)
        self.faces = [tuple(map(int, face)) for face in faces]
        self.parts = [SKIN] * len(faces)
        self.sides = {side for face in self.faces for side in _sides(face)}
        self.follow: dict[tuple[int, int], float] = {(i, i): 1.0 for i in range(len(points))}

    def add_ring(self, points: Float64Array, leaders: Int64Array | None, share: float = 0.0) -> Int64Array:
        """Add points (N, 3) that follow the landmarks `leaders` (N,) by `share`; return their indices."""
        indices = np.arange(self.count, self.count + len(points))
        self.points.append(points)
        self.count += len(points)
        if leaders is not None and share > 0.0:
            self.follow.update({(int(i), int(j)): share for i, j in zip(indices, leaders, strict=True)})
        return indices

    def bridge(self, inner: Int64Array, outer: Int64Array, part: int) -> None:
        """Join two closed rings, `outer` having as many points as `inner` or half as many."""
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
        """Return whether a ring's edge begins farther out than it ends, the same on both sides of the face.

        It decides along which diagonal a quadrangle is split.
        """
        points = np.concatenate(self.points)[[a, b]].round(7)
        return tuple(np.abs(points[0, :2])) > tuple(np.abs(points[1, :2]))

    def cap(self, ring: Int64Array, center: int, part: int) -> None:
        """Close a ring by a fan of triangles around the point `center`."""
        turned = (int(ring[0]), int(ring[1])) in self.sides
        pairs = zip(ring, np.roll(ring, -1), strict=True)
        self._add_faces([(int(a), int(b), center) for a, b in pairs], turned, part)

    def _add_faces(self, faces: list[tuple[int, ...]], turned: bool, part: int) -> None:
        """Add triangles, reversed where `turned`, so that they point outwards."""
        for face in faces:
            outward = face[::-1] if turned else face
            self.faces.append(outward)
            self.parts.append(part)
            self.sides.update(_sides(outward))


def _sides(face: tuple[int, ...]) -> list[tuple[int, int]]:
    """Return the directed edges of a triangle."""
    return [(face[0], face[1]), (face[1], face[2]), (face[2], face[0])]
