"""Draw lines and areas as the share of each pixel that they cover."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
import numpy.typing as npt
from scipy.interpolate import CubicSpline

from flame_model.arrays import Float64Array, Int32Array, Picture

Lines = list[tuple[Float64Array, float]]
"""Points (N, 2) in pixels, right and down, and the strength of each line."""
_FINER = 4
"""Supersampling in each direction; a hair is a third of a pixel wide."""
_SHIFT = 4
"""Bits of a coordinate's fraction in OpenCV's drawing functions."""


def smooth_line(points: npt.ArrayLike, count: int = 64, *, closed: bool = False) -> Float64Array:
    """Return `count` points on the cubic spline through points (N, D), evenly spaced along their polyline."""
    through = np.asarray(points, dtype=np.float64)
    through = np.concatenate([through, through[:1]]) if closed else through
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(through, axis=0), axis=1))])
    curve = CubicSpline(along, through, bc_type="periodic" if closed else "natural")
    return np.asarray(curve(np.linspace(0.0, along[-1], count, endpoint=not closed)))


def covered_area(outlines: Iterable[Float64Array], size: int) -> Float64Array:
    """Return the share (size, size) of each pixel inside the outlines, each (N, 2) pixels right and down."""
    canvas = np.zeros((size * _FINER,) * 2, np.uint8)
    for outline in outlines:
        cv2.fillPoly(canvas, [_fine(outline)], 255, cv2.LINE_AA, _SHIFT)
    return _at_size(canvas, size)


def covered_by_lines(lines: Iterable[tuple[Float64Array, float, float]], size: int) -> Float64Array:
    """Return the share (size, size) of each pixel under lines: pixels (N, 2), width in pixels, strength 0..1.

    Every line becomes thinner and weaker towards its end, as a hair does.
    """
    canvas = np.zeros((size * _FINER,) * 2, np.uint8)
    for points, width, strength in lines:
        fine = _fine(points)
        for step in range(len(fine) - 1):
            left = 1.0 - step / len(fine)
            thickness = max(round(_FINER * width * left), 1)
            value = 255.0 * strength * left**0.4
            cv2.line(canvas, fine[step], fine[step + 1], value, thickness, cv2.LINE_AA, _SHIFT)
    return _at_size(canvas, size)


def _fine(points: Float64Array) -> Int32Array:
    """Return pixels (N, 2) as fixed-point pixels of the supersampled canvas."""
    return np.round((np.asarray(points) * _FINER - 0.5) * 2**_SHIFT).astype(np.int32)


def _at_size(canvas: Picture, size: int) -> Float64Array:
    """Return a supersampled canvas as shares (size, size) of 0..1."""
    return np.asarray(cv2.resize(canvas, (size, size), interpolation=cv2.INTER_AREA) / 255.0)
