"""Reshape a head: move its face landmarks, and warp mesh, eyeballs and eyelids along with them.

A vertex v with rest position x_v, identity displacement b_v = S_v beta and distance r_v to the nearest
landmark moves to

    x_v + b_v + s(r_v) (w(x_v) - b_v)

where w is the warp (`geometry.warp`) through the landmarks' displacements b + limited(residual) and through
anchors on skull, neck and shoulders, which move by b alone; s falls smoothly from 1 at FACE_M to 0 at
ANCHOR_M. limited(u) = LARGEST_M tanh(|u| / LARGEST_M) u / |u|. Metres; the distances were chosen by eye.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from scipy.spatial import cKDTree

from flame_model.arrays import Array, Float32Array, Float64Array, IndexArray
from flame_model.face import topology as t
from flame_model.face.landmarks import at_places, rest_landmarks
from flame_model.geometry.smoothstep import smoothstep
from flame_model.geometry.warp import Warp
from flame_model.head import JOINT_NAMES, Head, LandmarkPlaces

LARGEST_M = 0.012
"""Metres; limit of a landmark's displacement in addition to that of the identity basis."""
FACE_M, ANCHOR_M = 0.01, 0.03
"""Metres to the nearest landmark up to which vertices follow the warp, and from which on they follow the
identity basis alone."""
ANCHOR_COUNT = 400
"""Anchors that the warp holds fast to the identity basis."""
HELD_SHELL, FREE_SHELL = 1.15, 1.6
"""Eyeball radii from its centre: skin within the first keeps its distance to the ball, skin beyond the second
is free."""
MOUTH_MATERIALS = ("teeth", "tongue")
_LIDS = (
    np.array(t.LEFT_UPPER_LID + t.LEFT_LOWER_LID[1:-1]),
    np.array(t.RIGHT_UPPER_LID + t.RIGHT_LOWER_LID[1:-1]),
)
_EYES = (JOINT_NAMES.index("left_eye"), JOINT_NAMES.index("right_eye"))
_FACE = slice(0, t.FACE_POINT_COUNT)
_LIPS = np.array(t.UPPER_INNER_LIP + t.LOWER_INNER_LIP)


def reshape_head(
    head: Head,
    places: LandmarkPlaces,
    coefficients: Array,
    residual: Array | float = 0.0,
) -> Head:
    """Return the head with another face baked into its template.

    `coefficients` (I,) apply to the identity basis. The face's landmarks, which lie at `places`, then move by
    `residual` (468, 3) metres, softly limited to LARGEST_M. The warp is smooth, so surfaces that touch stay
    in contact. Eyeballs, teeth and tongue keep their form; open and closed lids keep their distance to
    the eyeballs.
    """
    by_basis = head.identity_basis.astype(np.float64) @ np.asarray(coefficients, dtype=np.float64)
    template, based = head.template.astype(np.float64), head.template + by_basis
    rest = rest_landmarks(head, places)[_FACE]
    basis_moves = at_places(places, head.faces, by_basis)[_FACE]
    left = _limited(residual + np.zeros_like(rest))
    distance, _ = cKDTree(rest).query(template)
    anchors = _some(np.flatnonzero(distance > ANCHOR_M))
    warp = Warp.through(
        np.concatenate([rest, template[anchors]]), np.concatenate([basis_moves + left, by_basis[anchors]])
    )
    share = smoothstep(ANCHOR_M, FACE_M, distance)[:, None]
    moved = template + by_basis + share * (warp.at(template) - by_basis)
    mouth = np.unique(head.faces[np.isin(head.face_materials, _mouth_materials(head))])
    moved[mouth] = based[mouth] + left[_LIPS].mean(axis=0)
    balls = [_Ball.of(head, by_basis, side, left[lids].mean(axis=0)) for side, lids in enumerate(_LIDS)]
    for ball in balls:
        moved = ball.hold(template, moved)
        moved[ball.vertices] = based[ball.vertices] + ball.shift
    basis, arc = _lids(head, moved, warp, balls)
    return replace(head, template=moved.astype(np.float32), eyelid_basis=basis, eyelid_arc=arc)


