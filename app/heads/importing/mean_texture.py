"""Read FLAME's mean texture and its UV coordinates, and put it on a head's skin."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from flame_model.arrays import FlagArray, Float32Array, Int32Array
from flame_model.errors import HeadFileError
from flame_model.files.checks import FileArrays
from flame_model.files.npz import read_npz
from flame_model.files.reading import BUDGET, Budget, expecting, read_bytes, reading
from flame_model.head import DEFAULT_MATERIAL, Head, Texture

_MEAN, _POINTS, _FACES = "mean", "vt", "ft"
_MESH_LIMIT = 2**23
"""Bytes. FLAME's template mesh has a tenth of it; the words of a mesh take twenty times as much memory."""
_LARGEST = 2048
"""Longest side in pixels; larger textures are scaled down, because a window shows no more detail."""
_RIM = 2
"""Pixels around a face's own that count as covered, because a texture is filtered where it is sampled."""
_SHIFT = 4
"""Fractional bits of the coordinates that OpenCV fills polygons by."""


@dataclass(frozen=True, slots=True)
class UvMap:
    """The UV coordinates of a head's faces."""

    points: Float32Array
    """(T, 2) in 0..1, v upwards."""
    faces: Int32Array
    """(F, 3) index into `points`, corner by corner of the head's faces."""


def read_texture(path: Path, head: Head, uv: UvMap | None) -> Texture:
    """Read the mean texture of FLAME's texture space; raises HeadFileError.

    The file holds `mean` (H, W, 3) in blue, green, red of 0..255, and UV coordinates in `vt` and `ft`; `uv`
    stands in where the file has none.
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
    """Read the UV coordinates from a Wavefront OBJ file of the head's own mesh; raises HeadFileError."""
    with expecting("mesh of triangles with UVs", error=HeadFileError), reading(path):
        lines = read_bytes(path, _MESH_LIMIT).decode("utf-8", "replace").splitlines()
        points = np.array([line.split()[1:3] for line in lines if line.startswith("vt ")], dtype=np.float32)
        corners = np.array([_corners(line) for line in lines if line.startswith("f ")], dtype=np.int64)
    if corners.shape != (len(head.faces), 3, 2) or not np.array_equal(corners[..., 0], head.faces):
        raise HeadFileError(
            f"{path}: should have the head's {len(head.faces)} faces, received {len(corners)} of another."
        )
    file = FileArrays(path, {_POINTS: points, _FACES: corners[..., 1]})
    return UvMap(file.floats(_POINTS, ("T", 2)), file.indices(_FACES, corners.shape[:2], below=len(points)))


def textured(head: Head, texture: Texture) -> Head:
    """Return the head with the texture as the only colour of its skin.

    Other parts, such as eyes, keep their vertex colours: pixels that only they cover turn white.
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


def _covered(texture: Texture, faces: FlagArray, rim: int) -> FlagArray:
    """Return which pixels (H, W) the faces marked in `faces` (F,) cover, with a rim of `rim` pixels."""
    height, width = texture.picture.shape[:2]
    pixels = (texture.coords * (1.0, -1.0) + (0.0, 1.0)) * (width, height) - 0.5
    drawn = np.zeros((height, width), np.uint8)
    for outline in np.round(pixels[texture.corners[faces]] * 2**_SHIFT).astype(np.int32):
        cv2.fillConvexPoly(drawn, outline, 1, cv2.LINE_8, _SHIFT)
    return np.asarray(cv2.dilate(drawn, np.ones((2 * rim + 1,) * 2, np.uint8)) > 0)


def _corners(line: str) -> list[list[int]]:
    """Return [[vertex, UV point], ...] of a face line, counted from 0."""
    return [[int(number) - 1 for number in corner.split("/")[:2]] for corner in line.split()[1:]]
