"""Cast rays from pixels of a picture through its camera, and find where they hit a mesh."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float64Array, IndexArray
from render.camera import OrbitCamera


class Hits(NamedTuple):
    """The places of a mesh that N pixels show."""

    triangles: IndexArray
    """(N,) index into the faces, -1 where nothing is hit."""
    points: Float64Array
    """(N, 3) metres, NaN where nothing is hit."""
    facing: Float64Array
    """(N,) cosine between the surface's normal and the ray, NaN where nothing is hit."""


def cast_pixels(
    pixels: npt.NDArray[np.floating],
    camera: OrbitCamera,
    size: tuple[int, int],
    vertices: npt.NDArray[np.floating],
    faces: npt.NDArray[np.integer],
) -> Hits:
    """Return where the rays of `pixels` (N, 2), x right and y down, hit the nearest front face of a mesh.

    `size` is the picture's (W, H), `vertices` (V, 3) in metres and `faces` (F, 3). With w_k the barycentric
    weights of a pixel in a projected triangle and z_k the depths of its corners x_k, the ray hits the
    triangle at sum(w_k x_k / z_k) / sum(w_k / z_k), and sum(w_k / z_k) is one over the hit's depth.
    """
    corners = np.asarray(vertices, dtype=np.float64)[faces]
    depth, flat = _projected(corners, camera, size)
    area = _doubled_area(flat[:, 0], flat[:, 1], flat[:, 2])
    front = np.flatnonzero(area < 0.0)
    pixel, candidate = _boxes_around(pixels, flat[front])
    candidate = front[candidate]
    weights = _weights(pixels[pixel], flat[candidate], area[candidate])
    inside = (weights >= 0.0).all(axis=1)
    pixel, candidate, weights = pixel[inside], candidate[inside], weights[inside] / depth[candidate[inside]]
    nearness = weights.sum(axis=1)
    order = np.lexsort((-nearness, pixel))
    hit, first = np.unique(pixel[order], return_index=True)
    chosen = order[first]
    count = len(pixels)
    hits = Hits(np.full(count, -1), np.full((count, 3), np.nan), np.full(count, np.nan))
    seen = corners[candidate[chosen]]
    hits.triangles[hit] = candidate[chosen]
    hits.points[hit] = np.einsum("nc,ncx->nx", weights[chosen] / nearness[chosen, None], seen)
    hits.facing[hit] = _facing(seen, camera.position - hits.points[hit])
    return hits


def _projected(
    corners: Float64Array, camera: OrbitCamera, size: tuple[int, int]
) -> tuple[Float64Array, Float64Array]:
    """Return the depths (F, 3) in metres and the pixels (F, 3, 2) of triangles (F, 3, 3)."""
    projection = camera.projection(size) @ camera.view()
    clip = corners @ projection[:, :3].T + projection[:, 3]
    centred = clip[..., :2] / clip[..., 3:] * (0.5, -0.5) + 0.5
    return clip[..., 3], centred * size


def _boxes_around(pixels: npt.NDArray[np.floating], flat: Float64Array) -> tuple[IndexArray, IndexArray]:
    """Return the pairs (K,) of pixel and triangle whose bounding box holds the pixel."""
    low, high = flat.min(axis=1), flat.max(axis=1)
    within = np.ones((len(pixels), len(flat)), dtype=bool)
    for axis in range(2):
        value = pixels[:, None, axis]
        within &= (value >= low[:, axis]) & (value <= high[:, axis])
    pixel, triangle = np.nonzero(within)
    return pixel, triangle


def _weights(points: npt.NDArray[np.floating], flat: Float64Array, area: Float64Array) -> Float64Array:
    """Return the barycentric weights (K, 3) of points (K, 2) in triangles (K, 3, 2) of the picture."""
    a, b, c = flat[:, 0], flat[:, 1], flat[:, 2]
    parts = [_doubled_area(points, b, c), _doubled_area(a, points, c), _doubled_area(a, b, points)]
    return np.stack(parts, axis=1) / area[:, None]


def _doubled_area(
    a: npt.NDArray[np.floating], b: npt.NDArray[np.floating], c: npt.NDArray[np.floating]
) -> Float64Array:
    ab, ac = b - a, c - a
    return np.asarray(ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0])


def _facing(corners: Float64Array, rays: Float64Array) -> Float64Array:
    """Return the cosines (K,) between rays (K, 3) to the camera and the normals of triangles (K, 3, 3)."""
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    lengths = np.linalg.norm(normals, axis=1) * np.linalg.norm(rays, axis=1)
    return np.asarray((normals * rays).sum(axis=1) / lengths)
