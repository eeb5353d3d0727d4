"""Where an eyeball shows between its lids: the opening, seen from the eye's centre."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy import ndimage

from flame_model.arrays import Float64Array
from flame_model.errors import InputError
from flame_model.head import Head
from flame_model.landmarks import eye_faces, skin_faces

SIDES = ("left", "right")
VIEW = np.radians(np.linspace(-75.0, 75.0, 101))
"""Directions looked into, across and up, around straight ahead."""
SKIN_REACH = 5.0
"""Eye radii within which skin may cover the eye."""
INSIDE = 0.8
"""Skin nearer to the centre than this share of the radius covers nothing: it lies in the eyeball."""
COLUMN_REACH = 0.05
"""Radians by which a triangle's sides may stand out beyond its corners."""
LID_REACH = 1.5
"""Eye radii within which the lids lie, inner sides and edges."""
RIM_COLUMNS = 5
"""Columns whose median distance from the centre is that of a lid's edge."""
HALVINGS = 8
"""Times that the step between directions is halved to find a lid's edge: to 0.006 degrees."""


@dataclass(frozen=True, slots=True)
class Eye:
    """Describe one eyeball."""

    center: Float64Array
    """(3,) metres, of the sphere that fits best."""
    radius: float
    """Metres, of that sphere."""
    front: float
    """Metres from the centre to the farthest point of the ball's front half."""


class Polar(NamedTuple):
    """Hold places around an eye's centre, one per point."""

    across: Float64Array
    """Radians from the plane through the centre that is square to the axis."""
    up: Float64Array
    """Radians of the turn about the axis, 0 ahead."""
    distance: Float64Array
    """Metres from the centre."""


@dataclass(frozen=True, slots=True)
class Opening:
    """Describe the opening of one eye by N columns from corner to corner.

    The axis goes through the eye's centre, along the line between the corners.
    """

    eye: Eye
    axes: Float64Array
    """(3, 3) rows: the axis, towards +x; up; ahead."""
    across: Float64Array
    """(N,) radians, rising."""
    lower: Float64Array
    """(N,) radians up to the lower lid's edge."""
    upper: Float64Array
    """(N,) radians up to the upper lid's edge."""
    lower_rim: Float64Array
    """(N, 3) metres, the lower lid's edge."""
    upper_rim: Float64Array
    """(N, 3) metres, the upper lid's edge."""

    def polar(self, points: npt.NDArray[Any]) -> Polar:
        """Return where points (M, 3) lie."""
        along, up, ahead = self.axes @ (points - self.eye.center).T
        around = np.hypot(up, ahead)
        return Polar(np.arctan2(along, around), np.arctan2(up, ahead), np.hypot(along, around))

    def points(self, places: Polar) -> Float64Array:
        """Return the points (M, 3) at places."""
        return self.eye.center + places.distance[:, None] * _directions(self.axes, places.across, places.up)


def find_eye(head: Head, side: int) -> Eye:
    """Return the left (0) or right (1) eyeball; raises InputError where the head has none."""
    ball = head.template[np.unique(head.faces[eye_faces(head, SIDES[side])])].astype(np.float64)
    if len(ball) < 4:
        raise InputError(f"the head {head.name!r} has no {SIDES[side]} eyeball")
    system = np.concatenate([2.0 * ball, np.ones((len(ball), 1))], axis=1)
    solved = np.linalg.lstsq(system, (ball**2).sum(axis=1), rcond=None)[0]
    spokes = ball - solved[:3]
    return Eye(
        center=solved[:3],
        radius=float(np.sqrt(solved[3] + solved[:3] @ solved[:3])),
        front=float(np.linalg.norm(spokes[spokes[:, 2] >= 0.0], axis=1).max()),
    )


def find_opening(head: Head, side: int) -> Opening:
    """Return the opening of the left (0) or right (1) eye at rest.

    Raises InputError for a head without that eyeball or without skin all around its opening.
    """
    eye = find_eye(head, side)
    skin = _Skin.around(eye, head)
    level = np.eye(3)
    open_ = _open(skin, level)
    columns = np.flatnonzero(open_.any(axis=1))
    if not len(columns) or open_[[0, -1]].any() or open_[:, [0, -1]].any():
        raise InputError(f"the head {head.name!r} has no open lids around its {SIDES[side]} eye")
    corners = [_directions(level, VIEW[c], VIEW[open_[c]].mean()) for c in columns[[0, -1]]]
    axes = _axes_along(corners[1] - corners[0])
    return _measured(eye, axes, skin, _open(skin, axes))


