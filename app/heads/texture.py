"""Colours of a head's skin from a mean texture and the UV coordinates it was painted for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from flame_model.checks import FileArrays, one_line
from flame_model.errors import HeadFileError
from flame_model.head import DEFAULT_MATERIAL, FloatArray, Head, IntArray
from flame_model.npz import read_npz

_MEAN, _POINTS, _FACES = "mean", "vt", "ft"
_VERTICES_ACROSS = 100.0
"""Of FLAME's face in its UV square: a vertex takes the mean over about so large a part of the picture."""
_MESH_LIMIT = 2**26
"""Bytes; FLAME's template mesh has a hundredth of it."""


@dataclass(frozen=True, slots=True)
class UvMap:
    """Lay a head's faces out flat."""

    points: FloatArray
    """(T, 2) 0..1, v upwards."""
    faces: IntArray
    """(F, 3) index into `points`, corner by corner of the head's faces."""


def read_texture(path: Path, head: Head, uv: UvMap | None) -> FloatArray:
    """Return (V, 3) sRGB 0..1 at the vertices; `uv` serves a file without its own. Raises HeadFileError.

    The file is FLAME's texture space: `mean` (H, W, 3) in blue, green, red of 0..255, with `vt` and `ft`.
    """
    file = FileArrays(path, read_npz(path, only=(_MEAN, _POINTS, _FACES)))
    mean = file.floats(_MEAN, ("H", "W", 3))
    if mean.min() < 0.0 or mean.max() > 255.0 or mean.max() <= 1.0:
        raise file.error(_MEAN, f"should lie in 0..255, received {mean.min():.4g}..{mean.max():.4g}")
    if _POINTS in file.arrays or uv is None:
        points = file.floats(_POINTS, ("T", 2))
        uv = UvMap(points, file.indices(_FACES, (len(head.faces), 3), below=len(points)))
    return _at_vertices(mean[..., ::-1] / 255.0, uv, head)


def read_mesh_uv(path: Path, head: Head) -> UvMap:
    """Return the UV coordinates of a Wavefront file of the head's own mesh; raises HeadFileError."""
    try:
        if path.stat().st_size > _MESH_LIMIT:
            raise HeadFileError(f"{path}: a mesh of {path.stat().st_size} bytes is too large")
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError as error:
        raise HeadFileError(f"{path}: cannot be read: {error.strerror}") from error
    try:
        points = np.array([line.split()[1:3] for line in lines if line.startswith("vt ")], dtype=np.float32)
        corners = np.array([_corners(line) for line in lines if line.startswith("f ")], dtype=np.int64)
    except (ValueError, IndexError, OverflowError) as error:
        raise HeadFileError(f"{path}: no mesh of triangles with UVs: {one_line(error)}") from error
    if corners.shape != (len(head.faces), 3, 2) or not np.array_equal(corners[..., 0], head.faces):
        raise HeadFileError(
            f"{path}: should have the head's {len(head.faces)} faces, received {len(corners)} of another mesh"
        )
    file = FileArrays(path, {_POINTS: points, _FACES: corners[..., 1]})
    return UvMap(file.floats(_POINTS, ("T", 2)), file.indices(_FACES, corners.shape[:2], below=len(points)))


def textured(head: Head, colors: FloatArray) -> Head:
    """Return the head with its skin in these colours (V, 3) and in nothing else; eyes keep theirs."""
    shown = np.zeros(len(colors), dtype=bool)
    skins = [index for index, material in enumerate(head.materials) if material.name == DEFAULT_MATERIAL.name]
    shown[head.faces[np.isin(head.face_materials, skins)]] = True
    materials = tuple(
        replace(material, color=(1.0, 1.0, 1.0)) if index in skins else material
        for index, material in enumerate(head.materials)
    )
    painted = np.where(shown[:, None], colors, head.vertex_colors)
    return replace(head, vertex_colors=painted, materials=materials)


def _corners(line: str) -> list[list[int]]:
    """Return [[vertex, UV point], ...] of a face, counted from 0."""
    return [[int(number) - 1 for number in corner.split("/")[:2]] for corner in line.split()[1:]]


def _at_vertices(picture: npt.NDArray[np.floating], uv: UvMap, head: Head) -> FloatArray:
    """Return the mean colour around each vertex, over all its corners; white where it has none."""
    height, width = picture.shape[:2]
    size = max(height, width) / _VERTICES_ACROSS
    soft = cv2.GaussianBlur(np.ascontiguousarray(picture, dtype=np.float32), (0, 0), max(size / 2.0, 0.5))
    places = np.clip(uv.points, 0.0, 1.0) * (1.0, -1.0) + (0.0, 1.0)
    columns, rows = np.rint(places * (width - 1, height - 1)).astype(np.int64).T
    corners = soft[rows, columns][uv.faces].reshape(-1, 3)
    vertices = head.faces.reshape(-1)
    counts = np.bincount(vertices, minlength=len(head.template))
    sums = np.stack(
        [np.bincount(vertices, weights=channel, minlength=len(counts)) for channel in corners.T], axis=1
    )
    colors = np.where(counts[:, None] > 0, sums / np.maximum(counts, 1)[:, None], 1.0)
    return np.ascontiguousarray(colors, dtype=np.float32)