@dataclass(frozen=True, slots=True)
class _Ball:
    """An eyeball before and after its head is reshaped; radius 0 and no vertices where the head lacks it."""

    vertices: IndexArray
    """(N,) numbers of its vertices."""
    center: Float64Array
    """(3,) metres, before."""
    radius: float
    """Metres, before."""
    growth: float
    """Radius after, as a multiple of the radius before."""
    shift: Float64Array
    """(3,) metres that the eyeball moves in addition to the identity basis."""
    new_center: Float64Array
    """(3,) metres, after."""

    @classmethod
    def of(cls, head: Head, by_basis: Float64Array, side: int, shift: Float64Array) -> Self:
        """Return the eyeball of a side (0 left, 1 right) that moves by `by_basis` (V, 3) and `shift` (3,)."""
        vertices = np.flatnonzero(head.skin_weights[:, _EYES[side]] > 0.5)
        regressor = head.joint_regressor[_EYES[side]].astype(np.float64)
        center = regressor @ head.template
        based = center + regressor @ by_basis
        before = np.linalg.norm(head.template[vertices] - center, axis=1)
        after = np.linalg.norm((head.template + by_basis)[vertices] - based, axis=1)
        radius = float(np.median(before)) if len(vertices) else 0.0
        growth = float(np.median(after)) / radius if radius else 1.0
        return cls(vertices, center, radius, growth, shift, based + shift)

    def hold(self, before: Float64Array, after: Float64Array) -> Float64Array:
        """Return points `after` (N, 3) with those near the eyeball at the distance that they had `before`."""
        if not self.radius:
            return after
        distance = np.linalg.norm(before - self.center, axis=1)
        ray = after - self.new_center
        length = np.linalg.norm(ray, axis=1)
        share = smoothstep(FREE_SHELL, HELD_SHELL, distance / self.radius)
        stretch = 1.0 + share * (self.growth * distance / np.maximum(length, 1e-9) - 1.0)
        return self.new_center + ray * stretch[:, None]


def _lids(
    head: Head, moved: Float64Array, warp: Warp, balls: list[_Ball]
) -> tuple[Float32Array, Float32Array | None]:
    """Return eyelid basis and arc (V, 3, 2) of the moved head from its warped closed and half-closed lids."""
    basis, arc, old_arc = (np.zeros(head.eyelid_basis.shape) for _ in range(3))
    if head.eyelid_arc is not None:
        old_arc += head.eyelid_arc
    for side, ball in enumerate(balls):
        lids = np.flatnonzero(head.eyelid_basis[:, :, side].any(axis=1) | old_arc[:, :, side].any(axis=1))
        if not len(lids):
            continue
        rest, travel = (a[lids].astype(np.float64) for a in (head.template, head.eyelid_basis[:, :, side]))
        shut, half = rest + travel, rest + 0.5 * travel + 0.25 * old_arc[lids, :, side]
        basis[lids, :, side] = ball.hold(shut, shut + warp.at(shut)) - moved[lids]
        halfway = ball.hold(half, half + warp.at(half)) - moved[lids]
        arc[lids, :, side] = 4.0 * halfway - 2.0 * basis[lids, :, side]
    return basis.astype(np.float32), None if head.eyelid_arc is None else arc.astype(np.float32)


def _limited(displacement: Float64Array) -> Float64Array:
    """Return displacements (N, 3) softly limited to LARGEST_M."""
    length = np.linalg.norm(displacement, axis=1, keepdims=True) / LARGEST_M
    return np.asarray(displacement * np.tanh(length) / np.maximum(length, 1e-9))


def _some(vertices: IndexArray) -> IndexArray:
    """Return about ANCHOR_COUNT of the vertices, evenly chosen."""
    return vertices[:: max(len(vertices) // ANCHOR_COUNT, 1)]


def _mouth_materials(head: Head) -> list[int]:
    return [index for index, material in enumerate(head.materials) if material.name in MOUTH_MATERIALS]
