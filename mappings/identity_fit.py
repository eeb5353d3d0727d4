"""Fit a head's identity to a person: what the tracker saw, with pose and expression taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import lsq_linear

from flame_model.builtin import topology as t
from flame_model.deform import deform, prepare
from flame_model.head import Head, LandmarkPlaces
from flame_model.landmarks import at_places, rest_landmarks
from flame_model.params import rest_params
from flame_model.rotations import matrix_from_axis_angle
from flame_model.similarity import Similarity, fit_similarity
from mappings.frames import FaceObservation
from mappings.mirror import mirrored_landmarks
from mappings.score_mapping import ScoreMapping

Array = npt.NDArray[np.float64]

DEPTH_WEIGHT = 0.1
"""Of a landmark's depth against its place in the picture: the tracker guesses it from one picture."""
NOISE_M = 0.005
"""Misfit of a landmark, metres, that weighs as much as one sigma of a component: neighbours err alike."""
COEFFICIENT_LIMIT = 2.5
"""Sigmas: a face farther from the mean is left to what the basis does not span."""
DOUBT = 0.03
"""Weight of "no difference" against a landmark's own place in the picture, for what the basis leaves."""
ROUNDS = 6
_POSE_STEPS = 3
_FACE = slice(0, t.FACE_POINT_COUNT)
_PICTURE_AXES = np.array([1.0, -1.0, -1.0])
"""From the tracker's pixels (y down, z away) to ours (y up, z towards the viewer)."""


class Sighting(NamedTuple):
    """Hold what one frame says about a face."""

    points: Array
    """(468, 3) pixels: x right, y up, z towards the viewer."""
    displacement: Array
    """(468, 3) metres by which its expression moves the head's landmarks."""


@dataclass(frozen=True, slots=True)
class FaceShape:
    """Hold how identity moves the landmarks of a head at rest."""

    rest: Array
    """(468, 3) metres."""
    basis: Array
    """(468, 3, I) metres per coefficient."""

    @classmethod
    def of(cls, head: Head, places: LandmarkPlaces) -> FaceShape:
        """Return the shape of a head whose landmarks lie at `places`."""
        basis = at_places(places, head.faces, head.identity_basis)[_FACE]
        return cls(rest_landmarks(head, places)[_FACE], basis)


class IdentityFit(NamedTuple):
    """Hold one person's face in terms of a head's."""

    coefficients: Array
    """(I,) of the identity basis."""
    residual: Array
    """(468, 3) metres that are missing from the head with these coefficients to the person."""


def sighting(
    observation: FaceObservation, head: Head, places: LandmarkPlaces, mapping: ScoreMapping
) -> Sighting:
    """Return what an observation says of a face, its expression as `mapping` drives the head with it."""
    driven = mapping.coefficients(observation.scores)
    params = replace(rest_params(head.expression_count), **driven._asdict())
    moved = at_places(places, head.faces, deform(prepare(head), params))[_FACE]
    points = observation.landmarks[_FACE].astype(np.float64) * _PICTURE_AXES
    return Sighting(points, moved - rest_landmarks(head, places)[_FACE])


def fit_identity(shape: FaceShape, sightings: Sequence[Sighting]) -> IdentityFit:
    """Return the identity that explains the sightings, each counting alike, by weak perspective.

    Pose and coefficients take turns: least squares in the picture, depth weighted weakly, coefficients held
    back by their size (1 is one sigma) and within COEFFICIENT_LIMIT.
    """
    coefficients = np.zeros(shape.basis.shape[2])
    for _ in range(ROUNDS):
        face = shape.rest + shape.basis @ coefficients
        certainty, difference = _evidence(face, sightings)
        coefficients = _bounded_ridge(shape.basis, certainty, difference + shape.basis @ coefficients)
    certainty, difference = _evidence(shape.rest + shape.basis @ coefficients, sightings)
    doubting = np.linalg.solve(certainty + DOUBT * np.eye(3), certainty)
    return IdentityFit(coefficients, difference @ doubting.T)


