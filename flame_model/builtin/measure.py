"""Measure a neutral face and its expression shapes from many tracked frames.

Landmarks are turned upright by the tracker's own rotation, scaled to a human interpupillary distance and
aligned on the still part of the face. Inside each group g (one clip or one set of pictures) the landmarks'
deviations from the group's mean are regressed on the deviations of the scores, so that identity does not
enter the shapes:

    minimize over B    sum_g 1/N_g sum_(n in g) |(y_n - my_g) - (x_n - mx_g) B|^2 + RIDGE |B|^2

with scores x (52,), landmarks y (478 * 3,) in metres and B (52, 478 * 3) metres per unit score. Every frame
enters twice, as seen and mirrored, which makes the left and right shapes mirror images of each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linear_sum_assignment

from flame_model.arrays import Float64Array, Int64Array
from flame_model.face.topology import LEFT_IRIS, RIGHT_IRIS, STILL_POINTS

INTERPUPILLARY_M = 0.063
"""Adult mean, Dodgson 2004."""
RIDGE = 0.02
"""Weight of the penalty on B, chosen so that the shapes of rare signals stay smooth."""
IDENTITY_COUNT = 10
"""Principal components that are kept."""
PUPIL_MIDPOINT = np.array([0.0, 0.0316, -0.0036])
"""Metres; the point between the pupils, chosen so that the origin is the middle of the skull's base."""
_STILL = np.array(STILL_POINTS)


@dataclass(frozen=True, slots=True)
class TrackedGroup:
    """The frames of one clip or one set of pictures."""

    landmarks: Float64Array
    """(N, 478, 3) pixels, y down."""
    scores: Float64Array
    """(N, 52)."""
    rotations: Float64Array
    """(N, 3, 3) from face to camera."""
    several_people: bool = False
    """True where each frame may show another person; identity is measured on such groups."""


@dataclass(frozen=True, slots=True)
class MeasuredLandmarks:
    """The measured face with its irises: metres, upright, x to the person's left, midline at x = 0."""

    neutral: Float64Array
    """(478, 3)."""
    shapes: Float64Array
    """(52, 478, 3) displacement per unit score."""
    identity: Float64Array
    """(10, 478, 3) displacement per standard deviation."""
    mirror: Int64Array
    """(478,) index of each landmark's mirror image."""


def measure_face(groups: Sequence[TrackedGroup], mirrored_scores: Int64Array) -> MeasuredLandmarks:
    """Return the face measured on `groups`; `mirrored_scores` (52,) is each signal's mirror image."""
    upright = [_upright(group) for group in groups]
    mean = np.mean([points.mean(0) for points in upright], axis=0)
    mean[:, 0] -= mean[_STILL, 0].mean()
    mirror = _mirror_pairs(mean)
    for _ in range(3):
        upright = [_align(points, mean) for points in upright]
        mean = np.mean([points.mean(0) for points in upright], axis=0)
        mean = 0.5 * (mean + _flip(mean, mirror))
    scores = [np.concatenate([g.scores, g.scores[:, mirrored_scores]]) for g in groups]
    points = [np.concatenate([p, _flip(p, mirror)]) for p in upright]
    shapes = _regress(points, scores)
    neutrals = [p.mean(0) - np.tensordot(s.mean(0), shapes, 1) for p, s in zip(points, scores, strict=True)]
    people = [i for i, group in enumerate(groups) if group.several_people]
    still = np.concatenate([points[i] - np.tensordot(scores[i], shapes, 1) for i in people])
    neutral = np.mean(neutrals, axis=0)
    neutral += PUPIL_MIDPOINT - 0.5 * (neutral[LEFT_IRIS] + neutral[RIGHT_IRIS])
    return MeasuredLandmarks(neutral, shapes, _principal_shapes(still), mirror)


def _upright(group: TrackedGroup) -> Float64Array:
    """Return the landmarks (N, 478, 3) in face axes and metres, centred on the still points."""
    camera = group.landmarks * np.array([1.0, -1.0, -1.0])
    points = np.einsum("nij,nik->njk", np.swapaxes(camera, 1, 2), group.rotations)
    eyes = np.linalg.norm(points[:, LEFT_IRIS] - points[:, RIGHT_IRIS], axis=1)
    points = points * (INTERPUPILLARY_M / eyes)[:, None, None]
    return points - points[:, _STILL].mean(1, keepdims=True)


def _mirror_pairs(mean: Float64Array) -> Int64Array:
    """Return each landmark's mirror image (478,) by the assignment with the smallest total distance."""
    distance = np.linalg.norm(mean[:, None] - (mean * np.array([-1.0, 1.0, 1.0]))[None], axis=2)
    return np.asarray(linear_sum_assignment(distance)[1], dtype=np.int64)


def _flip(points: Float64Array, mirror: Int64Array) -> Float64Array:
    """Return landmarks (..., 478, 3) mirrored about x = 0 and renumbered."""
    return (points * np.array([-1.0, 1.0, 1.0]))[..., mirror, :]


def _align(points: Float64Array, target: Float64Array) -> Float64Array:
    """Return points (N, 478, 3), each frame laid onto `target` by its still points.

    The equations are those of `geometry.similarity.fit_similarity`, for all frames at once.
    """
    source_mean = points[:, _STILL].mean(1, keepdims=True)
    target_mean = target[_STILL].mean(0)
    source = points[:, _STILL] - source_mean
    u, s, vt = np.linalg.svd(np.einsum("nki,kj->nij", source, target[_STILL] - target_mean))
    sign = np.ones_like(s)
    sign[:, 2] = np.sign(np.linalg.det(u @ vt))
    rotation = (u * sign[:, None, :]) @ vt
    scale = (s * sign).sum(1) / (source**2).sum((1, 2))
    return np.asarray(scale[:, None, None] * (points - source_mean) @ rotation + target_mean)


def _regress(points: list[Float64Array], scores: list[Float64Array]) -> Float64Array:
    """Return the shapes B (52, 478, 3) of the module's cost; every group has the same weight."""
    x = np.concatenate([(s - s.mean(0)) / np.sqrt(len(s)) for s in scores])
    y = np.concatenate([((p - p.mean(0)) / np.sqrt(len(p))).reshape(len(p), -1) for p in points])
    return np.linalg.solve(x.T @ x + RIDGE * np.eye(52), x.T @ y).reshape(52, -1, 3)


def _principal_shapes(still: Float64Array) -> Float64Array:
    """Return the first symmetric principal components (10, 478, 3) of expression-free faces (N, 478, 3).

    The second half of the faces are the mirror images of the first half.
    """
    deviations = (still - still.mean(0)).reshape(len(still), -1)
    half = len(deviations) // 2
    symmetric = 0.5 * (deviations[:half] + deviations[half:])
    _, s, vt = np.linalg.svd(symmetric, full_matrices=False)
    return (vt[:IDENTITY_COUNT] * (s[:IDENTITY_COUNT] / np.sqrt(half))[:, None]).reshape(
        IDENTITY_COUNT, -1, 3
    )
