"""Read the FLAME files of every edition: Python 2 and 3 pickles and `.npz`."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float32Array
from flame_model.files.checks import FileArrays
from flame_model.files.head_npz import is_npz, read_npz
from flame_model.files.pickles.safe_pickle import load_arrays
from flame_model.head import (
    DEFAULT_MATERIAL,
    JOINT_NAMES,
    JOINT_PARENTS,
    POSE_CORRECTIVE_COUNT,
    Head,
    Material,
)
from flame_model.paint.irises import paint_irises

EYE_MATERIAL = Material("eye", (0.93, 0.91, 0.89), 0.15)

_IDENTITY_COUNT = 300
"""Identity components in front of the expression in every published edition (300 + 100)."""
_CUT_IDENTITY_COUNTS = {150: 100, 20: 10}
"""Components in all to identity components, for the two cut-down sizes in use (100 + 50, 10 + 10)."""
_EYE_JOINTS = slice(3, 5)
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
    """Return the head in a FLAME `.pkl` or `.npz`, told apart by content; raises HeadFileError.

    Faces that follow an eye joint get an eye's material and a painted iris, the others are skin. FLAME has no
    lid shapes, so the eyelid basis is zero. An `identity_count` beside FLAME's own keys says how many
    components of `shapedirs` are identity where the file is none of the known sizes.
    """
    return flame_head(FileArrays(path, read_npz(path, _KEYS) if is_npz(path) else load_arrays(path, _KEYS)))


def flame_head(file: FileArrays) -> Head:
    """Return the head that FLAME's arrays describe; raises HeadFileError."""
    template = file.floats("v_template", ("V", 3))
    count = len(template)
    faces = file.indices("f", ("F", 3), below=count)
    shapes = file.floats("shapedirs", (count, 3, "components"))
    weights = _skin_weights(file, count)
    regressor = file.floats("J_regressor", (len(JOINT_NAMES), count))
    split = _identity_count(file, shapes.shape[2])
    _check_joint_tree(file)
    return Head(
        name=file.path.stem,
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
        vertex_colors=paint_irises(template, weights[:, _EYE_JOINTS]),
    )


def _skin_weights(file: FileArrays, count: int) -> Float32Array:
    weights = file.floats("weights", (count, len(JOINT_NAMES)))
    sums = weights.sum(axis=1)
    worst = sums[np.argmax(np.abs(sums - 1.0))]
    if abs(worst - 1.0) > 1e-3:
        raise file.error(
            "weights", f"should have rows that sum to 1, received a row that sums to {worst:.4g}"
        )
    return weights


def _identity_count(file: FileArrays, components: int) -> int:
    if "identity_count" in file.arrays:
        return int(file.indices("identity_count", (), below=components))
    if components > _IDENTITY_COUNT:
        return _IDENTITY_COUNT
    if components in _CUT_IDENTITY_COUNTS:
        return _CUT_IDENTITY_COUNTS[components]
    raise file.error(
        "shapedirs",
        f"has {components} components, of which sizes other than 400, 150 and 20 need a whole number "
        "'identity_count' in the file: how many of them are identity",
    )


def _check_joint_tree(file: FileArrays) -> None:
    """Raise unless the joints are root, neck, jaw and both eyes; the root's parent may be any number."""
    joints = len(JOINT_NAMES)
    tree = file.whole_numbers("kintree_table", (2, joints))
    parents, ids = tree[0, 1:].tolist(), tree[1].tolist()
    if parents != list(JOINT_PARENTS[1:]) or ids != list(range(joints)):
        raise file.error(
            "kintree_table", f"should be root, neck, jaw, left eye, right eye, received {tree.tolist()}"
        )


def _eye_faces(faces: npt.NDArray[np.int32], weights: Float32Array) -> npt.NDArray[np.uint8]:
    """Return 1 for the faces whose three vertices follow an eye joint, else 0."""
    follows_eye = weights[:, _EYE_JOINTS].sum(axis=1) > 0.5
    return follows_eye[faces].all(axis=1).astype(np.uint8)
