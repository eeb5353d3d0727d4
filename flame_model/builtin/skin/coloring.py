"""Vertex colours of the built-in head's skin: the painted face, lid margins and mouth lining."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse

from flame_model.arrays import Float64Array
from flame_model.builtin.skin.cage import Cage
from flame_model.paint.face_colors import LINING, MARGIN, mix, paint_face


def skin_colors(cage: Cage, refine: sparse.csr_matrix, vertices: Float64Array) -> Float64Array:
    """Return (V, 3) sRGB colours for the refined skin `vertices` = `refine` (V, N) @ cage points."""

    def spread(points: npt.ArrayLike) -> Float64Array:
        flags = np.zeros(len(cage.points))
        flags[np.asarray(points)] = 1.0
        return np.asarray(refine @ flags)

    color = paint_face(vertices, spread)
    color = mix(color, MARGIN, np.clip(spread(np.concatenate(cage.margins)) * 1.5, 0.0, 1.0))
    return mix(color, LINING, np.clip(spread(np.concatenate(cage.lining)) * 1.6, 0.0, 1.0))
