"""Paint combed hair as a picture with transparency, in the place of the skull in the built-in layout.

It lies over the texture of every head that is laid out like the built-in one. All colours, lengths and
directions were chosen by eye.
"""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np
from scipy.ndimage import gaussian_filter, gaussian_filter1d

from flame_model.arrays import Float64Array, Picture
from flame_model.builtin.skin.bust_distance_field import form_distance, gradient, reach
from flame_model.geometry.smoothstep import smoothstep
from flame_model.paint.face_colors import blend, hair_growth
from flame_model.paint.strokes import covered_by_lines
from flame_model.paint.texture_points import noise
from flame_model.paint.unwrapping.charts import HEAD, SIZE
from flame_model.paint.unwrapping.face_projection import MIDDLE, from_middle, to_middle

TONES = (
    (0.115, 0.080, 0.060), (0.200, 0.140, 0.105), (0.090, 0.062, 0.048), (0.260, 0.185, 0.135),
    (0.130, 0.090, 0.066), (0.330, 0.240, 0.175),
)  # fmt: skip
"""sRGB of the strands, layer over layer."""
SHARES = (1.0, 0.8, 0.9, 0.55, 0.6, 0.22)
"""Number of strands in each layer, as a share of STRANDS."""
BASE = np.array([0.085, 0.060, 0.047])
TURN_PIXELS = HEAD.width * (from_middle(np.array([1.0, 0.0])) - from_middle(np.array([-1.0, 0.0])))[0]
"""Pixels between the two places of the back's middle."""
ACROSS_PIXELS, AROUND_PIXELS, FLATTER = 1.2, 4.0, 0.5
"""Standard deviations of two blurs at the back, where pixels are large, and the share of the second."""
SEAM_PIXELS = 40
"""Pixels from the chart's left edge within which strands are drawn once more beyond the seam at its right."""
STRANDS, STEPS = 5200, 6
LENGTH_M, WIDTH_M = 0.020, 0.00038
COARSE = 4
"""Pixels between the points at which the density of hair is computed."""
CROWN = np.array([0.012, 0.128, -0.140])
"""Metres; the whorl from which hair lies outwards at the back."""


def strand_picture() -> Picture:
    """Return the hair (SIZE, SIZE, 4) RGBA uint8 in the head's chart, straight alpha."""
    color = np.broadcast_to(BASE, (SIZE, SIZE, 3))
    drawn = np.zeros((SIZE, SIZE))
    for seed, (tone, share) in enumerate(zip(TONES, SHARES, strict=True)):
        cover = np.minimum(1.3 * covered_by_lines(_strands(int(share * STRANDS), seed), SIZE), 1.0)
        color = blend(color, np.array(tone), 0.85 * cover)
        drawn = np.maximum(drawn, cover)
    dense = np.zeros((SIZE, SIZE))
    dense[HEAD.area] = _density()
    alpha = np.maximum(dense, drawn * (dense < 1.0))
    picture = _with_margin(_softer_behind(np.concatenate([color, alpha[..., None]], axis=-1)))
    return np.round(255.0 * picture.clip(0.0, 1.0)).astype(np.uint8)


def _softer_behind(picture: Float64Array) -> Float64Array:
    """Return the picture (SIZE, SIZE, 4) blurred where the chart has few pixels, at the back."""
    turns = to_middle(np.stack([(np.arange(SIZE) - HEAD.left) / HEAD.width, np.zeros(SIZE)], axis=-1))[:, 0]
    behind = smoothstep(0.35, 0.75, np.abs(turns))[None, :, None]
    blurred = picture.copy()
    chart = picture[HEAD.area]
    across = gaussian_filter1d(chart, ACROSS_PIXELS, axis=1, mode="nearest")
    around = gaussian_filter(chart, (AROUND_PIXELS, AROUND_PIXELS, 0.0), mode="nearest")
    blurred[HEAD.area] = across + FLATTER * (around - across)
    return picture + behind * (blurred - picture)


def _with_margin(picture: Float64Array) -> Float64Array:
    """Return the picture (SIZE, SIZE, 4) with the chart's outermost pixels repeated beyond its edges.

    Coarse mipmap levels would show skin along the seam at the back.
    """
    bottom, right = HEAD.top + HEAD.height, HEAD.left + HEAD.width
    margins = (HEAD.top, 0), (HEAD.left, SIZE - right), (0, 0)
    picture[:bottom] = np.pad(picture[HEAD.area], margins, mode="edge")
    return picture


