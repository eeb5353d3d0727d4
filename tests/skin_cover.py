"""Count the points that no skin covers, seen from the front."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.floating]


def uncovered(vertices: Points, faces: npt.NDArray[np.integer], points: Points) -> int:
    """Return how many of the points (N, 3) have no face of the mesh in front of them, seen along -z.

    A face is in front of a point where its projection contains the point and its foremost corner has a
    larger z.
    """
    a, b, c = np.moveaxis(vertices[faces], 1, 0)
    areas = [
        (p[:, :1] - points[:, 0]) * (q[:, 1:2] - points[:, 1])
        - (q[:, :1] - points[:, 0]) * (p[:, 1:2] - points[:, 1])
        for p, q in ((a, b), (b, c), (c, a))
    ]
    over = (np.min(areas, axis=0) >= 0.0) | (np.max(areas, axis=0) <= 0.0)
    over &= np.maximum(np.maximum(a, b), c)[:, 2:] > points[:, 2]
    return int((~over.any(axis=0)).sum())
