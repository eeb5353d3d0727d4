"""Save and load heads: our own `.npz`, the built-in head, heads that were added, FLAME files."""

from __future__ import annotations

import unicodedata
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import platformdirs

from flame_model.arrays import Float32Array
from flame_model.errors import InputError
from flame_model.files.checks import FileArrays, shown
from flame_model.files.flame_file import read_flame
from flame_model.files.head_npz import is_npz, read_npz
from flame_model.files.reading import BUDGET, Budget
from flame_model.files.sparse_arrays import pack, packed_names, unpack
from flame_model.files.standing import at_home, is_file, is_folder
from flame_model.files.writing.whole import write_npz
from flame_model.head import (
    JOINT_NAMES,
    LANDMARK_COUNT,
    POSE_CORRECTIVE_COUNT,
    Head,
    LandmarkPlaces,
    Material,
    Provenance,
    Texture,
)

BUILTIN = "builtin"
HEAD_FILE = "head.npz"
MAPPING_FOLDER = "mapping"

_FORMAT_KEY = "flame_cam_head"
_LANDMARK_KEYS = ("landmark_triangles", "landmark_weights")
_TEXTURE_KEYS = ("texture", "texture_coords", "texture_corners")
_FORMAT_VERSION = 1
_SPARSE_FIELDS = ("identity_basis", "expression_basis", "pose_correctives", "joint_regressor", "eyelid_basis")
_OPTIONAL_SPARSE_FIELDS = ("eyelid_arc", "eyelid_hold")
_PLAIN_FIELDS = ("template", "faces", "skin_weights", "face_materials", "vertex_colors")
_TEXT_FIELDS = ("name", "material_names", "expression_names", "identity_names", "provenance")
_KEYS = (
    *(_FORMAT_KEY, "material_looks", *_PLAIN_FIELDS, *_TEXT_FIELDS, *_LANDMARK_KEYS, *_TEXTURE_KEYS),
    *packed_names((*_SPARSE_FIELDS, *_OPTIONAL_SPARSE_FIELDS)),
)


def save_head(head: Head, path: Path) -> None:
    """Write a head to our `.npz`, whole or not at all; raises OutputError.

    Bases that are mostly zero are stored by their other entries.
    """
    looks = [(*material.color, material.roughness, material.softness) for material in head.materials]
    texts = {
        "name": head.name,
        "material_names": [material.name for material in head.materials],
        "expression_names": head.expression_names,
        "identity_names": head.identity_names,
        "provenance": [head.provenance.edition, head.provenance.licence, head.provenance.source],
    }
    optional = {name: getattr(head, name) for name in _OPTIONAL_SPARSE_FIELDS}
    sparse = {name: getattr(head, name) for name in _SPARSE_FIELDS} | {
        name: array for name, array in optional.items() if array is not None
    }
    write_npz(
        path,
        {
            _FORMAT_KEY: np.array(_FORMAT_VERSION),
            "material_looks": np.array(looks, dtype=np.float64),
            **{key: np.array(text, dtype=np.str_) for key, text in texts.items()},
            **{name: getattr(head, name) for name in _PLAIN_FIELDS},
            **pack(sparse),
            **_optional_parts(head),
        },
    )


def _optional_parts(head: Head) -> dict[str, npt.NDArray[Any]]:
    parts: dict[str, npt.NDArray[Any]] = {}
    if head.landmarks:
        parts |= zip(_LANDMARK_KEYS, (head.landmarks.triangles, head.landmarks.weights), strict=True)
    if head.texture:
        texture = head.texture
        parts |= zip(_TEXTURE_KEYS, (texture.picture, texture.coords, texture.corners), strict=True)
    return parts


