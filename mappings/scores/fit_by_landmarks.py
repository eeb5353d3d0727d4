"""Fit a mapping to any head so that it moves the head's landmarks as the built-in head moves its own.

The built-in head is made of the displacements that the tracker itself measured per signal, so its face is the
measurement, with joints, lids and gains already in place.

For each signal, with the displacement d (468, 3) of the built-in head's landmarks, brought to the size and
axes of the other head's face, the eyes turn as the built-in head's do and the coefficients x (E,) are

    argmin over x:  |B x - (d - d_joints)|^2 / NOISE_M^2 + |x|^2

with the displacement B of the landmarks per unit of each component, and the displacement d_joints by the eyes
and the jaw. All displacements are in metres, and a component's unit is one sigma. The jaw turns for three
signals only, about one axis each (JAW_TURNS): for jawOpen by the angle with the least |d - d_jaw|^2, for
jawLeft and jawRight by the one with the least value of the cost above.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import minimize_scalar

from flame_model.arrays import Float64Array
from flame_model.deform import PreparedHead, deform, prepare
from flame_model.errors import InputError
from flame_model.face import topology as t
from flame_model.face.landmarks import at_places, rest_landmarks
from flame_model.face.true_landmarks import true_landmarks
from flame_model.find_heads import BUILTIN, load_head
from flame_model.geometry.similarity import Similarity, fit_similarity
from flame_model.head import Head, LandmarkPlaces
from flame_model.params import HeadParams, rest_params
from mappings.scores.layout import Coefficients
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_NAMES, SIGNAL_COUNT

NOISE_M = 0.0018
"""Misfit of one landmark, metres, that costs as much as one sigma of a component. Chosen by trial."""
DEAD_M = 0.0001
"""Root mean square displacement of the landmarks, metres, below which a signal's row stays zero."""
JAW_TURNS = {"jawOpen": (0, 0.0, 0.7), "jawLeft": (1, 0.0, 0.3), "jawRight": (1, -0.3, 0.0)}
"""Signals that turn the jaw: axis, least and greatest angle in radians."""
JAW_FIRST = "jawOpen"
"""The signal for which the jaw's joint takes as much of the displacement as it can, and expression the rest.
For sideways signals jaw and expression are fitted together."""
_FACE = slice(0, t.FACE_POINT_COUNT)


@dataclass(frozen=True, slots=True)
class _FaceMotion:
    """The motion of a head's face landmarks, in the size and axes of another face."""

    prepared: PreparedHead
    places: LandmarkPlaces
    rest: Float64Array
    """(468, 3) metres, in the head's own size."""
    to_other: Similarity
    """From the head's face at rest to the other face."""

    @classmethod
    def of(cls, head: Head, places: LandmarkPlaces, other: Float64Array | None = None) -> _FaceMotion:
        """Return the motion of `head` in the size of the face `other` (468, 3), None for its own size."""
        rest = rest_landmarks(head, places)[_FACE]
        return cls(prepare(head), places, rest, fit_similarity(rest, rest if other is None else other))

    @property
    def rest_params(self) -> HeadParams:
        """The head's parameters at rest."""
        return rest_params(self.prepared.head.expression_count)

    def displacement(self, params: HeadParams) -> Float64Array:
        """Return the displacement (468, 3) of the landmarks from their rest, metres of the other face."""
        vertices = deform(self.prepared, params)
        moved = at_places(self.places, self.prepared.head.faces, vertices)[_FACE]
        return self.to_other.vectors(moved - self.rest)

    def expression_basis(self) -> Float64Array:
        """Return the displacements (E, 468, 3) of the expression components, metres of the other face."""
        head = self.prepared.head
        moved = at_places(self.places, head.faces, head.expression_basis)[_FACE]
        return self.to_other.vectors(np.moveaxis(moved, 2, 0))


