"""Paint iris and pupil onto eyeballs without colours.

Neither people nor a face tracker can see where plain white eyes look. The colours were chosen by eye.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float32Array, Float64Array
from flame_model.face.eyes import EYE_RADIUS, IRIS_RADIUS, PUPIL_RADIUS

SCLERA, SCLERA_BACK = (0.93, 0.91, 0.89), (0.86, 0.66, 0.62)
LIMBUS, IRIS_OUTER, IRIS_INNER, PUPIL = (
    (0.10, 0.13, 0.16),
    (0.22, 0.36, 0.44),
    (0.42, 0.50, 0.44),
    (0.01, 0.01, 0.01),
)


def eye_rings() -> tuple[Float64Array, Float64Array]:
    """Return the angles (N,) of rings around the pupil's centre in radians, and their sRGB colours (N, 3)."""
    iris, pupil = np.arcsin(IRIS_RADIUS / EYE_RADIUS), np.arcsin(PUPIL_RADIUS / EYE_RADIUS)
    stops = [
        (0.0, PUPIL), (pupil * 0.94, PUPIL), (pupil * 1.06, IRIS_INNER), (pupil * 1.45, IRIS_INNER),
        (iris * 0.78, IRIS_OUTER), (iris * 0.93, LIMBUS), (iris * 0.99, LIMBUS), (iris * 1.07, SCLERA),
        (iris * 1.45, SCLERA), (1.15, SCLERA), (1.6, SCLERA_BACK), (2.3, SCLERA_BACK),
        (np.pi, SCLERA_BACK),
    ]  # fmt: skip
    return np.array([angle for angle, _ in stops]), np.array([color for _, color in stops])


def paint_irises(vertices: Float32Array, eye_weights: Float32Array) -> Float32Array:
    """Return vertex colours (V, 3): ones, except on the front of each eyeball, which looks along +z at rest.

    `eye_weights` (V, 2) are the skin weights of the left and the right eye joint. The irises are those of the
    built-in head: with plain dark ones the tracker separates lid and iris less well (correlation of the eye
    aperture 0.82 instead of 0.84).
    """
    angles, rings = eye_rings()
    ahead = angles < np.pi / 2.0
    angles, tints = angles[ahead], rings[ahead] / rings.max(axis=0)
    colors = np.ones_like(vertices)
    for follows in (eye_weights > 0.5).T:
        if not follows.any():
            continue
        ball = vertices[follows].astype(np.float64)
        offsets = ball - (ball.min(axis=0) + ball.max(axis=0)) / 2.0
        length = np.maximum(np.linalg.norm(offsets, axis=1), np.finfo(np.float64).tiny)
        angle = np.arccos(np.clip(offsets[:, 2] / length, -1.0, 1.0))
        colors[follows] = np.stack([np.interp(angle, angles, tint) for tint in tints.T], axis=-1)
    return colors
