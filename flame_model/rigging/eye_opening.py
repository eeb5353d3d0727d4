"""Find the opening between the lids of an eye: the directions from the eye's centre that no skin covers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import ndimage

from flame_model.arrays import Array, FlagArray, Float64Array
from flame_model.errors import InputError
from flame_model.head import Head
from flame_model.rigging.eyeball import SIDES, Eye, find_eye
from flame_model.rigging.skin_around_eye import LID_REACH, SkinAroundEye, directions

VIEW = np.radians(np.linspace(-75.0, 75.0, 101))
"""Radians of the sampled directions, across and up from straight ahead."""
RIM_COLUMNS = 5
"""Columns over which the distance from the centre to a lid's edge is median-filtered."""
HALVINGS = 8
"""Bisections of the step between directions to find a lid's edge, down to 0.006 degrees."""


class Polar(NamedTuple):
    """Polar coordinates around an eye's centre, one per point."""

    across: Float64Array
    """Angle in radians from the plane through the centre that is perpendicular to the opening's axis."""
    up: Float64Array
    """Angle in radians about the axis, 0 straight ahead."""
    distance: Float64Array
    """Metres from the centre."""


@dataclass(frozen=True, slots=True)
class Opening:
    """The opening of one eye, sampled in N columns from corner to corner.

    The axis passes through the eye's centre, parallel to the line between the corners.
    """

    eye: Eye
    axes: Float64Array
    """(3, 3) rows: the axis, towards +x; up; ahead."""
    across: Float64Array
    """(N,) radians, rising."""
    lower: Float64Array
    """(N,) angle `Polar.up` of the lower lid's edge, radians."""
    upper: Float64Array
    """(N,) angle `Polar.up` of the upper lid's edge, radians."""
    lower_rim: Float64Array
    """(N, 3) points of the lower lid's edge, metres."""
    upper_rim: Float64Array
    """(N, 3) points of the upper lid's edge, metres."""

    def polar(self, points: Array) -> Polar:
        """Return the polar coordinates of points (M, 3)."""
        along, up, ahead = self.axes @ (points - self.eye.center).T
        around = np.hypot(up, ahead)
        return Polar(np.arctan2(along, around), np.arctan2(up, ahead), np.hypot(along, around))

    def points(self, places: Polar) -> Float64Array:
        """Return the points (M, 3) at polar coordinates."""
        return self.eye.center + places.distance[:, None] * directions(self.axes, places.across, places.up)


def find_opening(head: Head, side: int) -> Opening:
    """Return the opening of the left (0) or right (1) eye at rest.

    Raises InputError for a head without that eyeball, or whose skin does not surround the opening.
    """
    eye = find_eye(head, side)
    skin = SkinAroundEye.around(eye, head)
    level = np.eye(3)
    open_ = _open(skin, level)
    columns = np.flatnonzero(open_.any(axis=1))
    if not len(columns) or open_[[0, -1]].any() or open_[:, [0, -1]].any():
        raise InputError(f"The head {head.name!r} has no open lids around its {SIDES[side]} eye.")
    corners = [directions(level, VIEW[c], VIEW[open_[c]].mean()) for c in columns[[0, -1]]]
    axes = _axes_along(corners[1] - corners[0])
    return _measured(eye, axes, skin, _open(skin, axes))


def _axes_along(axis: Float64Array) -> Float64Array:
    """Return `Opening.axes` (3, 3) for an axis (3,)."""
    along = axis / np.linalg.norm(axis)
    up = np.cross([0.0, 0.0, 1.0], along)
    up /= np.linalg.norm(up)
    return np.stack([along, up, np.cross(along, up)])


def _open(skin: SkinAroundEye, axes: Float64Array) -> FlagArray:
    """Return which directions (across, up) of VIEW show the eye; only those connected to straight ahead."""
    columns = (skin.column(axes[0], across).cover(directions(axes, across, VIEW)) for across in VIEW)
    free = np.isinf(np.stack(list(columns)))
    label, _ = ndimage.label(free)
    ahead = np.argwhere(free)
    if not len(ahead):
        return free
    nearest = ahead[np.abs(ahead - len(VIEW) // 2).sum(axis=1).argmin()]
    return np.asarray(label == label[tuple(nearest)])


def _measured(eye: Eye, axes: Float64Array, skin: SkinAroundEye, open_: FlagArray) -> Opening:
    """Return the opening with its lid edges bisected between the sampled directions."""
    columns = np.flatnonzero(open_.any(axis=1))
    across, step = VIEW[columns], VIEW[1] - VIEW[0]
    across[[0, -1]] += [-0.5 * step, 0.5 * step]
    edges, rims = [], []
    for sign, pick in ((-1.0, np.min), (1.0, np.max)):
        seen = np.array([pick(VIEW[open_[column]]) for column in columns])
        covered = seen + sign * step
        for _ in range(HALVINGS):
            middle = 0.5 * (seen + covered)
            free = np.isinf(skin.cover(directions(axes, VIEW[columns], middle)))
            seen, covered = np.where(free, middle, seen), np.where(free, covered, middle)
        edges.append(covered)
        beside = skin.cover(directions(axes, VIEW[columns], covered + sign * step))
        distance = ndimage.median_filter(np.clip(beside, eye.radius, LID_REACH * eye.radius), RIM_COLUMNS)
        rims.append(eye.center + distance[:, None] * directions(axes, across, covered))
    return Opening(eye, axes, across, edges[0], edges[1], rims[0], rims[1])
