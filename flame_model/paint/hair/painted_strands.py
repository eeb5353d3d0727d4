"""Paint strands of any colour over a head's texture; they are kept as a picture in assets/hair."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources

import cv2
import numpy as np

from flame_model.arrays import FlagArray, Float64Array, Picture
from flame_model.find_heads import BUILTIN
from flame_model.head import Head, Texture
from flame_model.paint.face_colors import ear_share
from flame_model.paint.recoloring.person_colors import HAIRS, Color

EAR_X_M, WIDE_X_M, WIDE_FROM_M = 0.063, 0.079, (0.030, -0.106)
"""Metres from the measured face's midline beyond which skin at ear level belongs to an ear, the same distance
where the skull is wide, and the y above which and z behind which it is. Chosen by eye on ICT-FaceKit's."""
OWN = HAIRS["dark"]
"""Median colour of the painted strands."""
FLATTEST = 0.62
"""Exponent of the strands' contrast at white hair, which differs less from strand to strand than dark hair;
chosen by eye."""


def painted_over(head: Head, points: Float64Array, color: Color | None) -> Texture:
    """Return the texture of a head with strands painted over it.

    `points` (V, 3) are its vertices in the measured face's frame; `color` is the median of the strands, None
    for their own.
    """
    assert head.texture
    strands = strand_picture()
    alpha = np.where(_on_ears(head, points), 0, strands[..., 3])
    covered = slice(0, np.flatnonzero(alpha.any(axis=1))[-1] + 1)
    share = alpha[covered, :, None] / np.float32(255.0)
    hair = strands[covered, :, :3] if color is None else dyed(strands[covered, :, :3], color)
    picture = head.texture.picture.copy()
    picture[covered] = np.round(picture[covered] + share * (hair - picture[covered].astype(np.float32)))
    return replace(head.texture, picture=picture)


def dyed(strands: Picture, color: Color) -> Picture:
    """Return strands (H, W, 3) with another median colour.

    A value v of a channel whose median is m becomes c (v / m)^g, with the channel's new median c and the
    exponent g = 1 up to c = m, which falls to FLATTEST at c = 1.
    """
    values = np.arange(256) / 255.0
    table = np.empty((1, 256, 3), np.uint8)
    lightness = max(color)
    exponent = np.interp(lightness, (max(OWN), 1.0), (1.0, FLATTEST))
    for channel, (new, own) in enumerate(zip(color, OWN, strict=True)):
        table[0, :, channel] = np.round(255.0 * (new * (values / own) ** exponent).clip(0.0, 1.0))
    return np.asarray(cv2.LUT(np.ascontiguousarray(strands), table), dtype=np.uint8)


def _on_ears(head: Head, points: Float64Array) -> FlagArray:
    """Return which pixels (H, W) of the texture show ears, given its vertices (V, 3) as measured.

    The built-in head's ears have a chart of their own, which hair does not cover.
    """
    assert head.texture
    height, width = head.texture.picture.shape[:2]
    wide = (points[:, 1] > WIDE_FROM_M[0]) | (points[:, 2] < WIDE_FROM_M[1])
    least = np.where(wide, WIDE_X_M, EAR_X_M)
    ears = (ear_share(points) > 0.5) & (np.abs(points[:, 0]) > least) & (head.name != BUILTIN)
    corners = head.texture.coords[head.texture.corners[ears[head.faces].all(axis=1)]]
    pixels = np.round((corners * (1.0, -1.0) + (0.0, 1.0)) * (width, height)).astype(np.int32)
    covered = np.zeros((height, width), np.uint8)
    for triangle in pixels:
        cv2.fillConvexPoly(covered, triangle, 1)
    return covered > 0


@cache
def strand_picture() -> Picture:
    """Return the painted strands (H, W, 4) RGBA uint8, straight alpha, in the built-in head's layout."""
    data = (resources.files("assets") / "hair" / "strands.png").read_bytes()
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert picture is not None
    return np.ascontiguousarray(picture[..., [2, 1, 0, 3]], dtype=np.uint8)
