"""Fit a head's identity to a person: what the tracker saw, with pose and expression taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import lsq_linear

from flame_model.arrays import Float64Array
from flame_model.deform import deform, prepare
from flame_model.face import topology as t
from flame_model.head import Head, LandmarkPlaces
from flame_model.landmarks import at_places, rest_landmarks
from flame_model.params import rest_params
from mappings.frames import FaceObservation
from mappings.mirror import mirrored_landmarks
from mappings.person.pose_fit import DEPTH_WEIGHT, fit_pose
from mappings.person.upright import PICTURE_AXES
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import SIGNAL_COUNT

NOISE_M = 0.005
"""Misfit of a landmark, metres, that weighs as much as one sigma of a component: neighbours err alike."""
COEFFICIENT_LIMITS = (-2.5, 2.5)
"""Sigmas: a face farther from the mean is left to what the basis does not span."""
STRENGTHS, STRENGTH_SIGMA = (0.0, 1.2), 0.5
"""How strong a signal may be against what the mapping makes of its score: mappings exaggerate, and a mouth
that is read as pressed would leave swollen lips to the person."""
DEAD_M = 0.0001
"""Root mean square displacement below which a signal's part is not looked at."""
DOUBT = 0.03
"""Weight of "no difference" against a landmark's own place in the picture, for what the basis leaves."""
ROUNDS = 8
_FACE = slice(0, t.FACE_POINT_COUNT)


class Evidence(NamedTuple):
    """Hold what one frame says about a face."""

    points: Float64Array
    """(468, 3) pixels: x right, y up, z towards the viewer."""
    displacement: Float64Array
    """(468, 3) metres by which its expression, as the mapping has it, moves the head's landmarks."""
    signals: Float64Array
    """(468, 3, S) metres: the parts that the signals have in it which move the landmarks at all."""


@dataclass(frozen=True, slots=True)
class FaceShape:
    """Hold how identity moves the landmarks of a head at rest."""

    rest: Float64Array
    """(468, 3) metres."""
    basis: Float64Array
    """(468, 3, I) metres per coefficient."""

    @classmethod
    def of(cls, head: Head, places: LandmarkPlaces) -> FaceShape:
        """Return the shape of a head whose landmarks lie at `places`."""
        basis = at_places(places, head.faces, head.identity_basis)[_FACE]
        return cls(rest_landmarks(head, places)[_FACE], basis)


class IdentityFit(NamedTuple):
    """Hold one person's face in terms of a head's."""

    coefficients: Float64Array
    """(I,) of the identity basis."""
    residual: Float64Array
    """(468, 3) metres that are missing from the head with these coefficients to the person."""
    displacements: tuple[Float64Array, ...]
    """(468, 3) metres for each sighting: what its expression adds to the person's face."""


class EvidenceModel:
    """Tell of observations what they say about a face, by how a head and its mapping show expressions."""

    def __init__(self, head: Head, places: LandmarkPlaces, mapping: ScoreMapping) -> None:
        self._prepared, self._places, self._mapping = prepare(head), places, mapping
        self._rest = rest_landmarks(head, places)[_FACE]
        still = self._displacement(np.zeros(SIGNAL_COUNT))
        moved = [self._displacement(scores) - still for scores in np.eye(SIGNAL_COUNT)]
        self._signals = np.stack(moved, axis=-1)

    def evidence(self, observation: FaceObservation) -> Evidence:
        """Return what an observation says."""
        points = observation.landmarks[_FACE].astype(np.float64) * PICTURE_AXES
        signals = self._signals * observation.scores
        living = np.sqrt((signals**2).sum(axis=1).mean(axis=0)) > DEAD_M
        return Evidence(points, self._displacement(observation.scores), signals[..., living])

    def _displacement(self, scores: npt.NDArray[Any]) -> Float64Array:
        """Return how far (468, 3) scores move the landmarks from their rest, metres."""
        head = self._prepared.head
        driven = self._mapping.coefficients(scores)
        params = replace(rest_params(head.expression_count), **driven._asdict())
        moved = at_places(self._places, head.faces, deform(self._prepared, params))[_FACE]
        return np.asarray(moved - self._rest)


