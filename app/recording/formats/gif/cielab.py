"""Convert between sRGB and CIELAB (ISO/CIE 11664-4, D65), where equal distances look about equal."""

from __future__ import annotations

import cv2
import numpy as np

from flame_model.arrays import Array


def lab_from_rgb(rgb: Array) -> Array:
    """Return L* (0..100), a* and b* (..., 3) float32 of sRGB colours (..., 3) in 0..255."""
    row = np.ascontiguousarray(rgb, dtype=np.float32).reshape(1, -1, 3) / 255
    return np.asarray(cv2.cvtColor(row, cv2.COLOR_RGB2LAB)).reshape(rgb.shape)


def rgb_from_lab(lab: Array) -> Array:
    """Return the nearest sRGB colours (..., 3) uint8 of CIELAB colours (..., 3)."""
    row = np.ascontiguousarray(lab, dtype=np.float32).reshape(1, -1, 3)
    rgb = np.asarray(cv2.cvtColor(row, cv2.COLOR_LAB2RGB)) * 255
    return np.clip(np.round(rgb), 0, 255).astype(np.uint8).reshape(lab.shape)
