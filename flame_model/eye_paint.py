"""Paint iris and pupil on eyeballs that come without colours.

A head with plain white eyes does not show where it looks: neither to people nor to a face tracker.
"""

from __future__ import annotations

import numpy as np

from flame_model.head import FloatArray

_PUPIL_ANGLE = 0.16
_IRIS_ANGLE = 0.50
"""Radians from the eye's axis: an iris 11.8 mm and a pupil 4 mm wide on an eyeball 24.6 mm wide."""

_PUPIL_COLOR = (0.03, 0.03, 0.03)
_IRIS_COLOR = (0.36, 0.24, 0.14)


def paint_irises(vertices: FloatArray, eye_weights: FloatArray) -> FloatArray:
    """Return vertex colours (V, 3): ones, but for the front of each eyeball, which looks along +z at rest.

    `eye_weights` (V, 2) says how far each vertex follows the left and the right eye joint.
    """
    colors = np.ones_like(vertices)
    for follows in (eye_weights > 0.5).T:
        if not follows.any():
            continue
        ball = vertices[follows].astype(np.float64)
        offsets = ball - (ball.min(axis=0) + ball.max(axis=0)) / 2.0
        length = np.maximum(np.linalg.norm(offsets, axis=1), np.finfo(np.float64).tiny)
        angle = np.arccos(np.clip(offsets[:, 2] / length, -1.0, 1.0))[:, None]
        iris = np.where(angle < _IRIS_ANGLE, _IRIS_COLOR, 1.0)
        colors[follows] = np.where(angle < _PUPIL_ANGLE, _PUPIL_COLOR, iris)
    return colors
