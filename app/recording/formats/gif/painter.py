"""Paint the pictures of a GIF in its palette, and leave pixels as they are while they look right."""

from __future__ import annotations

import cv2
import numpy as np
from scipy.spatial import cKDTree

from app.recording.formats.chunked_writer import changed_box
from app.recording.formats.gif.cielab import lab_from_rgb
from app.recording.formats.gif.color_cells import CELLS, cells_of, middles_of
from app.recording.formats.gif.palette import COLORS
from flame_model.arrays import Array, Picture

TRANSPARENT = 255
"""The index of transparent pixels."""
_OFFSETS = np.array([[-2, 0, -2, 1], [1, -1, 2, 0], [-1, 1, -2, 0], [2, 0, 2, -1]])
"""Levels of 255 that the dithering adds to pixels: Bayer's order (B. Bayer, "An optimum method for two-level
rendition of continuous-tone pictures", 1973) in five steps, the fewest that hide those of the background."""
_AREA_ERROR = 2.5
"""CIELAB; pixels are painted anew where the mean error of 3 x 3 pixels would be larger. 2.3 is just
noticeable on still surfaces (M. Mahy and others, "Evaluation of uniform color spaces", 1994)."""
_PIXEL_ERROR = 6.0
"""CIELAB; a pixel is painted anew where its own error would be larger. By eye, edges leave no trail then."""
_WHOLE = (slice(None), slice(None))
_UNKNOWN = COLORS
"""Marks colours that have not been matched yet."""


class Painter:
    """Paints pictures one after the other in the colours of a palette.

    A pixel keeps the colour that it shows while

        |mean over 3 x 3 of (shown - wanted)| < _AREA_ERROR  and  |shown - wanted| < _PIXEL_ERROR

    in CIELAB. So what does not change to the eye does not change in the file either, which GIF stores as
    nothing, and the dithering cannot crawl. The dithering is an ordered one, fixed to the picture.
    """

    def __init__(self, palette: Array, size: tuple[int, int]) -> None:
        """Take a palette (C, 3) uint8 of at most COLORS colours, for pictures of `size` (W, H)."""
        self.palette = palette
        self._lab = lab_from_rgb(palette)
        self._tree = cKDTree(self._lab)
        self._nearest = np.full(CELLS, _UNKNOWN, dtype=np.uint8)
        """The palette's nearest colour for each cell of colours, filled as they occur."""
        self._brighter, self._darker = _dither_offsets(size)
        self._last: tuple[Picture, Array] | None = None
        """The picture that was painted last, and its indices."""

    def paint(self, rgba: Picture) -> Array:
        """Return the palette's index for each pixel, (H, W) uint8; TRANSPARENT: less than half opaque."""
        painted = self._painted(rgba, None) if self._last is None else self._changed(*self._last, rgba)
        self._last = rgba, painted
        return painted

    def _changed(self, before: Picture, shown: Array, rgba: Picture) -> Array:
        """Return `shown` (H, W), which was painted for the picture `before`, with the changed box painted."""
        x, y, width, height = changed_box(before, rgba)
        box = slice(y, y + height), slice(x, x + width)
        painted = shown.copy()
        painted[box] = self._painted(rgba[box], shown[box], box)
        return painted

    def _painted(self, rgba: Picture, shown: Array | None, box: tuple[slice, slice] = _WHOLE) -> Array:
        """Return the indices of a box (H, W) of the picture, in which `shown` is what it shows so far."""
        dithered = cv2.subtract(cv2.add(rgba[..., :3], self._brighter[box]), self._darker[box])
        painted = self._matched(np.asarray(dithered, dtype=np.uint8))
        if shown is not None:
            painted = np.where(self._still_right(shown, rgba), shown, painted)
        painted[rgba[..., 3] < 128] = TRANSPARENT
        return painted

    def _matched(self, rgb: Picture) -> Array:
        """Return the index (H, W) of the palette's nearest colour for each pixel."""
        cells = cells_of(rgb)
        indices = self._nearest[cells]
        new = np.unique(cells[indices == _UNKNOWN])
        if len(new):
            self._nearest[new] = self._tree.query(lab_from_rgb(middles_of(new)))[1]
            indices = self._nearest[cells]
        return indices

    def _still_right(self, shown: Array, rgba: Picture) -> Array:
        """Return whether each pixel (H, W) may stay as it is shown."""
        visible = shown != TRANSPARENT
        error = self._lab[np.where(visible, shown, 0)] - lab_from_rgb(rgba[..., :3])
        area = np.asarray(cv2.blur(error, (3, 3)))
        small = _squares(area) < _AREA_ERROR**2
        return visible & small & (_squares(error) < _PIXEL_ERROR**2)


def _dither_offsets(size: tuple[int, int]) -> tuple[Picture, Picture]:
    """Return what the dithering adds to pictures of `size` (W, H) and what it takes away, each (H, W, 3)."""
    width, height = size
    tiles = np.tile(_OFFSETS, (height // 4 + 1, width // 4 + 1))[:height, :width, None].repeat(3, axis=2)
    return np.maximum(tiles, 0).astype(np.uint8), np.maximum(-tiles, 0).astype(np.uint8)


def _squares(vectors: Array) -> Array:
    """Return the squared lengths (H, W) of vectors (H, W, 3)."""
    # OpenCV takes half the time of NumPy's sum or einsum here.
    return np.asarray(cv2.transform(vectors * vectors, np.ones((1, 3), np.float32)))
