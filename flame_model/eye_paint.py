"""Paint iris and pupil on eyeballs that come without colours.

A head with plain white eyes does not show where it looks: neither to people nor to a face tracker.
"""

from __future__ import annotations

import numpy as np

from flame_model.builtin.eyeballs import profile
from flame_model.head import FloatArray


def paint_irises(vertices: FloatArray, eye_weights: FloatArray) -> FloatArray:
    """Return vertex colours (V, 3): ones, but for the front of each eyeball, which looks along +z at rest.

    `eye_weights` (V, 2) says how far each vertex follows the left and the right eye joint. Irises are the
    built-in head's: with a plain dark one the tracker tells lid from iris worse (eye aperture r 0.82, else
    0.84).
    """
    angles, rings = profile()
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
