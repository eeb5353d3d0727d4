"""Paint the picture of an eyeball seen along its axis: pupil, iris fibres, limbal ring and veined sclera.

All colours and strengths were chosen by eye.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.face.eyes import EYE_RADIUS, IRIS_RADIUS, PUPIL_RADIUS
from flame_model.geometry.smoothstep import smoothstep
from flame_model.paint.face_colors import blend
from flame_model.paint.strokes import covered_by_lines
from flame_model.paint.texture_points import noise

WHITE, PINK, VEIN = np.array([0.84, 0.81, 0.785]), np.array([0.74, 0.53, 0.48]), np.array([0.66, 0.28, 0.25])
PUPIL, LIMBUS = np.array([0.012, 0.012, 0.014]), np.array([0.09, 0.11, 0.13])
OUTER, INNER, RUFF = np.array([0.19, 0.275, 0.32]), np.array([0.41, 0.45, 0.38]), np.array([0.43, 0.33, 0.20])
VEINS = 46
CAUSTIC = 0.24
"""Share by which the cornea makes the iris brighter below, and darker above, than in its middle: light from
above is focused on the far side."""


def eye_picture(size: int, reach: float) -> Float64Array:
    """Return sRGB colours (size, size, 3) of an eyeball up to `reach` radians from its axis."""
    rows, columns = (np.mgrid[:size, :size] + 0.5) / size * 2.0 - 1.0
    angle, around = np.hypot(rows, columns) * reach, np.arctan2(-rows, columns)
    iris, pupil = np.arcsin(IRIS_RADIUS / EYE_RADIUS), np.arcsin(PUPIL_RADIUS / EYE_RADIUS)
    color = blend(np.broadcast_to(WHITE, (size, size, 3)), PINK, smoothstep(iris * 1.1, reach, angle) * 0.80)
    veins = covered_by_lines(_veins(size, iris / reach), size)
    color = blend(color, VEIN, 0.55 * veins * smoothstep(iris * 1.05, 1.15, angle))
    place = (angle - pupil) / (iris - pupil)
    within = smoothstep(iris * 1.035, iris * 0.955, angle)
    focused = 1.0 + CAUSTIC * (rows * reach / iris).clip(-1.0, 1.0)
    color = blend(color, _iris(place, around) * focused[..., None], within)
    return blend(color, PUPIL, smoothstep(pupil * 1.07, pupil * 0.95, angle))


def _iris(place: Float64Array, around: Float64Array) -> Float64Array:
    """Return sRGB colours (H, W, 3) of the iris; `place` (H, W) is 0 at the pupil and 1 at the limbus."""
    turning = np.stack([np.cos(around), np.sin(around), 0.10 * place], axis=-1)
    fibres = 0.55 * noise(turning, 9.0, 40) + 0.45 * noise(turning, 21.0, 41)
    wavy = place + 0.05 * noise(turning, 4.0, 42)
    color = blend(np.broadcast_to(INNER, (*place.shape, 3)), OUTER, smoothstep(0.25, 0.85, wavy))
    color = blend(color, RUFF, 0.55 * np.exp(-(((wavy - 0.12) / 0.13) ** 2)))
    color = color * (1.0 + 0.20 * fibres * smoothstep(0.0, 0.2, place))[..., None]
    return blend(color, LIMBUS, 0.9 * smoothstep(0.72, 0.98, place + 0.02 * fibres))


def _veins(size: int, iris: float) -> Iterator[tuple[Float64Array, float, float]]:
    """Yield veins (points in pixels, width, strength) from the rim towards the iris of radius `iris`.

    `iris` is a share of half the picture's size.
    """
    random = np.random.default_rng(43)
    for _ in range(VEINS):
        start, steps = random.uniform(-np.pi, np.pi), random.integers(8, 18)
        radius = np.linspace(1.0, random.uniform(iris * 1.25, 0.9), steps)
        turn = start + np.cumsum(random.normal(0.0, 0.045, steps))
        points = 0.5 * size * (1.0 + radius[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=-1))
        yield points, random.uniform(0.5, 1.2), random.uniform(0.3, 1.0)
