"""Find the surface point under each pixel of a texture, and noise that is fixed to the surface."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
from scipy.ndimage import distance_transform_edt, map_coordinates

from flame_model.arrays import Float32Array, Float64Array

_SHIFT = 8
"""Bits of a coordinate's fraction in OpenCV's drawing functions."""
_LATTICE = 48
"""Random numbers along each axis of the lattice; the noise repeats after it."""
_INTERPOLATED_STD = 0.55
"""Standard deviation of lattice values of deviation 1 after linear interpolation, averaged over a cell."""


def surface_points(pixels: Float64Array, corners: Float64Array, size: int) -> Float32Array:
    """Return the surface point (size, size, 3) under each pixel.

    `pixels` (F, 3, 2) and `corners` (F, 3, 3) are the same faces in the texture and on the head. Where faces
    overlap in the texture the later one counts. A pixel without a face gets the point of the nearest face.
    """
    owner = np.full((size, size), -1, np.int32)
    rounded = np.round((pixels - 0.5) * 2**_SHIFT).astype(np.int32)
    for face, outline in enumerate(rounded):
        cv2.fillConvexPoly(owner, outline, face, cv2.LINE_8, _SHIFT)
    rows, columns = distance_transform_edt(owner < 0, return_distances=False, return_indices=True)
    nearest = owner[rows, columns]
    middles = np.stack([columns, rows], axis=-1) + 0.5
    a, b, c = (pixels[nearest, k] for k in range(3))
    first, second = b - a, c - a
    area = _cross(first, second)
    area = np.where(np.abs(area) < 1e-9, 1e-9, area)
    v, w = _cross(middles - a, second) / area, _cross(first, middles - a) / area
    weights = np.clip(np.stack([1.0 - v - w, v, w], axis=-1), 0.0, 1.0)
    weights /= weights.sum(axis=-1, keepdims=True)
    return np.einsum("yxc,yxcd->yxd", weights, corners[nearest]).astype(np.float32)


def noise(points: npt.NDArray[np.floating], per_metre: float, seed: int) -> Float64Array:
    """Return smooth noise (...) of mean 0 and deviation 1 at points (..., 3) in metres.

    `per_metre` is the number of features per metre along each axis.
    """
    lattice = np.random.default_rng(seed).standard_normal((_LATTICE,) * 3)
    values = map_coordinates(lattice, np.moveaxis(points, -1, 0) * per_metre, order=1, mode="grid-wrap")
    return np.asarray(values / _INTERPOLATED_STD)


def grain(points: npt.NDArray[np.floating], width_m: float, seed: int) -> Float64Array:
    """Return noise (H, W) of mean 0 and deviation 1 with grains `width_m` metres wide at points (H, W, 3).

    The noise fades out where pixels are too large for it: grains of one pixel would show as streaks where the
    chart is stretched.
    """
    steps = [np.linalg.norm(np.gradient(points, axis=axis), axis=-1) for axis in (0, 1)]
    share = np.clip(2.0 - np.maximum(*steps) / width_m, 0.0, 1.0)
    return noise(points, 1.0 / width_m, seed) * share


def finest_grain(points: npt.NDArray[np.floating], widths_m: tuple[float, ...], seed: int) -> Float64Array:
    """Return noise (H, W) of mean 0 and deviation 1 with the finest grains that the pixels can show.

    `widths_m` are the grains' widths in metres, the finest first.
    """
    steps = [np.linalg.norm(np.gradient(points, axis=axis), axis=-1) for axis in (0, 1)]
    left, total = np.ones(points.shape[:2]), np.zeros(points.shape[:2])
    for number, width in enumerate(widths_m):
        share = left * np.clip(2.0 - np.maximum(*steps) / width, 0.0, 1.0)
        total += share * noise(points, 1.0 / width, seed + 100 * number)
        left = left - share
    return total


def _cross(a: Float64Array, b: Float64Array) -> Float64Array:
    """Return the cross products (...) of vectors (..., 2)."""
    return np.asarray(a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0])
