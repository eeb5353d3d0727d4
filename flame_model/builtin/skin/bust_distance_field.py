"""The form of the bald head and bust as a signed distance field: cranium, jaw, neck and torso.

Proportions are adult means (head breadth 152 mm, length 197 mm, chin to vertex 230 mm, chin to the pit of the
neck 100 mm; NASA STD-3000 vol. I, section 3); shoulders are narrow, and the single ellipsoids and
capsules were fitted by eye. Points are in metres in the head's frame.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from flame_model.arrays import Float64Array

Point = tuple[float, float, float]
Field = Callable[[Float64Array], Float64Array]
"""Takes points (..., 3); returns signed distances (...) in metres."""

CHEST_MIDDLE = np.array([0.0, -0.2700, -0.1120])
"""(3,) metres; the torso's surface is seen whole from here."""
COLLAR_MIDDLE, COLLAR_SLOPE = np.array([0.0, -0.1480, -0.1080]), 0.557
"""(3,) metres, and the metres by which the collar falls per metre to the front."""
COLLAR_WIDTH, COLLAR_DEPTH = 0.0720, 0.0610
"""Metres from the collar's middle to its side and its front, seen from above."""
UNDER_SHIRT = 1.12
"""Size of the skin's end below the shirt, as a multiple of the collar's size."""


def form_distance(points: Float64Array) -> Float64Array:
    """Return estimated signed distances (...) in metres from points (..., 3) to the form, negative inside."""
    p = _one_side(points)
    chest = np.maximum(_joined(_neck(p), _torso(p), 0.016), (collar_size(p) - UNDER_SHIRT) * COLLAR_WIDTH)
    return _joined(_head(p), chest, 0.011)


def torso_distance(points: Float64Array) -> Float64Array:
    """Return estimated signed distances (...) in metres from points (..., 3) to the torso as cloth covers it.

    Cloth spans the hollows beside the neck.
    """
    p = _one_side(points)
    return _joined(_neck_column(p), _torso(p), 0.030)


def collar_size(points: Float64Array) -> Float64Array:
    """Return the size (...) relative to the collar at which points (..., 3) lie on a cone around its opening.

    The cone's apex is CHEST_MIDDLE. Points at or below its height count as far outside.
    """
    away, middle = points - CHEST_MIDDLE, COLLAR_MIDDLE - CHEST_MIDDLE
    level = middle[1] + COLLAR_SLOPE * middle[2]
    scale = level / np.maximum(away[..., 1] + COLLAR_SLOPE * away[..., 2], 1e-3)
    across, ahead = scale * away[..., 0], scale * away[..., 2] - middle[2]
    return np.hypot(across / COLLAR_WIDTH, ahead / COLLAR_DEPTH)


def gradient(field: Field, points: Float64Array) -> Float64Array:
    """Return the gradient (..., 3) of a distance field at points (..., 3) by central differences."""
    step = 2e-4
    return np.stack([(field(points + o) - field(points - o)) / (2 * step) for o in step * np.eye(3)], axis=-1)


def settled(points: Float64Array, share: Float64Array) -> Float64Array:
    """Return points (N, 3) moved towards the form's surface by `share` (N,): 0 not at all, 1 onto it."""
    moved = points.copy()
    near = share > 0.0
    for _ in range(3):
        slope = gradient(form_distance, moved[near])
        step = form_distance(moved[near]) / np.maximum((slope**2).sum(-1), 0.25)
        moved[near] -= step[:, None] * slope
    return np.asarray(points + share[:, None] * (moved - points))


def _one_side(points: Float64Array) -> Float64Array:
    """Return points (..., 3) with those on the right moved to their mirror image on the left."""
    return np.concatenate([np.abs(points[..., :1]), points[..., 1:]], axis=-1)


