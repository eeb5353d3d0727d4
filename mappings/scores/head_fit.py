"""Fit the mapping of any head: it shall move its landmarks as the built-in head moves them.

The built-in head is made of the displacements that the tracker itself measured per signal, so its face is the
measurement, with joints, lids and gains already in place.
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
from flame_model.face.true_landmarks import true_landmarks
from flame_model.geometry.similarity import Similarity, fit_similarity
from flame_model.head import Head, LandmarkPlaces
from flame_model.heads import BUILTIN, load_head
from flame_model.landmarks import at_places, rest_landmarks
from flame_model.params import HeadParams, rest_params
from mappings.scores.score_mapping import Coefficients, ScoreMapping
from mappings.signals import MEDIAPIPE_NAMES, SIGNAL_COUNT

NOISE_M = 0.0018
"""Displacement of a landmark, metres, whose misfit weighs as much as one sigma of a component."""
DEAD_M = 0.0001
"""Root mean square displacement below which a signal is dead: its row stays zero."""
JAW_TURNS = {"jawOpen": (0, 0.0, 0.7), "jawLeft": (1, 0.0, 0.3), "jawRight": (1, -0.3, 0.0)}
"""Axis, least and greatest angle in radians of the jaw's joint."""
JAW_FIRST = "jawOpen"
"""Goes to the joint as far as that takes it; aside, the jaw turns no more than expression leaves to it."""
_FACE = slice(0, t.FACE_POINT_COUNT)


@dataclass(frozen=True, slots=True)
class _Puppet:
    """Hold a head whose landmarks are watched while it moves, in the size and axes of another face."""

    prepared: PreparedHead
    places: LandmarkPlaces
    rest: Float64Array
    """(468, 3) metres, in the head's own size."""
    to_other: Similarity

    @classmethod
    def of(cls, head: Head, places: LandmarkPlaces, other: Float64Array | None = None) -> _Puppet:
        """Return a puppet seen in the size of the face `other` (468, 3), None for its own."""
        rest = rest_landmarks(head, places)[_FACE]
        return cls(prepare(head), places, rest, fit_similarity(rest, rest if other is None else other))

    def displacement(self, params: HeadParams) -> Float64Array:
        """Return how far (468, 3) the face's landmarks are from their rest, metres of the other face."""
        vertices = deform(self.prepared, params)
        return self.to_other.vectors(
            at_places(self.places, self.prepared.head.faces, vertices)[_FACE] - self.rest
        )

    def expression_basis(self) -> Float64Array:
        """Return the displacements (E, 468, 3) of the expression components, metres of the other face."""
        head = self.prepared.head
        moved = at_places(self.places, head.faces, head.expression_basis)[_FACE]
        return self.to_other.vectors(np.moveaxis(moved, 2, 0))


def fit_mapping(head: Head, reference_places: LandmarkPlaces | None = None) -> dict[str, Float64Array]:
    """Return the arrays of our mapping layout, by file name without suffix, for a head with landmarks.

    `reference_places` are those of the built-in head's landmarks, found as the head's were; None for the
    true ones.
    Jaw first, gaze and lids as the built-in head has them, and what is left by expression: least squares over
    the 468 points, held back by the components' size (1 is one sigma). The built-in mapping's resting face is
    fitted by itself, so that no signal carries it. Raises InputError without landmarks.
    """
    if head.landmarks is None:
        raise InputError(
            f"the head {head.name!r} has no landmarks to fit a mapping to; add it with: flame-cam heads add"
        )
    builtin, mapping = load_head(BUILTIN), ScoreMapping.default()
    reference = _Puppet.of(builtin, reference_places or true_landmarks(builtin))
    puppet = _Puppet.of(head, head.landmarks, reference.rest)
    solver = _ExpressionSolver.of(puppet)
    has_lids = head.eyelid_basis.any()
    lids = mapping.matrix[:, -2:] * has_lids
    slopes = replace(mapping, intercept=np.zeros_like(mapping.intercept))
    driven = [slopes.coefficients(scores) for scores in np.eye(SIGNAL_COUNT)]
    rows = [
        _driven_params(name, each, reference, puppet, solver)
        for name, each in zip(MEDIAPIPE_NAMES, driven, strict=True)
    ]
    expression = np.stack([row.expression for row in rows])
    expression[lids.any(axis=1)] = 0.0
    resting = _driven_params("", mapping.coefficients(np.zeros(SIGNAL_COUNT)), reference, puppet, solver)
    return {
        "bs2exp": expression.astype(np.float64),
        "exp_intercept": np.asarray(resting.expression, dtype=np.float64),
        "bs2jaw": np.stack([row.jaw for row in rows]),
        "bs2eye": np.stack([each.eyes.ravel() for each in driven]),
        "eye_intercept": np.asarray(resting.eyes, dtype=np.float64).ravel(),
        "bs2eyelids": lids,
        "eyelids_intercept": mapping.intercept[-2:] * has_lids,
    }


