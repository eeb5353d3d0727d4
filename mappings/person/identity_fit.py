"""Fit a head's identity to a person from observations, separated from pose and expression.

The face of frame i is modelled in weak perspective as

    f_i = m + B c + d_i + sum_j (g_ij - 1) s_ij        metres
    p_i ~ a_i R_i f_i + t_i                            pixels

with the head's landmarks at rest m (468, 3), the identity c (I,), the displacement d_i by the expression, and
the strengths g_ij of the signals' parts s_ij in it. For a pose (a_i, R_i, t_i), the frame differs from the
face by e_i, in metres, with the certainty C_i along the face's axes:

    e_i = R_i' (p_i - t_i - a_i R_i f_i) / a_i         C_i = R_i' diag(1, 1, DEPTH_WEIGHT) R_i

ROUNDS times, in turn,

    pose        (a_i, R_i, t_i) by `fit_pose`
    strengths   min over g_i:  sum_n |e_in|_{C_i}^2 / NOISE_M^2 + sum_j ((g_ij - 1) / STRENGTH_SIGMA)^2
    identity    min over c:    sum_n |e_n|_C^2 / NOISE_M^2 + |c|^2

within STRENGTHS and COEFFICIENT_LIMITS, where |e|_C^2 = e' C e, C is the mean of all C_i, and e is the mean
of all e_i weighted by C_i. In the end (C + RESIDUAL_PRIOR I)^-1 C e is the residual.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.optimize import lsq_linear

from flame_model.arrays import Array, Float64Array
from flame_model.face import topology as t
from flame_model.face.landmarks import at_places, rest_landmarks
from flame_model.head import Head, LandmarkPlaces
from mappings.mirror import mirrored_landmarks
from mappings.person.identity_evidence import Evidence
from mappings.person.pose_fit import DEPTH_WEIGHT, fit_pose

NOISE_M = 0.005
"""Error of one landmark, metres, that costs as much as one sigma of a component. It is larger than the
tracker's noise because neighbouring landmarks err alike."""
COEFFICIENT_LIMITS = (-2.5, 2.5)
"""Least and greatest coefficient in sigmas; the rest of a face farther from the mean goes into the
residual."""
STRENGTHS, STRENGTH_SIGMA = (0.0, 1.2), 0.5
"""Least and greatest strength of a signal against what the mapping makes of its score, and the difference
from 1 that costs as much as one sigma. Mappings exaggerate: without strengths below 1 a mouth that the
tracker reports as pressed would leave the person with swollen lips."""
RESIDUAL_PRIOR = 0.03
"""Weight of a residual of zero against a landmark's place in the picture."""
ROUNDS = 8
"""Rounds of pose, strengths and coefficients."""
_FACE = slice(0, t.FACE_POINT_COUNT)


@dataclass(frozen=True, slots=True)
class FaceShape:
    """The landmarks of a head at rest, and their displacement by the components of identity."""

    rest: Float64Array
    """(468, 3) m: metres."""
    basis: Float64Array
    """(468, 3, I) B: metres per coefficient."""

    @classmethod
    def of(cls, head: Head, places: LandmarkPlaces) -> FaceShape:
        """Return the shape of a head whose landmarks lie at `places`."""
        basis = at_places(places, head.faces, head.identity_basis)[_FACE]
        return cls(rest_landmarks(head, places)[_FACE], basis)


class IdentityFit(NamedTuple):
    """A person's face as a head's face with an identity, and what the identity leaves."""

    coefficients: Float64Array
    """(I,) c: coefficients of the identity basis, sigmas."""
    residual: Float64Array
    """(468, 3) displacement from the head with these coefficients to the person, metres."""
    displacements: tuple[Float64Array, ...]
    """(468, 3) displacement of the person's face by its expression, metres, for each piece of evidence."""


def fit_identity(shape: FaceShape, evidence: Sequence[Evidence]) -> IdentityFit:
    """Return the identity that explains the evidence (see this module's equations).

        model = EvidenceModel(head, places, mapping)
        fit = fit_identity(FaceShape.of(head, places), [model.evidence(each) for each in observations])

    Every piece of evidence has the same weight.
    """
    coefficients = np.zeros(shape.basis.shape[2])
    displacements = tuple(each.displacement for each in evidence)
    for _ in range(ROUNDS):
        face = shape.rest + shape.basis @ coefficients
        displacements = tuple(
            _with_fitted_strengths(face, each, displacement)
            for each, displacement in zip(evidence, displacements, strict=True)
        )
        certainty, difference = _combined(face, evidence, displacements)
        coefficients = _bounded_ridge(
            shape.basis, certainty, difference + shape.basis @ coefficients, COEFFICIENT_LIMITS
        )
    certainty, difference = _combined(shape.rest + shape.basis @ coefficients, evidence, displacements)
    shrinking = np.linalg.solve(certainty + RESIDUAL_PRIOR * np.eye(3), certainty)
    return IdentityFit(coefficients, difference @ shrinking.T, displacements)


