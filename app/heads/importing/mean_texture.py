"""A mean texture and the UV coordinates it was painted for, put on a head's skin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float32Array, Int32Array
from flame_model.errors import HeadFileError
from flame_model.files.checks import FileArrays
from flame_model.files.npz import read_npz
from flame_model.files.reading import BUDGET, Budget, expecting, read_bytes, reading
from flame_model.head import DEFAULT_MATERIAL, Head, Texture

_MEAN, _POINTS, _FACES = "mean", "vt", "ft"
_MESH_LIMIT = 2**23
"""Bytes; FLAME's template mesh has a tenth of it, and its words take twenty times as much memory."""
_LARGEST = 2048
"""Pixels of a side; larger textures are made smaller, for a window shows no more of them."""
_RIM = 2
"""Pixels beyond their own that faces keep in a texture, because it is filtered."""
_SHIFT = 4


@dataclass(frozen=True, slots=True)
class UvMap:
    """Lay a head's faces out flat."""

    points: Float32Array
    """(T, 2) 0..1, v upwards."""
    faces: Int32Array
    """(F, 3) index into `points`, corner by corner of the head's faces."""


def read_texture(path: Path, head: Head, uv: UvMap | None) -> Texture:
    """Return the mean texture of a texture space; `uv` serves a file without its own. Raises HeadFileError.

    The file is FLAME's: `mean` (H, W, 3) in blue, green, red of 0..255, with `vt` and `ft`.
    """
    with expecting("texture space", error=HeadFileError):
        file = FileArrays(path, read_npz(path, (_MEAN, _POINTS, _FACES), Budget(path, BUDGET // 2)))
    mean = file.floats(_MEAN, ("H", "W", 3))
    if mean.min() < 0.0 or mean.max() > 255.0 or mean.max() <= 1.0:
        raise file.error(_MEAN, f"should lie in 0..255, received {mean.min():.4g}..{mean.max():.4g}")
    if _POINTS in file.arrays or uv is None:
        points = file.floats(_POINTS, ("T", 2))
        uv = UvMap(points, file.indices(_FACES, (len(head.faces), 3), below=len(points)))
    picture = np.round(mean[..., ::-1]).astype(np.uint8)
    height, width = (min(side, _LARGEST) for side in picture.shape[:2])
    if (height, width) != picture.shape[:2]:
        picture = np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    return Texture(np.ascontiguousarray(picture), np.clip(uv.points, 0.0, 1.0), uv.faces)


def read_mesh_uv(path: Path, head: Head) -> UvMap:
    """Return the UV coordinates of a Wavefront file of the head's own mesh; raises HeadFileError."""
    with expecting("mesh of triangles with UVs", error=HeadFileError), reading(path):
        lines = read_bytes(path, _MESH_LIMIT).decode("utf-8", "replace").splitlines()
        points = np.array([line.split()[1:3] for line in lines if line.startswith("vt ")], dtype=np.float32)
        corners = np.array([_corners(line) for line in lines if line.startswith("f ")], dtype=np.int64)
    if corners.shape != (len(head.faces), 3, 2) or not np.array_equal(corners[..., 0], head.faces):
        raise HeadFileError(
            f"{path}: should have the head's {len(head.faces)} faces, received {len(corners)} of another mesh"
        )
    file = FileArrays(path, {_POINTS: points, _FACES: corners[..., 1]})
    return UvMap(file.floats(_POINTS, ("T", 2)), file.indices(_FACES, corners.shape[:2], below=len(points)))


def textured(head: Head, texture: Texture) -> Head:
    """Return the head with its skin in a texture's colours and in nothing else.

    Other parts, such as eyes, keep their vertex colours: where they alone lie, the picture turns white.
    """
    skins = [index for index, material in enumerate(head.materials) if material.name == DEFAULT_MATERIAL.name]
    is_skin = np.isin(head.face_materials, skins)
    materials = tuple(
        replace(material, color=(1.0, 1.0, 1.0)) if index in skins else material
        for index, material in enumerate(head.materials)
    )
    colors = head.vertex_colors.copy()
    colors[head.faces[is_skin]] = 1.0
    blank = _covered(texture, ~is_skin, _RIM) & ~_covered(texture, is_skin, 0)
    picture = np.where(blank[..., None], np.uint8(255), texture.picture)
    return replace(head, vertex_colors=colors, materials=materials, texture=replace(texture, picture=picture))


def _covered(texture: Texture, faces: npt.NDArray[np.bool_], rim: int) -> npt.NDArray[np.bool_]:
    """Return which pixels (H, W) the chosen faces (F,) cover, with a rim of so many pixels around them."""
    height, width = texture.picture.shape[:2]
    pixels = (texture.coords * (1.0, -1.0) + (0.0, 1.0)) * (width, height) - 0.5
    drawn = np.zeros((height, width), np.uint8)
    for outline in np.round(pixels[texture.corners[faces]] * 2**_SHIFT).astype(np.int32):
        cv2.fillConvexPoly(drawn, outline, 1, cv2.LINE_8, _SHIFT)
    return np.asarray(cv2.dilate(drawn, np.ones((2 * rim + 1,) * 2, np.uint8)) > 0)


def _corners(line: str) -> list[list[int]]:
    """Return [[vertex, UV point], ...] of a face, counted from 0."""
    return [[int(number) - 1 for number in corner.split("/")[:2]] for corner in line.split()[1:]]
