"""Pack components of a head for the GPU: eight per texture fetch, without those that move nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from OpenGL import GL

from flame_model.arrays import Float32Array, IndexArray
from flame_model.errors import GraphicsError
from render.gl.textures import as_grid, number_texture

PACK = 8
"""Components in one texture fetch, as the 16-bit halves of four integers.

On the processor they take 1.9 ms per picture; as single floats they take 3.6 ms.
"""
STEPS = 32767
"""Steps of a component's largest displacement; half a step of 3 cm is 0.5 micrometres."""
SMALLEST_MOVE = 1e-7
"""Metres; packs in which no component moves any vertex farther are left out of a draw."""
BAND_ROWS = 12
"""Rows of the grid drawn at once; a band fetches only the components that move one of its vertices."""


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of the grid that are drawn at once, with the components that move them."""

    first_row: int
    rows: int
    """Number of rows."""
    members: IndexArray
    """(8 P,) numbers of the components, pack by pack; P is at least 1."""
    steps: Float32Array
    """(8 P,) metres per step of each member; 0 fills up the last pack."""

    def moving(self, weights: npt.ArrayLike) -> tuple[IndexArray, Float32Array]:
        """Return the numbers (P,) of the packs that move a vertex, and their weighted metres per step (P, 8).

        `weights` (L,) belong to the components. P is at least 1.
        """
        steps = (np.asarray(weights)[self.members] * self.steps).reshape(-1, PACK)
        packs = np.flatnonzero(np.abs(steps).max(axis=1) * STEPS > SMALLEST_MOVE)
        packs = packs if len(packs) else np.array([0])
        return packs, steps[packs]


class PackedComponents:
    """Components (L, V, 3), in metres, of vertices that lie row by row in a grid `width` wide.

    `texture` stores for each vertex, and within it for each pack, three texels for x, y and z with eight
    components each, row by row in a grid of the same width. So texels that are fetched together lie together:
    55 components take 1.5 ms per picture on the processor; with a layer for each axis of each pack they take
    2.9 ms. It is made by `upload`; everything before needs no OpenGL context.
    """

    def __init__(self, components: Float32Array, width: int) -> None:
        grid = np.stack([as_grid(component, width) for component in components])
        steps = np.maximum(np.abs(components).max(axis=(1, 2)), 1e-12) / STEPS
        self.bands = [_band(grid, steps, first) for first in range(0, grid.shape[1], BAND_ROWS)]
        self.packs = max(len(band.members) for band in self.bands) // PACK
        stepped = np.rint(grid / steps[:, None, None, None]).astype(np.int16)
        items = np.zeros((*grid.shape[1:3], self.packs, 3, PACK), np.int16)
        for band in self.bands:
            rows = slice(band.first_row, band.first_row + band.rows)
            members = stepped[band.members, rows].reshape(-1, PACK, band.rows, width, 3)
            items[rows, :, : len(members)] = members.transpose(2, 3, 0, 4, 1)
        low, high = items[..., :4].astype(np.int32), items[..., 4:].astype(np.int32)
        self._texels = as_grid(((high << 16) | (low & 0xFFFF)).reshape(-1, 4), width)
        self._counts = components.shape[:2]
        self.texture = 0

    def upload(self) -> None:
        """Make the texture. Raises GraphicsError where the graphics driver cannot hold as much."""
        most = int(GL.glGetIntegerv(GL.GL_MAX_TEXTURE_SIZE))
        if len(self._texels) > most:
            raise GraphicsError(
                f"{self._counts[0]} shapes of {self._counts[1]} vertices are more than the graphics "
                "driver can hold; choose a head with fewer."
            )
        self.texture = number_texture(self._texels)

    def release(self) -> None:
        """Delete the texture."""
        GL.glDeleteTextures(1, [self.texture])


def _band(grid: Float32Array, steps: Float32Array, first: int) -> Band:
    """Return the band of rows from `first` on with the components that move it."""
    part = grid[:, first : first + BAND_ROWS]
    moving = np.flatnonzero(part.any(axis=(1, 2, 3)))
    spare = -len(moving) % PACK if len(moving) else PACK
    return Band(first, part.shape[1], np.pad(moving, (0, spare)), np.pad(steps[moving], (0, spare)))
