"""A head's components as the GPU reads them: eight to a look-up, those that move nothing left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from OpenGL import GL

from flame_model.arrays import Float32Array, IndexArray
from flame_model.errors import GraphicsError
from render.textures import as_grid, number_texture

PACK = 8
"""Components read together, as halves of 32-bit numbers. One by one as floats they took 3.6 ms a picture on
the processor, packed they took 1.9."""
STEPS = 32767
"""Steps between no and the largest move of a component; half a step is 0.5 micrometres for 3 cm."""
SMALLEST_MOVE = 1e-7
"""Metres; packs whose members move no vertex farther are left out."""
BAND_ROWS = 12
"""Rows drawn at once; they look up only the components that move one of their vertices."""


@dataclass(frozen=True, slots=True)
class Band:
    """Describe rows of the grid that are drawn at once."""

    first_row: int
    rows: int
    members: IndexArray
    """(8 P,) the components of each pack, at least one."""
    steps: Float32Array
    """(8 P,) metres per step of each member, 0 where the last pack is not full."""

    def moving(self, weights: npt.ArrayLike) -> tuple[IndexArray, Float32Array]:
        """Return which packs move something with weights (L,), at least one, and metres per step (P, 8)."""
        steps = (np.asarray(weights)[self.members] * self.steps).reshape(-1, PACK)
        packs = np.flatnonzero(np.abs(steps).max(axis=1) * STEPS > SMALLEST_MOVE)
        packs = packs if len(packs) else np.array([0])
        return packs, steps[packs]


class PackedComponents:
    """Hold components (L, V, 3), in metres, of vertices laid out row by row in a grid `width` wide.

    `texture` holds, again row by row in a grid of that width, vertex by vertex and pack by pack, three items
    for x, y and z, of eight components each. What is read together lies together: with a layer for each
    axis of each pack the processor took 2.9 ms a picture for 55 components, so it takes 1.5. Raises
    GraphicsError when the graphics driver cannot hold as much.
    """

    def __init__(self, components: Float32Array, width: int) -> None:
        grid = np.stack([as_grid(component, width) for component in components])
        steps = np.maximum(np.abs(components).max(axis=(1, 2)), 1e-12) / STEPS
        self.bands = [_band(grid, steps, first) for first in range(0, grid.shape[1], BAND_ROWS)]
        self.packs = max(len(band.members) for band in self.bands) // PACK
        most = int(GL.glGetIntegerv(GL.GL_MAX_TEXTURE_SIZE))
        if 3 * self.packs * grid.shape[1] > most:
            raise GraphicsError(
                f"{len(components)} shapes of {components.shape[1]} vertices are more than this graphics "
                "driver can hold"
            )
        stepped = np.rint(grid / steps[:, None, None, None]).astype(np.int16)
        items = np.zeros((*grid.shape[1:3], self.packs, 3, PACK), np.int16)
        for band in self.bands:
            rows = slice(band.first_row, band.first_row + band.rows)
            members = stepped[band.members, rows].reshape(-1, PACK, band.rows, width, 3)
            items[rows, :, : len(members)] = members.transpose(2, 3, 0, 4, 1)
        low, high = items[..., :4].astype(np.int32), items[..., 4:].astype(np.int32)
        self.texture = number_texture(as_grid(((high << 16) | (low & 0xFFFF)).reshape(-1, 4), width))

    def release(self) -> None:
        """Delete the texture."""
        GL.glDeleteTextures(1, [self.texture])


def _band(grid: Float32Array, steps: Float32Array, first: int) -> Band:
    """Choose what the rows from `first` on look up; the last pack is filled up."""
    part = grid[:, first : first + BAND_ROWS]
    moving = np.flatnonzero(part.any(axis=(1, 2, 3)))
    spare = -len(moving) % PACK if len(moving) else PACK
    return Band(first, part.shape[1], np.pad(moving, (0, spare)), np.pad(steps[moving], (0, spare)))