def fit_mapping(head: Head, reference_places: LandmarkPlaces | None = None) -> dict[str, Float64Array]:
    """Return the arrays of our mapping layout, by file name without suffix, for a head with landmarks.

    `reference_places` are the places of the built-in head's landmarks, found as those of `head` were; None
    for the true ones. Gaze and lids are the built-in mapping's. Its resting face is fitted by itself and
    becomes the intercept, so that no signal carries it. Raises InputError without landmarks.
    """
    if head.landmarks is None:
        raise InputError(
            f"The head {head.name!r} has no landmarks to fit a mapping to; add it with: flame-cam heads add."
        )
    builtin, mapping = load_head(BUILTIN), ScoreMapping.default()
    reference = _FaceMotion.of(builtin, reference_places or true_landmarks(builtin))
    fitted = _FaceMotion.of(head, head.landmarks, reference.rest)
    solver = _ExpressionSolver.of(fitted)
    has_lids = head.eyelid_basis.any()
    lids = mapping.matrix[:, mapping.layout.eyelids] * has_lids
    slopes = replace(mapping, intercept=np.zeros_like(mapping.intercept))
    driven = [slopes.coefficients(scores) for scores in np.eye(SIGNAL_COUNT)]
    rows = [
        _fitted_params(name, each, reference, fitted, solver)
        for name, each in zip(MEDIAPIPE_NAMES, driven, strict=True)
    ]
    expression = np.stack([row.expression for row in rows])
    expression[lids.any(axis=1)] = 0.0
    resting = _fitted_params("", mapping.coefficients(np.zeros(SIGNAL_COUNT)), reference, fitted, solver)
    return {
        "bs2exp": expression.astype(np.float64),
        "exp_intercept": np.asarray(resting.expression, dtype=np.float64),
        "bs2jaw": np.stack([row.jaw for row in rows]),
        "bs2eye": np.stack([each.eyes.ravel() for each in driven]),
        "eye_intercept": np.asarray(resting.eyes, dtype=np.float64).ravel(),
        "bs2eyelids": lids,
        "eyelids_intercept": mapping.intercept[mapping.layout.eyelids] * has_lids,
    }


def _fitted_params(
    name: str, driven: Coefficients, reference: _FaceMotion, fitted: _FaceMotion, solver: _ExpressionSolver
) -> HeadParams:
    """Return the parameters with which `fitted` moves as the signal `name` moves the `reference`.

    `driven` are the coefficients of the reference for that signal.
    """
    rest = fitted.rest_params
    target = reference.displacement(driven.params())
    if np.sqrt((target**2).sum(axis=1).mean()) < DEAD_M:
        return rest
    params = replace(rest, eyes=driven.eyes)
    if name in JAW_TURNS:
        misfit = _squares if name == JAW_FIRST else solver.least_cost
        params = replace(params, jaw=_jaw_turn(fitted, target, JAW_TURNS[name], misfit))
    return replace(params, expression=solver.solve(target - fitted.displacement(params)))


def _jaw_turn(
    fitted: _FaceMotion,
    target: Float64Array,
    turn: tuple[int, float, float],
    misfit: Callable[[Float64Array], float],
) -> Float64Array:
    """Return the turn (3,) of the jaw, within its range, that leaves a displacement of the least misfit."""
    axis, least, greatest = turn
    rest = fitted.rest_params
    direction = np.eye(3)[axis]

    def remaining_misfit(angle: float) -> float:
        return misfit(target - fitted.displacement(replace(rest, jaw=angle * direction)))

    options = {"xatol": 1e-3}
    best = minimize_scalar(remaining_misfit, bounds=(least, greatest), method="bounded", options=options)
    return np.asarray(float(best.x) * direction)


def _squares(displacement: Float64Array) -> float:
    return float((displacement**2).sum())


@dataclass(frozen=True, slots=True)
class _ExpressionSolver:
    """Solve min over x of |B x - d|^2 / NOISE_M^2 + |x|^2 for displacements d of the face's landmarks."""

    basis: Float64Array
    """(3 * 468, E) B / NOISE_M."""
    inverse: Float64Array
    """(E, E) inverse of the normal matrix."""

    @classmethod
    def of(cls, fitted: _FaceMotion) -> _ExpressionSolver:
        """Return the solver for a head's expression components."""
        components = fitted.expression_basis()
        basis = components.reshape(len(components), -1).T / NOISE_M
        inverse = np.linalg.inv(basis.T @ basis + np.eye(len(components)))
        return cls(basis, np.asarray(inverse, dtype=np.float64))

    def solve(self, displacement: Float64Array) -> Float64Array:
        """Return the coefficients (E,) of the least cost for a displacement (468, 3) in metres."""
        return np.asarray(self.inverse @ (self.basis.T @ (displacement.ravel() / NOISE_M)))

    def least_cost(self, displacement: Float64Array) -> float:
        """Return the least cost for a displacement (468, 3) in metres."""
        wanted = displacement.ravel() / NOISE_M
        return float(wanted @ (wanted - self.basis @ self.solve(displacement)))
