"""Fit the mapping of any head: it shall move its landmarks as the built-in head moves them.

The built-in head is made of the displacements that the tracker itself measured per signal, so its face is the
measurement, with joints, lids and gains already in place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar

from flame_model.builtin import topology as t
from flame_model.builtin.true_landmarks import true_landmarks
from flame_model.deform import PreparedHead, deform, prepare
from flame_model.errors import InputError
from flame_model.head import Head, LandmarkPlaces
from flame_model.head_io import BUILTIN, load_head
from flame_model.landmarks import at_places, rest_landmarks
from flame_model.params import HeadParams, rest_params
from flame_model.similarity import fit_similarity
from mappings.score_mapping import Coefficients, ScoreMapping
from mappings.signals import MEDIAPIPE_NAMES, SIGNAL_COUNT

Array = npt.NDArray[np.float64]

NOISE_M = 0.002
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
    """Hold a head whose landmarks are watched while it moves."""

    prepared: PreparedHead
    places: LandmarkPlaces
    rest: Array
    """(468, 3) metres."""

    @classmethod
    def of(cls, head: Head, places: LandmarkPlaces) -> _Puppet:
        return cls(prepare(head), places, rest_landmarks(head, places)[_FACE])

    def displacement(self, params: HeadParams) -> Array:
        """Return how far (468, 3) the face's landmarks are from their rest, metres."""
        vertices = deform(self.prepared, params)
        return np.asarray(at_places(self.places, self.prepared.head.faces, vertices)[_FACE] - self.rest)


def fit_mapping(head: Head) -> dict[str, Array]:
    """Return the arrays of our mapping layout, by file name without suffix, for a head with landmarks.

    Jaw first, gaze and lids as the built-in head has them, and what is left by expression: least squares over
    the 468 points, held back by the components' size (1 is one sigma). Raises InputError without landmarks.
    """
    if head.landmarks is None:
        raise InputError(
            f"the head {head.name!r} has no landmarks to fit a mapping to; add it with: flame-cam heads add"
        )
    puppet = _Puppet.of(head, head.landmarks)
    solver = _ExpressionSolver.of(puppet)
    with_lids = bool(head.eyelid_basis.any())
    expression, jaw = np.zeros((SIGNAL_COUNT, head.expression_count)), np.zeros((SIGNAL_COUNT, 3))
    eyes, eyelids = np.zeros((SIGNAL_COUNT, 6)), np.zeros((SIGNAL_COUNT, 2))
    mapping = ScoreMapping.default()
    for row, (driven, target) in enumerate(_performances(mapping, puppet.rest)):
        if np.sqrt((target**2).sum(axis=1).mean()) < DEAD_M:
            continue
        params = replace(rest_params(head.expression_count), eyes=driven.eyes)
        name = MEDIAPIPE_NAMES[row]
        if name in JAW_TURNS:
            misfit = _squares if name == JAW_FIRST else solver.leftover
            params = replace(params, jaw=_jaw_turn(puppet, target, JAW_TURNS[name], misfit))
        jaw[row], eyes[row] = params.jaw, params.eyes.ravel()
        eyelids[row] = mapping.matrix[row, -2:] * with_lids
        if not eyelids[row].any():
            expression[row] = solver.solve(target - puppet.displacement(params))
    return {
        "bs2exp": expression,
        "bs2jaw": jaw,
        "bs2eye": eyes,
        "bs2eyelids": eyelids,
        "eyelids_intercept": mapping.intercept[-2:] * with_lids,
    }


def _performances(mapping: ScoreMapping, rest: Array) -> Iterator[tuple[Coefficients, Array]]:
    """Yield for each signal at 1 what drives the built-in head, and the landmarks' displacement (468, 3).

    The displacement is in the size and axes of the face `rest` (468, 3).
    """
    builtin = load_head(BUILTIN)
    reference = _Puppet.of(builtin, true_landmarks(builtin))
    to_head = fit_similarity(reference.rest, rest)
    for scores in np.eye(SIGNAL_COUNT):
        driven = mapping.coefficients(scores)
        params = replace(rest_params(builtin.expression_count), **driven._asdict())
        yield driven, to_head.vectors(reference.displacement(params))


def _jaw_turn(
    puppet: _Puppet, target: Array, turn: tuple[int, float, float], misfit: Callable[[Array], float]
) -> Array:
    """Return the turn (3,) of the jaw within its range after which the displacement left fits best."""
    axis, least, greatest = turn
    rest = rest_params(puppet.prepared.head.expression_count)
    direction = np.eye(3)[axis]

    def left(angle: float) -> float:
        return misfit(target - puppet.displacement(replace(rest, jaw=angle * direction)))

    best = minimize_scalar(left, bounds=(least, greatest), method="bounded", options={"xatol": 1e-3})
    return np.asarray(float(best.x) * direction)


def _squares(displacement: Array) -> float:
    return float((displacement**2).sum())


@dataclass(frozen=True, slots=True)
class _ExpressionSolver:
    """Solve min |basis c - displacement|^2 / NOISE_M^2 + |c|^2."""

    basis: Array
    """(1404, E) displacement of the face's landmarks in units of NOISE_M."""
    inverse: Array
    """(E, E)."""

    @classmethod
    def of(cls, puppet: _Puppet) -> _ExpressionSolver:
        head = puppet.prepared.head
        moved = at_places(puppet.places, head.faces, head.expression_basis)[_FACE]
        basis = moved.reshape(-1, head.expression_count) / NOISE_M
        inverse = np.linalg.inv(basis.T @ basis + np.eye(head.expression_count))
        return cls(basis, np.asarray(inverse, dtype=np.float64))

    def solve(self, displacement: Array) -> Array:
        """Return the coefficients (E,) that show a displacement (468, 3) best."""
        return np.asarray(self.inverse @ (self.basis.T @ (displacement.ravel() / NOISE_M)))

    def leftover(self, displacement: Array) -> float:
        """Return the least value of what is minimised."""
        wanted = displacement.ravel() / NOISE_M
        return float(wanted @ (wanted - self.basis @ self.solve(displacement)))
