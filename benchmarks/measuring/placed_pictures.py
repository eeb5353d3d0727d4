"""Show a face elsewhere in its picture: in a corner of a larger one, far away, or cropped close."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from flame_model.arrays import Picture
from mappings.frames import FaceObservation

Box = tuple[int, int, int, int]
"""Left, top, right and bottom of a part of a picture, pixels."""
Placing = Callable[[Picture, Box], Picture]
"""From a picture (H, W, 3) and the box that holds its face in every frame to the picture to track."""

CLOSE_MARGIN = 0.12
"""Margin of the crop on each side of the face, in its own width and height; little is left around it."""
ASIDE = 3
"""Pixels by which the control moves the face, which changes nothing but the tracker's noise."""


def face_box(observations: Sequence[FaceObservation | None], size: tuple[int, int]) -> Box:
    """Return the box of the face in every frame with CLOSE_MARGIN, inside a picture of `size` (W, H)."""
    points = np.concatenate([each.landmarks[:, :2] for each in observations if each is not None])
    low, high = points.min(axis=0), points.max(axis=0)
    margin = CLOSE_MARGIN * (high - low)
    left, top = np.clip(np.floor(low - margin), 0, size).astype(int)
    right, bottom = np.clip(np.ceil(high + margin), 0, size).astype(int)
    return int(left), int(top), int(right), int(bottom)


def _unchanged(picture: Picture, _: Box) -> Picture:
    return picture


def _aside(picture: Picture, _: Box) -> Picture:
    """Return the picture moved by ASIDE pixels to the right and down, its edge repeated."""
    height, width = picture.shape[:2]
    padded = cv2.copyMakeBorder(picture, ASIDE, 0, ASIDE, 0, cv2.BORDER_REPLICATE)
    return np.ascontiguousarray(padded[:height, :width])


def _in_corner(right: bool, bottom: bool) -> Placing:
    """Return the placing in a corner of a black picture of twice the width and height."""

    def placed(picture: Picture, _: Box) -> Picture:
        height, width = picture.shape[:2]
        larger = np.zeros((2 * height, 2 * width, 3), np.uint8)
        larger[height * bottom :, width * right :][:height, :width] = picture
        return larger

    return placed


def _scaled_down(divisor: int) -> Placing:
    """Return the placing in the middle of a black picture of the same size, scaled to 1 / divisor."""

    def placed(picture: Picture, _: Box) -> Picture:
        height, width = picture.shape[:2]
        small = cv2.resize(picture, (width // divisor, height // divisor), interpolation=cv2.INTER_AREA)
        top, left = (height - small.shape[0]) // 2, (width - small.shape[1]) // 2
        far = np.zeros_like(picture)
        far[top:, left:][: small.shape[0], : small.shape[1]] = small
        return far

    return placed


def _close(picture: Picture, box: Box) -> Picture:
    """Return the part of the picture that just holds the face."""
    left, top, right, bottom = box
    return np.ascontiguousarray(picture[top:bottom, left:right])


PLAIN = "plain"
PLACINGS: dict[str, Placing] = {
    PLAIN: _unchanged,
    f"{ASIDE} pixels aside": _aside,
    "upper left": _in_corner(right=False, bottom=False),
    "upper right": _in_corner(right=True, bottom=False),
    "lower left": _in_corner(right=False, bottom=True),
    "lower right": _in_corner(right=True, bottom=True),
    "half as large": _scaled_down(2),
    "a quarter as large": _scaled_down(4),
    "cropped close": _close,
}
"""By name; all others are compared with PLAIN."""