def _density() -> Float64Array:
    """Return the share (H, W) of skin that hair hides away from the hairline, in the head's chart."""
    rows, columns = np.mgrid[: HEAD.height : COARSE, : HEAD.width : COARSE]
    places = np.stack([columns / HEAD.width, 1.0 - rows / HEAD.height], axis=-1)
    points = scalp(to_middle(places).reshape(-1, 2)).reshape(*places.shape[:2], 3)
    uneven = 0.0016 * noise(points, 150.0, 50) + 0.0010 * noise(points, 420.0, 51)
    dense = smoothstep(0.000, 0.010, hair_growth(points) + uneven)
    return np.asarray(cv2.resize(dense, (HEAD.width, HEAD.height), interpolation=cv2.INTER_CUBIC)).clip(
        0.0, 1.0
    )


def scalp(angles: Float64Array) -> Float64Array:
    """Return the points (N, 3) of the head's form at angles (N, 2) from MIDDLE."""
    turn, elevation = angles[:, 0] * np.pi, angles[:, 1]
    level = np.cos(elevation)
    ray = np.stack([np.sin(turn) * level, np.sin(elevation), np.cos(turn) * level], axis=-1)
    return np.asarray(MIDDLE + reach(MIDDLE, ray)[:, None] * ray)


def combed(points: Float64Array, normals: Float64Array) -> Float64Array:
    """Return the unit directions (N, 3) in which hair lies at points (N, 3) with unit normals (N, 3).

    It is swept back and to the left above the forehead, falls over the sides, and leaves the crown outwards.
    """
    side = smoothstep(0.045, 0.066, np.abs(points[:, 0]))[:, None]
    rear = smoothstep(-0.110, -0.165, points[:, 2])[:, None]
    top = np.array([0.55, 0.10, -1.0]) * np.ones_like(points)
    falling = np.array([0.0, -1.0, -0.55]) * np.ones_like(points)
    away = _unit(points - CROWN) + np.array([0.0, -0.5, 0.0])
    way = top + side * (falling - top)
    way = way + rear * (away - way)
    return _unit(way - (way * normals).sum(axis=1, keepdims=True) * normals)


def _strands(count: int, seed: int) -> Iterator[tuple[Float64Array, float, float]]:
    """Yield strands (points in pixels, width, strength) whose roots cover the scalp evenly."""
    random = np.random.default_rng(60 + seed)
    height = 2.0 * random.uniform(0.0, 1.0, 3 * count) - 1.0
    angles = np.stack([random.uniform(-1.0, 1.0, 3 * count), np.arcsin(height)], axis=-1)
    roots = scalp(angles)
    grows = hair_growth(roots) + 0.0015 * random.standard_normal(len(roots)) > 0.0015
    roots = roots[grows & (angles[:, 1] > np.radians(-45.0))][:count]
    path = [roots]
    stray = 0.16 * random.standard_normal((len(roots), 3))
    length = LENGTH_M * random.uniform(0.55, 1.1, len(roots)) * smoothstep(-0.012, 0.020, hair_growth(roots))
    for _ in range(STEPS):
        normals = _unit(gradient(form_distance, path[-1]))
        way = _unit(combed(path[-1], normals) + stray)
        path.append(path[-1] + length[:, None] / STEPS * way)
    points = np.stack(path, axis=1)
    offset = points - MIDDLE
    pixels, size = _pixels(offset)
    for line, scale, weight in zip(pixels, size, random.uniform(0.5, 1.0, len(pixels)), strict=True):
        yield line, WIDTH_M * scale, weight
        if line[:, 0].min() < SEAM_PIXELS:
            yield line + np.array([TURN_PIXELS, 0.0]), WIDTH_M * scale, weight


def _pixels(offset: Float64Array) -> tuple[Float64Array, Float64Array]:
    """Return the pixels (N, S, 2) of strands (N, S, 3) given from MIDDLE, and their pixels per metre (N,)."""
    x, y, z = np.moveaxis(offset, -1, 0)
    turns = np.unwrap(np.arctan2(x, z), axis=1) / np.pi
    places = from_middle(np.stack([turns, np.arctan2(y, np.hypot(x, z))], axis=-1))
    pixels = places * (HEAD.width, -HEAD.height) + (HEAD.left, HEAD.top + HEAD.height)
    drawn = np.linalg.norm(np.diff(pixels, axis=1), axis=-1).sum(axis=1)
    long = np.linalg.norm(np.diff(offset, axis=1), axis=-1).sum(axis=1)
    return pixels, np.clip(drawn / long, 1000.0, 4000.0)


def _unit(vectors: Float64Array) -> Float64Array:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))