def symmetric(shape: FaceShape, fit: IdentityFit) -> IdentityFit:
    """Return the fit whose face is the mean of the fitted face and its mirror image."""
    by_basis = shape.basis @ fit.coefficients
    moved = by_basis + fit.residual
    mirrored = moved[mirrored_landmarks()[_FACE]] * (-1.0, 1.0, 1.0)
    return fit._replace(residual=0.5 * (moved + mirrored) - by_basis)


def projection_error(face: Array, points: Array) -> Float64Array:
    """Return the distances (468,) in the picture of a face's landmarks from observed ones, in eye distances.

    `face` (468, 3) in metres, with its expression, is projected by the weak perspective that fits `points`
    (468, 3) in pixels best. The eye distance is that between the middles of the eyes' corners in the picture.
    """
    drawn = fit_pose(face, points).points(face)
    left, right = (
        points[[lid[0], lid[-1]], :2].mean(axis=0) for lid in (t.LEFT_UPPER_LID, t.RIGHT_UPPER_LID)
    )
    return np.asarray(np.linalg.norm((drawn - points)[:, :2], axis=1) / np.linalg.norm(left - right))


def _combined(
    face: Float64Array, evidence: Sequence[Evidence], displacements: Sequence[Float64Array]
) -> tuple[Float64Array, Float64Array]:
    """Return the mean certainty C (3, 3) of the evidence, and its mean difference e (468, 3), metres."""
    certainty, weighted = np.zeros((3, 3)), np.zeros_like(face)
    for each, displacement in zip(evidence, displacements, strict=True):
        share, difference = _difference(face + displacement, each.points)
        certainty += share / len(evidence)
        weighted += difference @ share / len(evidence)
    return certainty, np.asarray(np.linalg.solve(certainty, weighted.T).T)


def _with_fitted_strengths(face: Float64Array, seen: Evidence, displacement: Float64Array) -> Float64Array:
    """Return the displacement (468, 3) by an expression, with its signals' strengths fitted to the picture.

    `displacement` is that of the round before.
    """
    certainty, difference = _difference(face + displacement, seen.points)
    wanted = difference + displacement - seen.displacement
    least, greatest = ((strength - 1.0) / STRENGTH_SIGMA for strength in STRENGTHS)
    sigmas = _bounded_ridge(seen.signals * STRENGTH_SIGMA, certainty, wanted, (least, greatest))
    return np.asarray(seen.displacement + seen.signals @ (STRENGTH_SIGMA * sigmas))


def _difference(face: Float64Array, points: Float64Array) -> tuple[Float64Array, Float64Array]:
    """Return the certainty C_i (3, 3) of one picture, and its difference e_i (468, 3) in metres."""
    pose = fit_pose(face, points)
    certainty = pose.rotation.T @ np.diag([1.0, 1.0, DEPTH_WEIGHT]) @ pose.rotation
    return certainty, (points - pose.points(face)) @ pose.rotation / pose.scale


def _bounded_ridge(
    basis: Float64Array, certainty: Float64Array, difference: Float64Array, limits: tuple[float, float]
) -> Float64Array:
    """Return the x (K,) within limits with the least sum_n |B_n x - e_n|_C^2 / NOISE_M^2 + |x|^2.

    `basis` B (468, 3, K) and `difference` e (468, 3) are in metres, `certainty` is C (3, 3).
    """
    count = basis.shape[2]
    if count == 0:
        return np.zeros(0)
    root = np.linalg.cholesky(certainty).T / NOISE_M
    matrix = np.einsum("xy,nyi->nxi", root, basis).reshape(-1, count)
    wanted = (difference @ root.T).ravel()
    rows, target = np.vstack([matrix, np.eye(count)]), np.concatenate([wanted, np.zeros(count)])
    factor = np.linalg.cholesky(rows.T @ rows).T
    return np.asarray(lsq_linear(factor, np.linalg.solve(factor.T, rows.T @ target), bounds=limits).x)