def fit_identity(shape: FaceShape, evidence: Sequence[Evidence]) -> IdentityFit:
    """Return the identity that explains the evidence, each counting alike, by weak perspective.

    Poses, strengths of expressions and coefficients take turns: least squares in the picture, depth weighted
    weakly, coefficients held back by their size (1 is one sigma) and within COEFFICIENT_LIMITS, a signal's
    strength held back by its difference from the mapping's and within STRENGTHS of it.
    """
    coefficients = np.zeros(shape.basis.shape[2])
    displacements = tuple(seen.displacement for seen in evidence)
    for _ in range(ROUNDS):
        face = shape.rest + shape.basis @ coefficients
        displacements = tuple(map(partial(_refined_displacement, face), evidence, displacements))
        certainty, difference = _combined(face, evidence, displacements)
        coefficients = _bounded_ridge(
            shape.basis, certainty, difference + shape.basis @ coefficients, COEFFICIENT_LIMITS
        )
    certainty, difference = _combined(shape.rest + shape.basis @ coefficients, evidence, displacements)
    doubting = np.linalg.solve(certainty + DOUBT * np.eye(3), certainty)
    return IdentityFit(coefficients, difference @ doubting.T, displacements)


def symmetric(shape: FaceShape, fit: IdentityFit) -> IdentityFit:
    """Return the fit whose face is the mean of the fitted one and its own mirror image."""
    by_basis = shape.basis @ fit.coefficients
    moved = by_basis + fit.residual
    mirrored = moved[mirrored_landmarks()[_FACE]] * (-1.0, 1.0, 1.0)
    return fit._replace(residual=0.5 * (moved + mirrored) - by_basis)


def projection_error(face: npt.NDArray[Any], points: npt.NDArray[Any]) -> Float64Array:
    """Return how far (468,) the landmarks of a face fall from those in the picture, in eye distances.

    `face` (468, 3) metres with its expression is drawn in the weak perspective that fits `points` (468, 3)
    best; the eye distance is between the middles of the eyes' corners in the picture.
    """
    drawn = fit_pose(face, points).points(face)
    left, right = (
        points[[lid[0], lid[-1]], :2].mean(axis=0) for lid in (t.LEFT_UPPER_LID, t.RIGHT_UPPER_LID)
    )
    return np.asarray(np.linalg.norm((drawn - points)[:, :2], axis=1) / np.linalg.norm(left - right))


def _combined(
    face: Float64Array, evidence: Sequence[Evidence], displacements: Sequence[Float64Array]
) -> tuple[Float64Array, Float64Array]:
    """Return how certainly (3, 3) the evidence tell the axes of a face, and the difference (468, 3) that
    they tell, metres."""
    certainty, weighted = np.zeros((3, 3)), np.zeros_like(face)
    for seen, displacement in zip(evidence, displacements, strict=True):
        share, difference = _difference(face + displacement, seen.points)
        certainty += share / len(evidence)
        weighted += difference @ share / len(evidence)
    return certainty, np.asarray(np.linalg.solve(certainty, weighted.T).T)


def _refined_displacement(face: Float64Array, seen: Evidence, displacement: Float64Array) -> Float64Array:
    """Return how an expression displaces the landmarks (468, 3) with signals as strong as they seem."""
    certainty, difference = _difference(face + displacement, seen.points)
    wanted = difference + displacement - seen.displacement
    least, greatest = ((strength - 1.0) / STRENGTH_SIGMA for strength in STRENGTHS)
    sigmas = _bounded_ridge(seen.signals * STRENGTH_SIGMA, certainty, wanted, (least, greatest))
    return np.asarray(seen.displacement + seen.signals @ (STRENGTH_SIGMA * sigmas))


def _difference(face: Float64Array, points: Float64Array) -> tuple[Float64Array, Float64Array]:
    """Return how certainly (3, 3) one picture tells the axes of a face, and the difference (468, 3)."""
    pose = fit_pose(face, points)
    certainty = pose.rotation.T @ np.diag([1.0, 1.0, DEPTH_WEIGHT]) @ pose.rotation
    return certainty, (points - pose.points(face)) @ pose.rotation / pose.scale


def _bounded_ridge(
    basis: Float64Array, certainty: Float64Array, difference: Float64Array, limits: tuple[float, float]
) -> Float64Array:
    """Return the coefficients (K,) within limits whose displacement by `basis` (468, 3, K) is nearest to
    `difference` (468, 3), held back by their size."""
    count = basis.shape[2]
    if count == 0:
        return np.zeros(0)
    root = np.linalg.cholesky(certainty).T / NOISE_M
    matrix = np.einsum("xy,nyi->nxi", root, basis).reshape(-1, count)
    wanted = (difference @ root.T).ravel()
    rows, target = np.vstack([matrix, np.eye(count)]), np.concatenate([wanted, np.zeros(count)])
    factor = np.linalg.cholesky(rows.T @ rows).T
    return np.asarray(lsq_linear(factor, np.linalg.solve(factor.T, rows.T @ target), bounds=limits).x)
