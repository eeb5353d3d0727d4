"""Read FLAME model files of every edition: Python 2 and 3 pickles and `.npz`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float32Array, Int32Array
from flame_model.errors import HeadFileError
from flame_model.files.checks import FileArrays
from flame_model.files.npz import is_npz, read_npz
from flame_model.files.pickles.safe_pickle import load_arrays
from flame_model.files.reading import expecting
from flame_model.head import (
    DEFAULT_MATERIAL,
    EYE_JOINTS,
    JOINT_NAMES,
    JOINT_PARENTS,
    POSE_CORRECTIVE_COUNT,
    Head,
    Material,
)

EYE_MATERIAL = Material("eye", (0.93, 0.91, 0.89), 0.15)
"""Columns of the skin weights: left and right eye."""

_IDENTITY_COUNT = 300
"""Identity components before the expression components in every published edition (300 + 100)."""
_REDUCED_IDENTITY_COUNTS = {150: 100, 20: 10}
"""Number of all components to number of identity components in the reduced sizes (100 + 50, 10 + 10)."""
_KEYS = (
    "v_template",
    "f",
    "shapedirs",
    "posedirs",
    "weights",
    "J_regressor",
    "kintree_table",
    "identity_count",
)


def read_flame(path: Path) -> Head:
    """Return the head in a FLAME `.pkl` or `.npz`; raises HeadFileError.

    Faces whose vertices follow an eye joint get the eye material, all others are skin. FLAME has neither
    colours nor eyelid shapes: the vertex colours are ones and the eyelid basis is zeros. Of more than 300
    components the first 300 are identity. A file with up to 300, except the sizes 150 and 20, needs an extra
    array `identity_count`, the number of identity components in `shapedirs`.
    """
    with expecting("head file", error=HeadFileError):
        arrays = read_npz(path, _KEYS) if is_npz(path) else load_arrays(path, _KEYS)
    file = FileArrays(path, arrays)
    template = file.floats("v_template", ("V", 3))
    count = len(template)
    faces = file.indices("f", ("F", 3), below=count)
    shapes = file.floats("shapedirs", (count, 3, "components"))
    weights = _skin_weights(file, count)
    regressor = file.floats("J_regressor", (len(JOINT_NAMES), count))
    split = _identity_count(file, shapes.shape[2])
    _check_joint_tree(file)
    return Head(
        name=path.stem,
        template=template,
        faces=faces,
        identity_basis=np.ascontiguousarray(shapes[:, :, :split]),
        expression_basis=np.ascontiguousarray(shapes[:, :, split:]),
        pose_correctives=file.floats("posedirs", (count, 3, POSE_CORRECTIVE_COUNT)),
        joint_regressor=regressor,
        skin_weights=weights,
        eyelid_basis=np.zeros((count, 3, 2), dtype=np.float32),
        face_materials=_eye_faces(faces, weights),
        materials=(DEFAULT_MATERIAL, EYE_MATERIAL),
        vertex_colors=np.ones_like(template),
    )


def _skin_weights(file: FileArrays, count: int) -> Float32Array:
    """Return the skin weights (V, 5), whose rows sum to 1."""
    weights = file.floats("weights", (count, len(JOINT_NAMES)))
    sums = weights.sum(axis=1)
    worst = sums[np.argmax(np.abs(sums - 1.0))]
    if abs(worst - 1.0) > 1e-3:
        raise file.error(
            "weights", f"should have rows that sum to 1, received a row that sums to {worst:.4g}"
        )
    return weights


def _identity_count(file: FileArrays, components: int) -> int:
    """Return how many components of `shapedirs` are identity."""
    if "identity_count" in file.arrays:
        return int(file.indices("identity_count", (), below=components))
    if components > _IDENTITY_COUNT:
        return _IDENTITY_COUNT
    if components in _REDUCED_IDENTITY_COUNTS:
        return _REDUCED_IDENTITY_COUNTS[components]
    raise file.error(
        "shapedirs",
        f"has {components} components, not 400, 150 or 20. Add to the file a whole number 'identity_count', "
        "the number of identity components",
    )


def _check_joint_tree(file: FileArrays) -> None:
    """Raise unless the joints are root, neck, jaw and both eyes; the parent of the root may be any number."""
    joints = len(JOINT_NAMES)
    tree = file.whole_numbers("kintree_table", (2, joints))
    parents, ids = tree[0, 1:].tolist(), tree[1].tolist()
    if parents != list(JOINT_PARENTS[1:]) or ids != list(range(joints)):
        raise file.error(
            "kintree_table", f"should be root, neck, jaw, left eye, right eye, received {tree.tolist()}"
        )


def _eye_faces(faces: Int32Array, weights: Float32Array) -> npt.NDArray[np.uint8]:
    """Return 1 for each face (F,) whose three vertices follow an eye joint, else 0."""
    follows_eye = weights[:, EYE_JOINTS].sum(axis=1) > 0.5
    return follows_eye[faces].all(axis=1).astype(np.uint8)
