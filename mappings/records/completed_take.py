"""Complete a take that another program wrote with head parameters instead of the tracker's transformation."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array
from flame_model.rotations import matrix_from_axis_angle

POSE_KEYS = ("rotation", "neck", "translation")
_LARGEST_SIZE = 2.0**30
"""Largest size of a picture in pixels: a larger one does not fit an int32."""
_LARGEST_TURN = 1e3
"""Largest turn in radians: a larger one has no direction left in single precision."""


def completed(arrays: dict[str, Array]) -> dict[str, Array]:
    """Return a take's arrays, with `T_camera_face` (N, 4, 4), `image_size` (N, 2) and `moved` (N, 6) added.

    The first two are added where possible; `moved`, which earlier takes do not have, is NaN. The
    transformation is the turn of root and neck at `translation`, which ignores the places of the head's
    joints. The picture is taken to end where the landmarks do. Arrays of unexpected shape are ignored here,
    since the checks of the take refuse them.
    """
    whole = dict(arrays)
    numbers = {key: array for key, array in arrays.items() if array.dtype.kind in "iuf"}
    poses = [numbers[key] for key in POSE_KEYS if key in numbers]
    if "T_camera_face" not in arrays and len(poses) == len(POSE_KEYS) and len({p.shape for p in poses}) == 1:
        rotation, neck, translation = poses
        if rotation.ndim == 2 and rotation.shape[1] == 3:
            transforms = np.tile(np.eye(4), (len(rotation), 1, 1))
            transforms[:, :3, :3] = _matrices(rotation) @ _matrices(neck)
            transforms[:, :3, 3] = translation
            whole["T_camera_face"] = transforms
    landmarks = numbers.get("landmarks")
    if "image_size" not in arrays and landmarks is not None and landmarks.ndim == 3:
        ends = np.nan_to_num(landmarks[..., :2]).max(axis=1, initial=1.0)
        whole["image_size"] = np.ceil(ends.clip(max=_LARGEST_SIZE)).astype(np.int32)
    if "moved" not in arrays and landmarks is not None:
        whole["moved"] = np.full((len(landmarks), 6), np.nan, np.float32)
    return whole


def _matrices(turns: Array) -> Array:
    """Return axis-angle turns (N, 3) as matrices (N, 3, 3); rows of frames without a face stay NaN."""
    matrices = matrix_from_axis_angle(np.nan_to_num(turns).clip(-_LARGEST_TURN, _LARGEST_TURN))
    matrices[~np.isfinite(turns).all(axis=1)] = np.nan
    return matrices
