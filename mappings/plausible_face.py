"""Check whether observations describe a possible face; one that does not counts as a frame without a face.

Takes of other programs, damaged takes and, now and then, the tracker itself give a frame whose landmarks lie
in one place or whose transformation is no rotation. A single such frame makes everything after it NaN.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from flame_model.arrays import Array, FlagArray
from flame_model.face.topology import STILL_POINTS
from mappings.frames import FaceObservation

_SLACK = 1e-3
"""Excess over 0..1 that a score may have, for single precision."""
_LARGEST_PIXELS, _LARGEST_METRES = 2.0**20, 1000.0
"""Largest coordinates of landmarks and transformations that are accepted."""
_SMALLEST_SPREAD = 1e-3
"""Least spread in pixels (root mean square, along the axis of the largest spread) of the landmarks that no
expression moves."""
_SMALLEST_RATIO = 1e-2
"""Least ratio of the second largest spread to the largest; 963 faces of 66 people have 0.58 at least."""
_SKEW = 0.1
"""Largest deviation from a rigid transformation; the tracker's deviate by 1e-5."""
_STILL = list(STILL_POINTS)


def is_plausible_face(observation: FaceObservation) -> bool:
    """Return whether an observation describes a face: finite numbers, spread landmarks, a rigid pose."""
    return bool(
        plausible_faces(
            observation.scores[None],
            observation.landmarks[None],
            observation.T_camera_face[None],
            np.array([observation.image_size]),
        )[0]
    )


def plausible_faces(scores: Array, landmarks: Array, transforms: Array, sizes: Array) -> FlagArray:
    """Return which (N,) of N observations describe a face.

    `scores` (N, 52), `landmarks` (N, 478, 3) in pixels, `transforms` (N, 4, 4) face to camera in metres,
    `sizes` (N, 2) of the pictures in pixels.
    """
    return _flags(
        (np.abs(scores - 0.5) <= 0.5 + _SLACK).all(axis=1)
        & ((sizes >= 1) & (sizes <= _LARGEST_PIXELS)).all(axis=1)
        & _spread(landmarks)
        & _rigid(transforms)
    )


def _flags(flags: Any) -> FlagArray:
    return np.asarray(flags, dtype=np.bool_)


def _spread(landmarks: Array) -> FlagArray:
    """Return which (N,) sets of landmarks are finite and lie neither in one place nor on one line."""
    # Values that are not finite fail these comparisons too, without a copy of an hour's landmarks.
    least, greatest = landmarks.min(axis=(1, 2)), landmarks.max(axis=(1, 2))
    within = _flags((least >= -_LARGEST_PIXELS) & (greatest <= _LARGEST_PIXELS))
    still = np.where(within[:, None, None], landmarks[:, _STILL], 0.0).astype(np.float64)
    still -= still.mean(axis=1, keepdims=True)
    variances = np.linalg.eigvalsh(np.swapaxes(still, 1, 2) @ still / len(_STILL))[:, 1:]
    second, first = np.sqrt(variances.clip(0.0)).T
    return _flags(within & (first >= _SMALLEST_SPREAD) & (second >= _SMALLEST_RATIO * first))


def _rigid(transforms: Array) -> FlagArray:
    """Return which (N,) transformations consist of a rotation and a shift alone."""
    finite = (np.abs(transforms) <= _LARGEST_METRES).all(axis=(1, 2))
    whole = np.where(_flags(finite)[:, None, None], transforms, 0.0).astype(np.float64)
    turns = whole[:, :3, :3]
    skew = np.abs(np.swapaxes(turns, 1, 2) @ turns - np.eye(3)).max(axis=(1, 2))
    last = np.abs(whole[:, 3] - [0.0, 0.0, 0.0, 1.0]).max(axis=1)
    return _flags((skew <= _SKEW) & (last <= _SKEW) & (np.linalg.det(turns) > 0.0))
