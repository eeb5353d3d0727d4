"""The form of the bald head and bust as a signed distance field: cranium, jaw, neck and shoulders.

Proportions are adult means (head breadth 152 mm, length 197 mm, chin to vertex 230 mm, chin to the pit of the
neck 100 mm; NASA STD-3000 vol. I, section 3); the single ellipsoids and capsules were fitted by eye. Points
are in metres in the head's frame.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array

Point = tuple[float, float, float]


def form_distance(points: Float64Array) -> Float64Array:
    """Return estimated signed distances (...) in metres from points (..., 3) to the form, negative inside."""
    p = points.copy()
    p[..., 0] = np.abs(p[..., 0])
    return _joined(_head(p), _joined(_neck(p), _trunk(p), 0.016), 0.011)


def form_normal(points: Float64Array) -> Float64Array:
    """Return the gradient (..., 3) of `form_distance` by central differences."""
    step = 2e-4
    return np.stack(
        [(form_distance(points + o) - form_distance(points - o)) / (2 * step) for o in step * np.eye(3)],
        axis=-1,
    )


def settled(points: Float64Array, share: Float64Array) -> Float64Array:
    """Return points (N, 3) moved towards the form's surface by `share` (N,): 0 not at all, 1 onto it."""
    moved = points.copy()
    near = share > 0.0
    for _ in range(3):
        gradient = form_normal(moved[near])
        step = form_distance(moved[near]) / np.maximum((gradient**2).sum(-1), 0.25)
        moved[near] -= step[:, None] * gradient
    return np.asarray(points + share[:, None] * (moved - points))


def _head(p: Float64Array) -> Float64Array:
    cranium = _ellipsoid(p, (0.0, 0.0600, -0.0920), (0.0762, 0.0850, 0.0990))
    occiput = _ellipsoid(p, (0.0, 0.0300, -0.1280), (0.0560, 0.0560, 0.0590))
    midface = _ellipsoid(p, (0.0, -0.0150, -0.0480), (0.0600, 0.0560, 0.0520))
    jaw = _bone(p, (0.0, -0.0690, -0.0120), (0.0440, -0.0490, -0.0560), 0.0140, 0.0120)
    ramus = _bone(p, (0.0440, -0.0490, -0.0560), (0.0530, 0.0080, -0.0760), 0.0120, 0.0150)
    floor = _ellipsoid(p, (0.0, -0.0480, -0.0500), (0.0420, 0.0390, 0.0420))
    jaw = _joined(_joined(jaw, ramus, 0.010), floor, 0.010)
    return _joined(_joined(_joined(cranium, occiput, 0.020), midface, 0.020), jaw, 0.012)


def _neck(p: Float64Array) -> Float64Array:
    """Return the distance to an oval column that leans back downwards, two front muscles, nape and larynx."""
    x, y, z = np.moveaxis(p, -1, 0)
    column = (np.hypot(x / 0.0510, (z + 0.1090 - 0.09 * (y + 0.10)) / 0.0530) - 1.0) * 0.0510
    column = np.maximum(column, y)
    muscle = _bone(p, (0.0600, -0.0050, -0.0980), (0.0130, -0.1840, -0.0690), 0.0120, 0.0065)
    nape = _bone(p, (0.0200, 0.0000, -0.1450), (0.0140, -0.1300, -0.1480), 0.0180, 0.0180)
    larynx = _ellipsoid(p, (0.0, -0.1160, -0.0600), (0.0085, 0.0140, 0.0085))
    return _joined(_joined(_joined(column, muscle, 0.010), nape, 0.016), larynx, 0.010)


def _trunk(p: Float64Array) -> Float64Array:
    trapezius = _bone(p, (0.0, -0.1080, -0.1300), (0.1400, -0.1900, -0.1200), 0.0360, 0.0280)
    shoulder = _ellipsoid(p, (0.1360, -0.2120, -0.1160), (0.0400, 0.0500, 0.0440))
    chest = _ellipsoid(p, (0.0, -0.3100, -0.1160), (0.1650, 0.1380, 0.0880))
    collarbone = _bone(p, (0.0150, -0.1890, -0.0690), (0.1300, -0.1790, -0.0980), 0.0070, 0.0080)
    trunk = _joined(_joined(trapezius, shoulder, 0.030), chest, 0.030)
    return _joined(trunk, collarbone, 0.010)


def _ellipsoid(p: Float64Array, center: Point, radii: Point) -> Float64Array:
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


def reach(origin: Float64Array, direction: Float64Array, farthest: float = 0.30) -> Float64Array:
    """Return distances (N,) to the form's surface from `origin` (N, 3) or (3,) along `direction` (N, 3)."""
    low, high = np.zeros(len(direction)), np.full(len(direction), farthest)
    for _ in range(30):
        middle = 0.5 * (low + high)
        inside = form_distance(origin + middle[:, None] * direction) < 0.0
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    return low