def _head(p: Float64Array) -> Float64Array:
    """Return the distance to cranium, midface and jaw."""
    cranium = _ellipsoid(p, (0.0, 0.0600, -0.0920), (0.0762, 0.0850, 0.0990))
    occiput = _ellipsoid(p, (0.0, 0.0300, -0.1280), (0.0560, 0.0560, 0.0590))
    midface = _ellipsoid(p, (0.0, -0.0150, -0.0480), (0.0600, 0.0560, 0.0520))
    jaw = _bone(p, (0.0, -0.0690, -0.0120), (0.0440, -0.0490, -0.0560), 0.0140, 0.0120)
    ramus = _bone(p, (0.0440, -0.0490, -0.0560), (0.0530, 0.0080, -0.0760), 0.0120, 0.0150)
    floor = _ellipsoid(p, (0.0, -0.0480, -0.0500), (0.0420, 0.0390, 0.0420))
    jaw = _joined(_joined(jaw, ramus, 0.010), floor, 0.010)
    return _joined(_joined(_joined(cranium, occiput, 0.020), midface, 0.020), jaw, 0.012)


def _neck(p: Float64Array) -> Float64Array:
    """Return the distance to the neck's column with sternomastoids and larynx."""
    muscle = _bone(p, (0.0600, -0.0050, -0.0980), (0.0130, -0.1840, -0.0690), 0.0120, 0.0065)
    larynx = _ellipsoid(p, (0.0, -0.1160, -0.0600), (0.0085, 0.0140, 0.0085))
    return _joined(_joined(_neck_column(p), muscle, 0.010), larynx, 0.010)


def _neck_column(p: Float64Array) -> Float64Array:
    """Return the distance to an oval column that leans back downwards, with the muscles of the nape."""
    x, y, z = np.moveaxis(p, -1, 0)
    column = (np.hypot(x / 0.0510, (z + 0.1090 - 0.09 * (y + 0.10)) / 0.0530) - 1.0) * 0.0510
    nape = _bone(p, (0.0200, 0.0000, -0.1450), (0.0140, -0.1300, -0.1480), 0.0180, 0.0180)
    return _joined(np.maximum(column, y), nape, 0.016)


def _torso(p: Float64Array) -> Float64Array:
    """Return the distance to shoulders, upper arms and chest."""
    trapezius = _bone(p, (0.0, -0.1120, -0.1320), (0.1300, -0.2000, -0.1240), 0.0350, 0.0280)
    shoulder = _ellipsoid(p, (0.1480, -0.2270, -0.1200), (0.0440, 0.0480, 0.0440))
    arm = _bone(p, (0.1520, -0.2400, -0.1200), (0.1640, -0.4000, -0.1120), 0.0410, 0.0390)
    chest = _ellipsoid(p, (0.0, -0.3300, -0.1130), (0.1620, 0.1500, 0.0930))
    upper = _joined(_joined(trapezius, shoulder, 0.040), chest, 0.050)
    return _joined(upper, arm, 0.024)


def _ellipsoid(p: Float64Array, center: Point, radii: Point) -> Float64Array:
    """Return the approximate distance to an ellipsoid."""
    scaled = (p - np.array(center)) / np.array(radii)
    length = np.linalg.norm(scaled, axis=-1)
    slope = np.linalg.norm(scaled / np.array(radii), axis=-1)
    return np.asarray(length * (length - 1.0) / np.maximum(slope, 1e-9))


def _bone(p: Float64Array, start: Point, end: Point, start_radius: float, end_radius: float) -> Float64Array:
    """Return the distance to a tapering capsule."""
    a, along = np.array(start), np.array(end) - np.array(start)
    share = np.clip((p - a) @ along / (along @ along), 0.0, 1.0)
    radius = start_radius + (end_radius - start_radius) * share
    return np.asarray(np.linalg.norm(p - a - share[..., None] * along, axis=-1) - radius)


def _joined(a: Float64Array, b: Float64Array, blend: float) -> Float64Array:
    """Return the smooth union of two distances, rounded over `blend` metres."""
    h = np.clip(0.5 + 0.5 * (b - a) / blend, 0.0, 1.0)
    return np.asarray(b + (a - b) * h - blend * h * (1.0 - h))


def reach(
    origin: Float64Array, direction: Float64Array, field: Field = form_distance, farthest: float = 0.30
) -> Float64Array:
    """Return distances (N,) to a field's surface from `origin` (N, 3) or (3,) along `direction` (N, 3)."""
    low, high = np.zeros(len(direction)), np.full(len(direction), farthest)
    for _ in range(30):
        middle = 0.5 * (low + high)
        inside = field(origin + middle[:, None] * direction) < 0.0
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    return low
