"""Tell observations that explain a face from those that explain nothing, which are frames without a face.

Takes of other programs, damaged ones and, now and then, the tracker itself give a frame whose landmarks lie
in one place or whose turn is none; a single one makes everything after it NaN.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Array
from flame_model.face.topology import STILL_POINTS
from mappings.frames import FaceObservation

_SLACK = 1e-3
"""By which a score may leave 0 to 1: single precision."""
_LARGEST_PIXELS, _LARGEST_METRES = 2.0**20, 1000.0
_SMALLEST_SPREAD = 1e-3
"""Pixels by which the points that no expression moves stand apart, root mean square, in both directions that
they spread."""
_SMALLEST_RATIO = 1e-2
"""Of the second direction's spread to the first's; 0.58 at least in 963 faces of 66 people."""
_SKEW = 0.1
"""By which a turn may miss being one: the tracker's miss it by 1e-5."""
_STILL = list(STILL_POINTS)


def explains_a_face(observation: FaceObservation) -> bool:
    """Return whether an observation is of a face: a finite one, with a place, a turn and a size."""
    return bool(
        explaining(
            observation.scores[None],
            observation.landmarks[None],
            observation.T_camera_face[None],
            np.array([observation.image_size]),
        )[0]
    )


def explaining(scores: Array, landmarks: Array, transforms: Array, sizes: Array) -> npt.NDArray[np.bool_]:
    """Return (N,) which of N observations explain a face.

    `scores` (N, 52), `landmarks` (N, 478, 3) pixels, `transforms` (N, 4, 4) face to camera, `sizes` (N, 2) of
    the pictures.
    """
    return _flags(
        (np.abs(scores - 0.5) <= 0.5 + _SLACK).all(axis=1)
        & ((sizes >= 1) & (sizes <= _LARGEST_PIXELS)).all(axis=1)
        & _spread(landmarks)
        & _rigid(transforms)
    )


def _flags(flags: Any) -> npt.NDArray[np.bool_]:
    return np.asarray(flags, dtype=np.bool_)


def _spread(landmarks: Array) -> npt.NDArray[np.bool_]:
    """Return (N,) which points are finite and neither in one place nor on one line."""
    # Least and greatest tell what is not finite, too, without a copy of an hour's landmarks.
    least, greatest = landmarks.min(axis=(1, 2)), landmarks.max(axis=(1, 2))
    within = _flags((least >= -_LARGEST_PIXELS) & (greatest <= _LARGEST_PIXELS))
    still = np.where(within[:, None, None], landmarks[:, _STILL], 0.0).astype(np.float64)
    still -= still.mean(axis=1, keepdims=True)
    variances = np.linalg.eigvalsh(np.swapaxes(still, 1, 2) @ still / len(_STILL))[:, 1:]
    second, first = np.sqrt(variances.clip(0.0)).T
    return _flags(within & (first >= _SMALLEST_SPREAD) & (second >= _SMALLEST_RATIO * first))


def _rigid(transforms: Array) -> npt.NDArray[np.bool_]:
    """Return (N,) which transformations turn and move and do nothing else."""
    finite = (np.abs(transforms) <= _LARGEST_METRES).all(axis=(1, 2))
    whole = np.where(_flags(finite)[:, None, None], transforms, 0.0).astype(np.float64)
    turns = whole[:, :3, :3]
    skew = np.abs(np.swapaxes(turns, 1, 2) @ turns - np.eye(3)).max(axis=(1, 2))
    last = np.abs(whole[:, 3] - [0.0, 0.0, 0.0, 1.0]).max(axis=1)
    return _flags((skew <= _SKEW) & (last <= _SKEW) & (np.linalg.det(turns) > 0.0))
