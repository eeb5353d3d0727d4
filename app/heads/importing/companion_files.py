"""Read the files that come beside a FLAME head: landmark embedding, region masks, texture, template mesh."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np

from app.heads.importing.mean_texture import read_mesh_uv, read_texture
from flame_model.arrays import Float32Array, Int32Array
from flame_model.errors import HeadFileError
from flame_model.face.landmarks import rest_landmarks
from flame_model.files.checks import FileArrays
from flame_model.files.npz import read_npz
from flame_model.files.paths import is_file
from flame_model.files.pickles.safe_pickle import load_arrays
from flame_model.files.reading import expecting
from flame_model.head import LANDMARK_COUNT, Head, LandmarkPlaces, Texture
from flame_model.notices import Say

EMBEDDING_FILE = "mediapipe_landmark_embedding.npz"
MASKS_FILE = "FLAME_masks.pkl"
TEXTURE_FILE = "FLAME_texture.npz"
MESH_FILE = "head_template_mesh.obj"
COMPANION_FILES = (EMBEDDING_FILE, MASKS_FILE, TEXTURE_FILE, MESH_FILE)

_EMBEDDING_KEYS = ("landmark_indices", "lmk_face_idx", "lmk_b_coords")
_OUTSIDE = 1e-2
"""How far barycentric coordinates may lie outside a triangle, because files hold rounded numbers."""
_FAR_MM = 10.0
"""Median distance from the landmarks found at which an embedding belongs to another mesh. Landmarks that are
found err by a fifth of it."""

Content = TypeVar("Content")


@dataclass(frozen=True, slots=True)
class Embedding:
    """Published places of N of the tracker's 478 landmarks on a head."""

    landmarks: Int32Array
    """(N,) index into the landmarks."""
    triangles: Int32Array
    """(N,) index into the head's faces."""
    weights: Float32Array
    """(N, 3) barycentric coordinates within the triangles."""


@dataclass(frozen=True, slots=True)
class Companions:
    """The contents of the files beside a head; None where there is no such file or it cannot be used."""

    embedding: Embedding | None = None
    masks: Mapping[str, Int32Array] | None = None
    """Vertices of each region by the region's name."""
    texture: Texture | None = None
    used: tuple[str, ...] = ()
    """Names of the files that were read."""


def read_companions(folders: Sequence[Path], head: Head, say: Say) -> Companions:
    """Read each companion file from the first folder that has it; report and leave out unusable files."""
    used: list[str] = []

    def read(name: str, reader: Callable[[Path], Content]) -> Content | None:
        path = next((folder / name for folder in folders if is_file(folder / name)), None)
        if path is None:
            return None
        try:
            content = reader(path)
        except HeadFileError as error:
            say(f"{error} The head is added without it.")
            return None
        used.append(name)
        return content

    embedding = read(EMBEDDING_FILE, lambda path: read_embedding(path, head))
    masks = read(MASKS_FILE, lambda path: read_masks(path, head))
    uv = read(MESH_FILE, lambda path: read_mesh_uv(path, head))
    texture = read(TEXTURE_FILE, lambda path: read_texture(path, head, uv))
    return Companions(embedding, masks, texture, tuple(used))


def read_embedding(path: Path, head: Head) -> Embedding:
    """Read the published places of some of the tracker's landmarks; raises HeadFileError."""
    places, faces, coordinates = _EMBEDDING_KEYS
    with expecting("landmark embedding", error=HeadFileError):
        file = FileArrays(path, read_npz(path, _EMBEDDING_KEYS))
    landmarks = file.indices(places, ("N",), below=LANDMARK_COUNT)
    triangles = file.indices(faces, (len(landmarks),), below=len(head.faces))
    weights = file.floats(coordinates, (len(landmarks), 3))
    sums = weights.sum(axis=1)
    if weights.min() < -_OUTSIDE or np.abs(sums - 1.0).max() > _OUTSIDE:
        raise file.error(
            coordinates,
            "should hold barycentric coordinates in rows that sum to 1, "
            f"received sums of {sums.min():.4g}..{sums.max():.4g} and a least value of {weights.min():.4g}",
        )
    return Embedding(landmarks, triangles, weights)


def with_published(head: Head, places: LandmarkPlaces, embedding: Embedding, say: Say) -> LandmarkPlaces:
    """Return `places` with the published ones put in, unless those belong to another mesh."""
    triangles, weights = places.triangles.copy(), places.weights.copy()
    triangles[embedding.landmarks], weights[embedding.landmarks] = embedding.triangles, embedding.weights
    published = LandmarkPlaces(triangles, weights)
    moved_m = np.linalg.norm(rest_landmarks(head, published) - rest_landmarks(head, places), axis=1)
    median_mm = 1e3 * float(np.median(moved_m[embedding.landmarks]))
    if median_mm > _FAR_MM:
        say(
            f"the landmarks in {EMBEDDING_FILE} lie {median_mm:.0f} mm from those that were found, so the "
            "file is left out"
        )
        return places
    return published


def read_masks(path: Path, head: Head) -> dict[str, Int32Array]:
    """Read the vertices of each region; raises HeadFileError."""
    file = FileArrays(path, load_arrays(path))
    if not file.arrays:
        raise HeadFileError(f"{path}: should hold lists of vertices by region, received none.")
    return {name: file.indices(name, ("N",), below=len(head.template)) for name in file.arrays}
