"""Find where rays from an eye's centre meet the skin around the eye."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float64Array
from flame_model.face.landmarks import skin_faces
from flame_model.head import Head
from flame_model.rigging.eyeball import Eye

SKIN_REACH = 5.0
"""Eye radii within which skin may cover the eye."""
INSIDE = 0.8
"""Eye radii; skin nearer to the centre lies in the eyeball and covers nothing."""
COLUMN_REACH = 0.05
"""Radians by which a triangle's sides may extend beyond its corners."""
LID_REACH = 1.5
"""Eye radii within which the lids lie, with their inner sides and edges."""


@dataclass(frozen=True, slots=True)
class SkinAroundEye:
    """T skin triangles around an eye's centre, prepared for intersection with rays from the centre."""

    corners: Float64Array
    """(T, 3, 3) metres from the centre."""
    sides: Float64Array
    """(3, T, 3) normals of the planes through the centre and one side of each triangle."""
    normals: Float64Array
    """(T, 3) outward normals of the triangles, not normalized."""
    offsets: Float64Array
    """(T,) dot products of normals and triangle points; positive where the skin faces away from the eye."""
    radius: float
    """Radius of the eye in metres."""

    @classmethod
    def around(cls, eye: Eye, head: Head) -> SkinAroundEye:
        """Return the skin of a head within SKIN_REACH of the eye."""
        corners = head.template[head.faces[skin_faces(head)]].astype(np.float64) - eye.center
        return cls.of(
            corners[np.linalg.norm(corners, axis=2).max(axis=1) < SKIN_REACH * eye.radius], eye.radius
        )

    @classmethod
    def of(cls, corners: Float64Array, radius: float) -> SkinAroundEye:
        """Return the triangles with corners (T, 3, 3) relative to the centre of an eye of `radius`."""
        a, b, c = np.moveaxis(corners, 1, 0)
        normals = np.cross(b - a, c - a)
        sides = np.stack([np.cross(a, b), np.cross(b, c), np.cross(c, a)])
        return cls(corners, sides, normals, (normals * a).sum(axis=1), radius)

    def column(self, axis: Float64Array, across: float) -> SkinAroundEye:
        """Return the skin that rays at the angle `across` to the plane perpendicular to `axis` may meet."""
        angles = np.arcsin((self.corners @ axis) / np.linalg.norm(self.corners, axis=2))
        lies = (angles.min(axis=1) - COLUMN_REACH < across) & (angles.max(axis=1) + COLUMN_REACH > across)
        return SkinAroundEye.of(self.corners[lies], self.radius)

    def cover(self, directions: Float64Array) -> Float64Array:
        """Return the distance (N,) in metres to the skin that covers the eye in unit directions (N, 3).

        The distance is infinite where the eye is visible: where the ray meets no skin, or skin beyond the
        lids from its outer side.
        """
        if not len(self.offsets):
            return np.full(len(directions), np.inf)
        beside = self.sides @ directions.T
        toward = self.normals @ directions.T
        distances = self.offsets[:, None] / np.where(toward == 0.0, np.inf, toward)
        hit = (beside >= 0.0).all(axis=0) | (beside <= 0.0).all(axis=0)
        distances = np.where(hit & (distances >= INSIDE * self.radius), distances, np.inf)
        first = distances.argmin(axis=0)
        nearest = distances[first, np.arange(len(directions))]
        covers = (self.offsets[first] > 0.0) | (nearest < LID_REACH * self.radius)
        return np.asarray(np.where(covers, nearest, np.inf))


def directions(axes: Float64Array, across: npt.ArrayLike, up: npt.ArrayLike) -> Float64Array:
    """Return the unit vectors (..., 3) at the angles `Polar.across` and `Polar.up` in radians."""
    along, around = np.sin(across), np.cos(across)
    local = np.stack(np.broadcast_arrays(along, around * np.sin(up), around * np.cos(up)), axis=-1)
    return np.asarray(local @ axes)
