"""Close the measured face to a head: rings of cage points over skull and neck, from the face's oval to the
neck's base.

The rings lie in half planes through one pivot line in front of the throat, turned from the face's own plane
to the horizontal: at the chin they bunch up, over the crown they spread. Proportions are adult means (head
breadth 150 mm, length 190 mm, chin to vertex 225 mm; NASA STD-3000 vol. I, section 3).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]

PIVOT_Y, PIVOT_Z = -0.205, 0.005
"""Metres: where the half planes meet."""
RING_COUNT = 9
FINE_RINGS = 2
"""Rings that keep the oval's 36 columns; the rest of the head needs 18."""
BLEND_M = 0.030
"""Radius of the smooth union of cranium, lower face and neck."""


def skull_distance(points: FloatArray) -> FloatArray:
    """Return a signed distance estimate in metres to the bald head's surface for (..., 3) points, inside
    negative."""
    cranium = _ellipsoid(points, (0.0, 0.054, -0.0865), (0.0745, 0.0880, 0.0960))
    lower_face = _ellipsoid(points, (0.0, -0.020, -0.046), (0.0600, 0.0700, 0.0540))
    return _smooth_union(_smooth_union(cranium, lower_face), _neck(points))


def _ellipsoid(points: FloatArray, center: tuple[float, ...], radii: tuple[float, ...]) -> FloatArray:
    scaled = (points - np.array(center)) / np.array(radii)
    return np.asarray((np.linalg.norm(scaled, axis=-1) - 1.0) * min(radii))


def _neck(points: FloatArray) -> FloatArray:
    """Measure to an elliptic cylinder that leans back downwards and widens to the shoulders."""
    x, y, z = np.moveaxis(points, -1, 0)
    below = np.clip(-0.04 - y, 0.0, None)
    axis_z = -0.096 - 0.20 * below
    flare = 1.0 + 40.0 * np.clip(below - 0.06, 0.0, None) ** 2
    side = (np.hypot(x / (0.0545 * flare), (z - axis_z) / 0.0600) - 1.0) * 0.0545
    return np.maximum(side, y)


def _smooth_union(a: FloatArray, b: FloatArray) -> FloatArray:
    h = np.clip(0.5 + 0.5 * (b - a) / BLEND_M, 0.0, 1.0)
    return np.asarray(b + (a - b) * h - BLEND_M * h * (1.0 - h))


def skull_rings(oval: FloatArray) -> list[FloatArray]:
    """Return RING_COUNT rings of points behind the (36, 3) `oval`, nearest first: 36 points each, later
    18."""
    count = len(oval)
    up, back = oval[:, 1] - PIVOT_Y, PIVOT_Z - oval[:, 2]
    start_turn = np.arctan2(back, up)
    start_angle, start_radius = _polar(oval, start_turn)
    even_angle = np.arange(count) * (2.0 * np.pi / count)
    start_angle = np.where(start_angle < -1e-9, start_angle + 2.0 * np.pi, start_angle)
    misfit = start_radius - _surface_radius(start_turn, start_angle)
    rings = []
    for k in range(1, RING_COUNT + 1):
        t = (k / RING_COUNT) ** 1.1
        columns = slice(None) if k <= FINE_RINGS else slice(None, None, 2)
        turn = (start_turn + (0.5 * np.pi - start_turn) * t)[columns]
        angle = (start_angle + (even_angle - start_angle) * t)[columns]
        radius = _surface_radius(turn, angle) + misfit[columns] * (1.0 - t) ** 4
        rings.append(_place(turn, angle, radius))
    return rings


def _centers(turn: FloatArray) -> FloatArray:
    """Return how far from the pivot each half plane's section of the head has its middle."""
    along = np.linspace(0.02, 0.40, 400)
    x = np.zeros((len(turn), len(along)))
    y = PIVOT_Y + along * np.cos(turn)[:, None]
    z = PIVOT_Z - along * np.sin(turn)[:, None]
    inside = skull_distance(np.stack([x, y, z], -1)) < 0.0
    near = along[np.argmax(inside, axis=1)]
    far = along[len(along) - 1 - np.argmax(inside[:, ::-1], axis=1)]
    return np.asarray(0.5 * (near + far))


def _polar(points: FloatArray, turn: FloatArray) -> tuple[FloatArray, FloatArray]:
    along = np.hypot(points[:, 1] - PIVOT_Y, PIVOT_Z - points[:, 2]) - _centers(turn)
    return np.arctan2(points[:, 0], along), np.hypot(points[:, 0], along)


def _place(turn: FloatArray, angle: FloatArray, radius: FloatArray) -> FloatArray:
    along = _centers(turn) + radius * np.cos(angle)
    return np.stack(
        [radius * np.sin(angle), PIVOT_Y + along * np.cos(turn), PIVOT_Z - along * np.sin(turn)], axis=-1
    )


def _surface_radius(turn: FloatArray, angle: FloatArray) -> FloatArray:
    low, high = np.zeros_like(turn), np.full_like(turn, 0.30)
    for _ in range(40):
        middle = 0.5 * (low + high)
        inside = skull_distance(_place(turn, angle, middle)) < 0.0
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    return low
