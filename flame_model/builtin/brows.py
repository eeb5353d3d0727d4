"""Give the rest face a brow ridge, and brows with a flatter arch; all values were chosen by eye.

The tracker guesses depth, and the average of many faces is smooth: the measured forehead runs straight down
to the eyes. A ridge under the brows casts the soft shadow on the lids that shows where the brows sit.
"""

from __future__ import annotations

from flame_model.arrays import Float64Array
from flame_model.builtin.shapes.authored import Push, mirrored, pushed

RIDGE = (
    Push((0.0150, 0.0470, 0.0110), 0.0065, (0.0000, 0.0000, 0.0018)),
    Push((0.0270, 0.0490, 0.0085), 0.0065, (0.0002, -0.0002, 0.0024)),
    Push((0.0400, 0.0500, 0.0040), 0.0065, (0.0006, -0.0002, 0.0020)),
    Push((0.0500, 0.0450, -0.0040), 0.0060, (0.0012, 0.0000, 0.0012)),
)
"""Along each brow, from the nose outwards: forward, and outwards at the temple."""
FLATTER = (
    Push((0.0150, 0.0470, 0.0110), 0.0060, (0.0, 0.0006, 0.0)),
    Push((0.0390, 0.0510, 0.0040), 0.0070, (0.0, -0.0014, 0.0)),
    Push((0.0560, 0.0425, -0.0105), 0.0070, (0.0, 0.0020, 0.0)),
)
"""Each brow's inner end, top and tail."""


def with_brow_ridge(face: Float64Array) -> Float64Array:
    """Return the rest `face` (468, 3) with a ridge under flatter brows."""
    pushes = (*RIDGE, *FLATTER)
    return face + pushed(face, pushes) + mirrored(pushed(mirrored(face), pushes))
