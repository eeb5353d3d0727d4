"""Give a head other colours in the regions where these differ between people.

Skin is multiplied by a colour, so that lips, cheeks, freckles and folds keep their relation to it, as blood
and pigment filter the same light. So are irises. Brow hairs change by their share of each pixel.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from flame_model.arrays import FlagArray, Float32Array, Float64Array, Picture
from flame_model.head import Head
from flame_model.paint.recoloring.brow_hairs import LUMINANCE
from flame_model.paint.recoloring.color_regions import ColorRegions
from flame_model.paint.recoloring.person_colors import Color, PersonColors

ALIKE = (0.55, 1.35)
"""Luminance of hairs as a multiple of the skin's between which they would vanish on it; chosen by eye."""
_LEAST = 0.02
"""Smallest own colour that a new one is divided by, sRGB 0..1."""


def recolored(head: Head, regions: ColorRegions, colors: PersonColors) -> Head:
    """Return the head with other colours; `regions` are its own. Takes some milliseconds."""
    own = regions.own
    skin, iris = _factor(colors.skin, own.skin), _factor(colors.eyes, own.eyes)
    vertex_colors = head.vertex_colors.copy()
    vertex_colors[regions.vertices] *= skin
    vertex_colors[regions.balls] *= 1.0 + regions.ball_irises[:, None] * (iris - 1.0)
    texture = head.texture
    if texture is not None and regions.skin is not None:
        picture = _multiplied(texture.picture, regions.skin, skin)
        if colors.brows and own.brows and own.skin and regions.hairs is not None:
            bare = np.multiply(own.skin, skin)
            brows = _apart(np.array(colors.brows), bare)
            _change_hairs(picture, regions.hairs, np.multiply(own.brows, skin), brows, bare)
        if regions.irises is not None:
            _multiply(picture, regions.irises, iris)
        texture = replace(texture, picture=picture)
    return replace(head, texture=texture, vertex_colors=vertex_colors.clip(0.0, 1.0))


def _factor(wanted: Color | None, own: Color | None) -> Float32Array:
    """Return the factor (3,) that turns an own colour into the wanted one; ones without either."""
    if wanted is None or own is None:
        return np.ones(3, np.float32)
    return np.asarray(np.array(wanted) / np.maximum(own, _LEAST), dtype=np.float32)


def _multiplied(picture: Picture, where: FlagArray, factor: Float32Array) -> Picture:
    """Return a picture (H, W, 3) whose pixels in a mask (H, W) are multiplied."""
    table = np.round(np.arange(256)[:, None] * factor).clip(0, 255).astype(np.uint8)
    changed = cv2.LUT(picture, table[None])
    return np.asarray(cv2.copyTo(changed, where.view(np.uint8), picture.copy()), dtype=np.uint8)


def _apart(hairs: Float64Array, skin: Float64Array) -> Float64Array:
    """Return the colour of hairs, darkened where it is about as light as the skin and would vanish on it."""
    ratio = float(hairs @ LUMINANCE) / max(float(skin @ LUMINANCE), _LEAST)
    darkest, lightest = ALIKE
    return hairs * darkest / ratio if darkest < ratio < lightest else hairs


def _change_hairs(
    picture: Picture, share: Float32Array, before: Float64Array, after: Float64Array, skin: Float64Array
) -> None:
    """Change the colour of hairs, which cover a share s (H, W) of the picture, in the picture itself.

    A pixel p of luminance Y(p) becomes

        min(p + s sqrt(Y(p) / Y(before)) (after - before), max(p, skin, after))

    The root keeps single hairs apart, which are darker than the skin that shimmers through between them. It
    is left out where hairs are lighter than the skin.
    """
    rows, columns = np.nonzero(share)
    pixels, covered = picture[rows, columns] / 255.0, share[rows, columns, None]
    depth = np.sqrt(pixels @ LUMINANCE / max(before @ LUMINANCE, _LEAST))[:, None]
    if after @ LUMINANCE > skin @ LUMINANCE:
        depth = np.ones_like(depth)
    changed = pixels + covered * depth * (after - before)
    within = np.minimum(changed, np.maximum(pixels, np.maximum(skin, after)))
    picture[rows, columns] = np.round(255.0 * within.clip(0.0, 1.0)).astype(np.uint8)


def _multiply(picture: Picture, share: Float32Array, factor: Float32Array) -> None:
    """Multiply a share (H, W) of the picture itself."""
    rows, columns = np.nonzero(share)
    changed = picture[rows, columns] * (1.0 + share[rows, columns, None] * (factor - 1.0))
    picture[rows, columns] = np.round(changed).clip(0, 255).astype(np.uint8)