def symmetric(shape: FaceShape, fit: IdentityFit) -> IdentityFit:
    """Return the fit whose face is the mean of the fitted one and its own mirror image."""
    by_basis = shape.basis @ fit.coefficients
    moved = by_basis + fit.residual
    mirrored = moved[mirrored_landmarks()[_FACE]] * (-1.0, 1.0, 1.0)
    return fit._replace(residual=0.5 * (moved + mirrored) - by_basis)


def fit_pose(source: npt.NDArray[Any], target: npt.NDArray[Any]) -> Similarity:
    """Return the weak perspective that lays `source` (N, 3) metres onto `target` (N, 3) pixels.

    Like `fit_similarity`, but depth counts for DEPTH_WEIGHT only.
    """
    pose = fit_similarity(source, target)
    weights = np.sqrt([1.0, 1.0, DEPTH_WEIGHT])
    for _ in range(_POSE_STEPS):
        turned = pose.vectors(source)
        columns = [*(np.cross(axis, turned) for axis in np.eye(3)), turned]
        columns += [np.broadcast_to(axis, turned.shape) for axis in np.eye(3)]
        jacobian = np.stack(columns, axis=-1) * weights[:, None]
        misfit = (target - turned - pose.shift) * weights
        step = np.linalg.lstsq(jacobian.reshape(-1, 7), misfit.ravel(), rcond=None)[0]
        pose = Similarity(
            pose.scale * float(np.exp(step[3])),
            matrix_from_axis_angle(step[:3]) @ pose.rotation,
            pose.shift + step[4:],
        )
    return pose


def projection_error(face: npt.NDArray[Any], points: npt.NDArray[Any]) -> Array:
    """Return how far (468,) the landmarks of a face fall from those in the picture, in eye distances.

    `face` (468, 3) metres with its expression is drawn in the weak perspective that fits `points` (468, 3)
    best; the eye distance is between the middles of the eyes' corners in the picture.
    """
    drawn = fit_pose(face, points).points(face)
    left, right = (
        points[[lid[0], lid[-1]], :2].mean(axis=0) for lid in (t.LEFT_UPPER_LID, t.RIGHT_UPPER_LID)
    )
    return np.asarray(np.linalg.norm((drawn - points)[:, :2], axis=1) / np.linalg.norm(left - right))


def _evidence(face: Array, sightings: Sequence[Sighting]) -> tuple[Array, Array]:
    """Return how certainly (3, 3) the sightings tell the axes of a face, and the difference (468, 3) that
    they tell, metres."""
    certainty, weighted = np.zeros((3, 3)), np.zeros_like(face)
    weights = np.diag([1.0, 1.0, DEPTH_WEIGHT])
    for seen in sightings:
        source = face + seen.displacement
        pose = fit_pose(source, seen.points)
        share = pose.rotation.T @ weights @ pose.rotation / len(sightings)
        certainty += share
        weighted += ((seen.points - pose.points(source)) @ pose.rotation / pose.scale) @ share
    return certainty, np.asarray(np.linalg.solve(certainty, weighted.T).T)


def _bounded_ridge(basis: Array, certainty: Array, difference: Array) -> Array:
    """Return the coefficients (I,) whose displacement of the landmarks is nearest to `difference`."""
    count = basis.shape[2]
    if count == 0:
        return np.zeros(0)
    root = np.linalg.cholesky(certainty).T / NOISE_M
    matrix = np.einsum("xy,nyi->nxi", root, basis).reshape(-1, count)
    wanted = (difference @ root.T).ravel()
    rows, target = np.vstack([matrix, np.eye(count)]), np.concatenate([wanted, np.zeros(count)])
    factor = np.linalg.cholesky(rows.T @ rows).T
    small = np.linalg.solve(factor.T, rows.T @ target)
    limits = (-COEFFICIENT_LIMIT, COEFFICIENT_LIMIT)
    return np.asarray(lsq_linear(factor, small, bounds=limits).x)
