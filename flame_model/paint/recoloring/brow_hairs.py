"""Tell brow hairs from skin in a head's texture, by place and darkness."""

from __future__ import annotations

import cv2
import numpy as np

from flame_model.arrays import Float32Array, Float64Array
from flame_model.face import topology as t
from flame_model.face.landmarks import rest_landmarks
from flame_model.head import Head, LandmarkPlaces, Texture
from flame_model.paint.recoloring.person_colors import Color
from flame_model.paint.recoloring.texture_pixels import landmark_pixels

MARGIN_M, SOFT_M = 0.0045, 0.0012
"""Metres by which hairs reach beyond a brow's landmarks, and over which their share fades out there."""
BARE_SHARE = 0.92
"""Luminance, as a share of the skin's, below which a pixel of a brow is partly hair."""
DARKEST = 10
"""Per cent of a brow's pixels, the darkest, whose colour counts as that of the hair alone."""
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
"""Weights of red, green and blue in luminance (ITU-R BT.709), here applied to sRGB values."""
_CHEEKS = (50, 280)
"""Landmarks by whose distance lengths on the face are measured. Those of the lids may lie on a patch."""


def brow_color(head: Head, texture: Texture, places: LandmarkPlaces) -> Color | None:
    """Return the colour of the brow hairs, None where the texture is too coarse to show brows."""
    inside = texture.picture[_brows(head, texture, places, 0.0) > 0.5] / 255.0
    if not len(inside):
        return None
    darkness = inside @ LUMINANCE
    red, green, blue = np.median(inside[darkness <= np.percentile(darkness, DARKEST)], axis=0)
    return float(red), float(green), float(blue)


def hair_share(
    head: Head, texture: Texture, places: LandmarkPlaces, skin: Color, brows: Color | None
) -> Float32Array | None:
    """Return the share (H, W) of each pixel that brow hairs cover, by how much darker than skin it is.

    None where hairs are not clearly darker than the skin.
    """
    if brows is None:
        return None
    bare, hair = BARE_SHARE * float(LUMINANCE @ np.array(skin)), float(LUMINANCE @ np.array(brows))
    if hair > 0.8 * bare:
        return None
    shown = texture.picture @ LUMINANCE / 255.0
    share = ((bare - shown) / (bare - hair)).clip(0.0, 1.0)
    return np.asarray(_brows(head, texture, places, MARGIN_M) * share, dtype=np.float32)


def _brows(head: Head, texture: Texture, places: LandmarkPlaces, margin_m: float) -> Float64Array:
    """Return 1 (H, W) in the brows and `margin_m` metres around them, fading out beyond."""
    pixels, cheeks = landmark_pixels(texture, places), list(_CHEEKS)
    apart_m = np.linalg.norm(np.diff(rest_landmarks(head, places)[cheeks], axis=0))
    per_metre = float(np.linalg.norm(np.diff(pixels[cheeks], axis=0)) / apart_m)
    mask = np.zeros(texture.picture.shape[:2], np.float32)
    for brow in (t.LEFT_BROW, t.RIGHT_BROW):
        cv2.fillPoly(mask, [np.round(pixels[[*brow[:5], *brow[:4:-1]]]).astype(np.int32)], 1.0)
    size = 2 * round(margin_m * per_metre) + 1
    grown = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    return np.asarray(cv2.GaussianBlur(grown, (0, 0), max(SOFT_M * per_metre, 0.5)), dtype=np.float64)
