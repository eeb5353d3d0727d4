"""The apertures of a face: how far lips and lids are apart, whatever the person's rest is."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array

EYE_CORNERS = (33, 263)
"""Landmarks of the outer corners of the right and the left eye; their distance is the unit of apertures."""
MOUTH, LEFT_EYE, RIGHT_EYE = range(3)
"""Order of the apertures."""
FACING = np.array(
    [
        [(13, 14), (82, 87), (312, 317)],
        [(386, 374), (385, 380), (387, 373)],
        [(159, 145), (158, 153), (160, 144)],
    ]
)
"""Three pairs of landmarks that face each other across each aperture, about its middle."""


def eye_distance(face: Array) -> float:
    """Return the distance of the outer eye corners of a face (468, 3), in its own unit."""
    return float(np.linalg.norm(np.subtract(*face[list(EYE_CORNERS)])))


def apertures(face: Array) -> Array:
    """Return the apertures (3,) of mouth, left and right eye of a face (468, 3), in eye distances.

    With the three pairs of landmarks (u_i, v_i) that face each other across an aperture, and the outer
    corners e of the eyes,

        a = mean_i |u_i - v_i| / |e_left - e_right|
    """
    across = np.linalg.norm(face[FACING[..., 0]] - face[FACING[..., 1]], axis=-1)
    return np.asarray(across.mean(axis=1) / eye_distance(face))
