"""Write and read heads in this program's own `.npz` format."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from flame_model.arrays import Array, Float32Array
from flame_model.errors import HeadFileError
from flame_model.files.checks import FileArrays
from flame_model.files.npz import is_npz, read_npz, write_npz
from flame_model.files.reading import BUDGET, Budget, expecting
from flame_model.files.sparse_arrays import pack, packed_names, unpack
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

_FORMAT_KEY = "flame_cam_head"
_LANDMARK_KEYS = ("landmark_triangles", "landmark_weights")
_TEXTURE_KEYS = ("texture", "texture_coords", "texture_corners")
_WRINKLES_KEY = "wrinkles"
_FORMAT_VERSION = 1
_SPARSE_FIELDS = ("identity_basis", "expression_basis", "pose_correctives", "joint_regressor", "eyelid_basis")
_OPTIONAL_SPARSE_FIELDS = ("eyelid_arc", "eyelid_hold")
_PLAIN_FIELDS = ("template", "faces", "skin_weights", "face_materials", "vertex_colors")
_TEXT_FIELDS = ("name", "material_names", "expression_names", "identity_names", "provenance")
_KEYS = (
    _FORMAT_KEY,
    "material_looks",
    *_PLAIN_FIELDS,
    *_TEXT_FIELDS,
    *_LANDMARK_KEYS,
    *_TEXTURE_KEYS,
    _WRINKLES_KEY,
    *packed_names((*_SPARSE_FIELDS, *_OPTIONAL_SPARSE_FIELDS)),
)


def save_head(head: Head, path: str | Path) -> None:
    """Write a head as `.npz`, completely or not at all; raises OutputError.

    A basis that is mostly zero is stored as its non-zero entries.
    """
    materials = [(*material.color, material.roughness, material.softness) for material in head.materials]
    texts = {
        "name": head.name,
        "material_names": [material.name for material in head.materials],
        "expression_names": head.expression_names,
        "identity_names": head.identity_names,
        "provenance": [head.provenance.edition, head.provenance.licence, head.provenance.source],
    }
    sparse = {name: getattr(head, name) for name in (*_SPARSE_FIELDS, *_OPTIONAL_SPARSE_FIELDS)}
    arrays: dict[str, Array] = {
        _FORMAT_KEY: np.array(_FORMAT_VERSION),
        "material_looks": np.array(materials, dtype=np.float64),
    }
    arrays |= {key: np.array(text, dtype=np.str_) for key, text in texts.items()}
    arrays |= {name: getattr(head, name) for name in _PLAIN_FIELDS}
    arrays |= pack({name: array for name, array in sparse.items() if array is not None})
    write_npz(Path(path), arrays | _optional_parts(head))


def _optional_parts(head: Head) -> dict[str, Array]:
    """Return the arrays of the head's landmarks and texture, where it has them."""
    parts: dict[str, Array] = {}
    if head.landmarks:
        parts |= zip(_LANDMARK_KEYS, (head.landmarks.triangles, head.landmarks.weights), strict=True)
    if head.texture:
        texture = head.texture
        parts |= zip(_TEXTURE_KEYS, (texture.picture, texture.coords, texture.corners), strict=True)
        if texture.wrinkles is not None:
            parts[_WRINKLES_KEY] = texture.wrinkles
    return parts


def read_head(path: Path) -> Head:
    """Return the head in a file that `save_head` wrote; raises HeadFileError."""
    budget = Budget(path, BUDGET // 2)  # An array exists twice while it is unpacked.
    with expecting("head file", error=HeadFileError):
        arrays = read_npz(path, _KEYS, budget)
    return _head(FileArrays(path, arrays), budget)


def is_own_head(path: Path) -> bool:
    """Return whether the content of a file is a head that `save_head` wrote; raises HeadFileError."""
    with expecting("head file", error=HeadFileError):
        return is_npz(path) and _FORMAT_KEY in read_npz(path, (_FORMAT_KEY,))


def _head(packed: FileArrays, budget: Budget) -> Head:
    """Return the head in the arrays of a file; raises HeadFileError."""
    version = packed.whole_numbers(_FORMAT_KEY, ())
    if version != _FORMAT_VERSION:
        raise packed.error(_FORMAT_KEY, f"should be {_FORMAT_VERSION}, received {version}. Update flame-cam")
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
        provenance=_provenance(file),
    )


def _materials(file: FileArrays) -> tuple[Material, ...]:
    names = file.texts("material_names", ("M",))
    rows = file.floats("material_looks", (len(names), 5)).astype(np.float64).round(6).tolist()
    return tuple(
        Material(name, (red, green, blue), roughness, softness)
        for name, (red, green, blue, roughness, softness) in zip(names, rows, strict=True)
    )


def _component_names(file: FileArrays, key: str, count: int) -> tuple[str, ...]:
    """Return the names of `count` components, or none."""
    names = file.texts(key, (None,)) if key in file.arrays else ()
    if len(names) not in (0, count):
        raise file.error(key, f"should hold {count} names or none, received {len(names)}")
    return names


def _optional(file: FileArrays, key: str, shape: tuple[int, ...]) -> Float32Array | None:
    return file.floats(key, shape) if key in file.arrays else None


def _provenance(file: FileArrays) -> Provenance:
    return Provenance(*file.texts("provenance", (3,))) if "provenance" in file.arrays else Provenance()


def _texture(file: FileArrays, face_count: int) -> Texture | None:
    """Return the texture, None where the file has none."""
    picture, coords, corners = _TEXTURE_KEYS
    if picture not in file.arrays:
        return None
    points = file.floats(coords, ("T", 2))
    if points.min() < 0.0 or points.max() > 1.0:
        raise file.error(coords, f"should lie in 0..1, received {points.min():.4g}..{points.max():.4g}")
    return Texture(
        file.picture(picture),
        points,
        file.indices(corners, (face_count, 3), below=len(points)),
        file.picture(_WRINKLES_KEY) if _WRINKLES_KEY in file.arrays else None,
    )


def _landmarks(file: FileArrays, face_count: int) -> LandmarkPlaces | None:
    """Return the landmark places, None where the file has none."""
    triangles, weights = _LANDMARK_KEYS
    if triangles not in file.arrays:
        return None
    return LandmarkPlaces(
        file.indices(triangles, (LANDMARK_COUNT,), below=face_count),
        file.floats(weights, (LANDMARK_COUNT, 3)),
    )
