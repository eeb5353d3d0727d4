"""Where the tracker's landmarks lie on a head, and where that takes them when the head moves."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from flame_model.head import Head, LandmarkPlaces
from flame_model.surface import nearest_places

Array = npt.NDArray[np.float64]
FACE_POINT_COUNT = 468
"""The landmarks of the skin; the ten behind them belong to the irises."""


def at_places(
    places: LandmarkPlaces, faces: npt.NDArray[np.integer], values: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    """Return what `values` (V, ...) per vertex are at the places: (N, ...).

    Posed vertices give the landmarks' positions, a basis gives their displacements.
    """
    interpolated: npt.NDArray[Any] = np.einsum("nc,nc...->n...", places.weights, values[faces[places.triangles]])
    return interpolated


def rest_landmarks(head: Head, places: LandmarkPlaces) -> Array:
    """Return the landmarks (478, 3) of the head at rest, metres."""
    return np.asarray(at_places(places, head.faces, head.template), dtype=np.float64)


def places_at_vertices(
    faces: npt.NDArray[np.integer], vertices: npt.NDArray[np.integer]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """Return triangles (N,) and weights (N, 3) that lie exactly on the given vertices (N,) of a mesh."""
    corner_of = np.full(int(faces.max()) + 1, -1)
    corner_of[faces.ravel()] = np.arange(faces.size)
    corners = corner_of[vertices]
    return (corners // 3).astype(np.int32), np.eye(3, dtype=np.float32)[corners % 3]


def places_near(
    points: npt.NDArray[Any], head: Head, allowed: npt.NDArray[np.integer]
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """Return triangles (N,) and weights (N, 3) nearest to `points` (N, 3) among the `allowed` faces (A,)."""
    nearest = nearest_places(points, head.template, head.faces[allowed])
    return allowed[nearest.triangles].astype(np.int32), nearest.weights.astype(np.float32)
