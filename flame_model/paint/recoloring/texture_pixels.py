"""Where faces and landmarks of a head lie in its texture, in pixels right and down."""

from __future__ import annotations

import cv2
import numpy as np

from flame_model.arrays import FlagArray, Float32Array, Float64Array, IndexArray
from flame_model.head import LandmarkPlaces, Texture

_SHIFT = 4
"""Bits of a coordinate's fraction in OpenCV's drawing functions."""
_POINT = 0.01
"""Pixels up to which a face's corners count as one point."""


def pixels_of(texture: Texture, coords: Float32Array) -> Float64Array:
    """Return the pixels (..., 2) of places (..., 2) in a texture."""
    height, width = texture.picture.shape[:2]
    return np.asarray((coords * (1, -1) + (0, 1)) * (width, height))


def landmark_pixels(texture: Texture, places: LandmarkPlaces) -> Float64Array:
    """Return the pixels (478, 2) of landmarks at `places`."""
    corners = pixels_of(texture, texture.coords[texture.corners[places.triangles]])
    return np.asarray(np.einsum("nc,ncx->nx", places.weights, corners))


def on_picture(texture: Texture, faces: IndexArray) -> FlagArray:
    """Return which faces (A,) show a part of the picture; those on patches show a single point of it."""
    corners = pixels_of(texture, texture.coords[texture.corners[faces]])
    return np.asarray(np.ptp(corners, axis=1).max(axis=1) > _POINT)


def covered_pixels(texture: Texture, faces: IndexArray, margin: int) -> FlagArray:
    """Return which pixels (H, W) faces (A,) cover, and those up to `margin` pixels away."""
    mask = np.zeros(texture.picture.shape[:2], np.uint8)
    corners = pixels_of(texture, texture.coords[texture.corners[faces]])
    for outline in np.round((corners - 0.5) * 2**_SHIFT).astype(np.int32):
        cv2.fillConvexPoly(mask, outline, 1, cv2.LINE_8, _SHIFT)
    size = 2 * margin + 1
    return np.asarray(cv2.dilate(mask, np.ones((size, size), np.uint8)) > 0)