def read_head(path: Path) -> Head:
    """Return the head in a file of ours; raises HeadFileError."""
    budget = Budget(path, BUDGET // 2)  # What is written out is held a second time while it is put in order.
    return _own_head(FileArrays(path, read_npz(path, _KEYS, budget)), budget)


def added_heads_folder() -> Path:
    """Return the folder of heads that were added by name: a folder NAME with `head.npz` each."""
    return platformdirs.user_cache_path("flame-cam", appauthor=False) / "heads"


def head_names() -> list[str]:
    """Return the names `load_head` knows: the built-in head and those that were added."""
    added = (file.parent.name for file in added_heads_folder().glob(f"*/{HEAD_FILE}"))
    # A folder with a dot in front is one that is being made.
    return [BUILTIN, *sorted(name for name in added if not name.startswith("."))]


def load_head(name_or_path: str) -> Head:
    """Return the built-in head, one that was added by name, or the head in a file (ours or FLAME's).

    Raises InputError for an unknown name, saying which exist, and HeadFileError for a file that is no head.
    """
    if name_or_path == BUILTIN:
        with resources.as_file(resources.files("assets") / "heads" / "builtin.npz") as path:
            return read_head(path)
    return load_head_file(locate_head(name_or_path))


def locate_head(name_or_path: str) -> Path:
    """Return the file of a head that was added by name, or the file that is named; raises InputError."""
    # Systems differ in how they hand over accents; the folder was named with one character for each.
    plain = unicodedata.normalize("NFC", str(name_or_path))
    if plain in head_names():
        return added_heads_folder() / plain / HEAD_FILE
    path = at_home(name_or_path)
    if not is_file(path):
        raise InputError(
            f"No head is named {shown(name_or_path)}, nor a file; give a FLAME or .npz file, "
            f"or one of: {', '.join(head_names())}."
        )
    return path


def own_mapping(name_or_path: str) -> Path | None:
    """Return the mapping folder that was made for an added head, by name or file, else None."""
    if name_or_path == BUILTIN:
        return None
    file = locate_head(name_or_path)
    folder = file.with_name(MAPPING_FOLDER)
    return folder if file.name == HEAD_FILE and is_folder(folder) else None


def load_head_file(path: Path) -> Head:
    """Return the head in a file, ours or FLAME's, told apart by content; raises HeadFileError."""
    return read_head(path) if is_own_head(path) else read_flame(path)


def is_own_head(path: Path) -> bool:
    """Tell by its content whether a file is a head in our own format; raises HeadFileError."""
    return is_npz(path) and _FORMAT_KEY in read_npz(path, (_FORMAT_KEY,))


def _own_head(packed: FileArrays, budget: Budget) -> Head:
    version = packed.whole_numbers(_FORMAT_KEY, ())
    if version != _FORMAT_VERSION:
        raise packed.error(_FORMAT_KEY, f"should be {_FORMAT_VERSION}, received {version}; update flame-cam")
    file = unpack(packed, budget)
    template = file.floats("template", ("V", 3))
    count = len(template)
    faces = file.indices("faces", ("F", 3), below=count)
    materials = _materials(file)
    expression = file.floats("expression_basis", (count, 3, "E"))
    identity = file.floats("identity_basis", (count, 3, None))
    return Head(
        name=file.texts("name", ())[0],
        template=template,
        faces=faces,
        identity_basis=identity,
        expression_basis=expression,
        pose_correctives=file.floats("pose_correctives", (count, 3, POSE_CORRECTIVE_COUNT)),
        joint_regressor=file.floats("joint_regressor", (len(JOINT_NAMES), count)),
        skin_weights=file.floats("skin_weights", (count, len(JOINT_NAMES))),
        eyelid_basis=file.floats("eyelid_basis", (count, 3, 2)),
        face_materials=file.indices("face_materials", (len(faces),), below=len(materials)).astype(np.uint8),
        materials=materials,
        vertex_colors=file.floats("vertex_colors", (count, 3)),
        expression_names=_component_names(file, "expression_names", expression.shape[2]),
        identity_names=_component_names(file, "identity_names", identity.shape[2]),
        eyelid_arc=_optional(file, "eyelid_arc", (count, 3, 2)),
        eyelid_hold=_optional(file, "eyelid_hold", (count, 2)),
        texture=_texture(file, len(faces)),
        landmarks=_landmarks(file, len(faces)),
        provenance=Provenance(*file.texts("provenance", (3,)))
        if "provenance" in file.arrays
        else Provenance(),
    )


def _materials(file: FileArrays) -> tuple[Material, ...]:
    names = file.texts("material_names", ("M",))
    looks = file.floats("material_looks", (len(names), 5)).astype(np.float64).round(6).tolist()
    return tuple(
        Material(name, (red, green, blue), roughness, softness)
        for name, (red, green, blue, roughness, softness) in zip(names, looks, strict=True)
    )


def _component_names(file: FileArrays, key: str, count: int) -> tuple[str, ...]:
    names = file.texts(key, (None,)) if key in file.arrays else ()
    if len(names) not in (0, count):
        raise file.error(key, f"should hold {count} names or none, received {len(names)}")
    return names


def _optional(file: FileArrays, key: str, shape: tuple[int, ...]) -> Float32Array | None:
    return file.floats(key, shape) if key in file.arrays else None


def _texture(file: FileArrays, face_count: int) -> Texture | None:
    picture, coords, corners = _TEXTURE_KEYS
    if picture not in file.arrays:
        return None
    points = file.floats(coords, ("T", 2))
    if points.min() < 0.0 or points.max() > 1.0:
        raise file.error(coords, f"should lie in 0..1, received {points.min():.4g}..{points.max():.4g}")
    return Texture(file.picture(picture), points, file.indices(corners, (face_count, 3), below=len(points)))


def _landmarks(file: FileArrays, face_count: int) -> LandmarkPlaces | None:
    triangles, weights = _LANDMARK_KEYS
    if triangles not in file.arrays:
        return None
    return LandmarkPlaces(
        file.indices(triangles, (LANDMARK_COUNT,), below=face_count),
        file.floats(weights, (LANDMARK_COUNT, 3)),
    )
