"""The vertices of a part of the built-in head at one of its eyes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from flame_model.face.eyes import EYE_CENTERS
from flame_model.head import Head


def vertices_at_eye(head: Head, material: str, side: int) -> npt.NDArray[np.int64]:
    """Return the vertices (N,) with a material on the side of the left (0) or the right (1) eye."""
    index = [each.name for each in head.materials].index(material)
    every = np.unique(head.faces[head.face_materials == index])
    return every[head.template[every, 0] * EYE_CENTERS[side, 0] > 0.0]