def _driven_params(
    name: str, driven: Coefficients, reference: _Puppet, puppet: _Puppet, solver: _ExpressionSolver
) -> HeadParams:
    """Return the parameters that show on `puppet` what the signal `name` does to the `reference`."""
    rest = rest_params(puppet.prepared.head.expression_count)
    target = reference.displacement(
        replace(rest_params(reference.prepared.head.expression_count), **driven._asdict())
    )
    if np.sqrt((target**2).sum(axis=1).mean()) < DEAD_M:
        return rest
    params = replace(rest, eyes=driven.eyes)
    if name in JAW_TURNS:
        misfit = _squares if name == JAW_FIRST else solver.leftover
        params = replace(params, jaw=_jaw_turn(puppet, target, JAW_TURNS[name], misfit))
    return replace(params, expression=solver.solve(target - puppet.displacement(params)))


def _jaw_turn(
    puppet: _Puppet,
    target: Float64Array,
    turn: tuple[int, float, float],
    misfit: Callable[[Float64Array], float],
) -> Float64Array:
    """Return the turn (3,) of the jaw within its range after which the displacement left fits best."""
    axis, least, greatest = turn
    rest = rest_params(puppet.prepared.head.expression_count)
    direction = np.eye(3)[axis]

    def left(angle: float) -> float:
        return misfit(target - puppet.displacement(replace(rest, jaw=angle * direction)))

    best = minimize_scalar(left, bounds=(least, greatest), method="bounded", options={"xatol": 1e-3})
    return np.asarray(float(best.x) * direction)


def _squares(displacement: Float64Array) -> float:
    return float((displacement**2).sum())


@dataclass(frozen=True, slots=True)
class _ExpressionSolver:
    """Solve min |basis c - displacement|^2 / NOISE_M^2 + |c|^2."""

    basis: Float64Array
    """(1404, E) displacement of the face's landmarks in units of NOISE_M."""
    inverse: Float64Array
    """(E, E)."""

    @classmethod
    def of(cls, puppet: _Puppet) -> _ExpressionSolver:
        components = puppet.expression_basis()
        basis = components.reshape(len(components), -1).T / NOISE_M
        inverse = np.linalg.inv(basis.T @ basis + np.eye(len(components)))
        return cls(basis, np.asarray(inverse, dtype=np.float64))

    def solve(self, displacement: Float64Array) -> Float64Array:
        """Return the coefficients (E,) that show a displacement (468, 3) best."""
        return np.asarray(self.inverse @ (self.basis.T @ (displacement.ravel() / NOISE_M)))

    def leftover(self, displacement: Float64Array) -> float:
        """Return the least value of what is minimised."""
        wanted = displacement.ravel() / NOISE_M
        return float(wanted @ (wanted - self.basis @ self.solve(displacement)))