@dataclass(frozen=True, slots=True)
class _Skin:
    """Hold T triangles around an eye's centre, as planes."""

    corners: Float64Array
    """(T, 3, 3) metres from the centre."""
    sides: Float64Array
    """(3, T, 3) normals of the planes through the centre and one side."""
    normals: Float64Array
    """(T, 3) outwards."""
    offsets: Float64Array
    """(T,) products of the normals and the triangles' points; positive where skin faces away."""
    radius: float
    """Metres, of the eye."""

    @classmethod
    def around(cls, eye: Eye, head: Head) -> _Skin:
        """Return the skin of a head that may cover the eye."""
        corners = head.template[head.faces[skin_faces(head)]].astype(np.float64) - eye.center
        return cls.of(
            corners[np.linalg.norm(corners, axis=2).max(axis=1) < SKIN_REACH * eye.radius], eye.radius
        )

    @classmethod
    def of(cls, corners: Float64Array, radius: float) -> _Skin:
        """Return triangles (T, 3, 3) around an eye of a radius."""
        a, b, c = np.moveaxis(corners, 1, 0)
        normals = np.cross(b - a, c - a)
        sides = np.stack([np.cross(a, b), np.cross(b, c), np.cross(c, a)])
        return cls(corners, sides, normals, (normals * a).sum(axis=1), radius)

    def column(self, axis: Float64Array, across: float) -> _Skin:
        """Return the skin that may lie in directions `across` from the plane square to a unit `axis`."""
        angles = np.arcsin((self.corners @ axis) / np.linalg.norm(self.corners, axis=2))
        lies = (angles.min(axis=1) - COLUMN_REACH < across) & (angles.max(axis=1) + COLUMN_REACH > across)
        return _Skin.of(self.corners[lies], self.radius)

    def cover(self, directions: Float64Array) -> Float64Array:
        """Return how far the skin is that covers the eye in unit directions (N, 3), metres (N,).

        Infinite where the eye shows: where a ray meets no skin, or meets it from outside, beyond the lids.
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


def _directions(axes: Float64Array, across: npt.ArrayLike, up: npt.ArrayLike) -> Float64Array:
    """Return the unit vectors (..., 3) in directions given in radians."""
    along, around = np.sin(across), np.cos(across)
    local = np.stack(np.broadcast_arrays(along, around * np.sin(up), around * np.cos(up)), axis=-1)
    return np.asarray(local @ axes)


def _axes_along(axis: Float64Array) -> Float64Array:
    along = axis / np.linalg.norm(axis)
    up = np.cross([0.0, 0.0, 1.0], along)
    up /= np.linalg.norm(up)
    return np.stack([along, up, np.cross(along, up)])


def _open(skin: _Skin, axes: Float64Array) -> npt.NDArray[np.bool_]:
    """Return which directions of the grid (across, up) show the eye, of those that hang together ahead."""
    columns = (skin.column(axes[0], across).cover(_directions(axes, across, VIEW)) for across in VIEW)
    free = np.isinf(np.stack(list(columns)))
    label, _ = ndimage.label(free)
    ahead = np.argwhere(free)
    if not len(ahead):
        return free
    nearest = ahead[np.abs(ahead - len(VIEW) // 2).sum(axis=1).argmin()]
    return np.asarray(label == label[tuple(nearest)])


def _measured(eye: Eye, axes: Float64Array, skin: _Skin, open_: npt.NDArray[np.bool_]) -> Opening:
    """Return the opening with its lids' edges found between the grid's directions."""
    columns = np.flatnonzero(open_.any(axis=1))
    across, step = VIEW[columns], VIEW[1] - VIEW[0]
    across[[0, -1]] += [-0.5 * step, 0.5 * step]
    edges, rims = [], []
    for way, pick in ((-1.0, np.min), (1.0, np.max)):
        seen = np.array([pick(VIEW[open_[column]]) for column in columns])
        covered = seen + way * step
        for _ in range(HALVINGS):
            middle = 0.5 * (seen + covered)
            free = np.isinf(skin.cover(_directions(axes, VIEW[columns], middle)))
            seen, covered = np.where(free, middle, seen), np.where(free, covered, middle)
        edges.append(covered)
        beside = skin.cover(_directions(axes, VIEW[columns], covered + way * step))
        distance = ndimage.median_filter(np.clip(beside, eye.radius, LID_REACH * eye.radius), RIM_COLUMNS)
        rims.append(eye.center + distance[:, None] * _directions(axes, across, covered))
    return Opening(eye, axes, across, edges[0], edges[1], rims[0], rims[1])
