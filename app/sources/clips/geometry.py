"""Bring decoded pictures to their displayed shape: square pixels, upright or mirrored, bounded in size."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import cast

import cv2
import numpy as np
from av.sidedata.sidedata import SideData, Type
from av.video.frame import VideoFrame

from app.sources.picture_size import bounded
from flame_model.arrays import Picture

Matrix = tuple[tuple[int, int], tuple[int, int]]

_QUARTERS: tuple[Matrix, ...] = (((1, 0), (0, 1)), ((0, -1), (1, 0)), ((-1, 0), (0, -1)), ((0, 1), (-1, 0)))
"""The matrices of 0 to 3 quarter turns counter-clockwise."""
_LARGEST_ASPECT = 10
"""Pixels longer than this in either direction are a damaged statement, and count as square."""
_FLIP_CODES = {(True, True): -1, (True, False): 1, (False, True): 0}
"""OpenCV's code for mirroring (x, y)."""


def shown_size(width: int, height: int, aspect: Fraction | None) -> tuple[int, int]:
    """Return (W, H) to which a stored picture of width x height is scaled before it is turned.

    `aspect` is width by height of one pixel; the side that is stored too short is lengthened.
    """
    wide, high = float(width), float(height)
    if aspect and Fraction(1, _LARGEST_ASPECT) <= aspect <= _LARGEST_ASPECT:
        wide, high = wide * max(1.0, float(aspect)), high * max(1.0, float(1 / aspect))
    return bounded(wide, high)


def display_matrix(frame: VideoFrame) -> Matrix:
    """Return the quarter turn and mirroring that the file asks for, ((a, b), (c, d)).

    Point (x, y) of the stored picture, y down, is shown at (a x + c y, b x + d y). Turns between two quarters
    are rounded to the nearest one.
    """
    data = _side_data(frame)
    if data is None:
        return _QUARTERS[round(frame.rotation / 90) % 4]
    # Nine numbers, in the order of FFmpeg's libavutil/display.h: a b u, c d v, x y w.
    a, b, _, c, d = (int(number) for number in np.frombuffer(data, "=i4")[:5])
    if abs(a) + abs(d) >= abs(b) + abs(c):
        return ((_sign(a), 0), (0, _sign(d)))
    return ((0, _sign(b)), (_sign(c), 0))


def _side_data(frame: VideoFrame) -> bytes | None:
    """Return the bytes of the display matrix, None where there is none or PyAV cannot read it."""
    try:
        asides = cast("Iterable[SideData]", frame.side_data)
        return next((bytes(aside) for aside in asides if aside.type == Type.DISPLAYMATRIX), None)
    except ValueError:
        # PyAV does not know every kind of FFmpeg's side data, EXIF for one. It still gives the angle.
        return None


def laid_out(image: Picture, matrix: Matrix) -> Picture:
    """Return the picture (H, W, 3) turned and mirrored by a matrix of `display_matrix`."""
    (a, b), (c, d) = matrix
    if b:
        image = np.asarray(cv2.transpose(image), np.uint8)
    mirrored = (a or c) < 0, (b or d) < 0
    if any(mirrored):
        image = np.asarray(cv2.flip(image, _FLIP_CODES[mirrored]), np.uint8)
    return image


def _sign(number: int) -> int:
    return -1 if number < 0 else 1
