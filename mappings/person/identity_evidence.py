"""The evidence of an observation about a person's identity: landmarks, and the expression's part in them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from flame_model.arrays import Array, Float64Array
from flame_model.deform import deform, prepare
from flame_model.face.landmarks import at_places, rest_landmarks
from flame_model.face.topology import FACE_POINT_COUNT
from flame_model.head import Head, LandmarkPlaces
from mappings.frames import FaceObservation
from mappings.person.upright_face import PICTURE_AXES
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import SIGNAL_COUNT

DEAD_M = 0.0001
"""Root mean square displacement of the landmarks, metres, up to which the strength of a signal is not
fitted."""
_FACE = slice(0, FACE_POINT_COUNT)


class Evidence(NamedTuple):
    """The information in one frame about the identity of a face."""

    points: Float64Array
    """(468, 3) p: landmarks in pixels, x right, y up, z towards the viewer."""
    displacement: Float64Array
    """(468, 3) d: displacement of the head's landmarks by the expression that the mapping makes of the
    scores, metres."""
    signals: Float64Array
    """(468, 3, S) s_j: the part of each signal in it, metres; signals that move the landmarks by less than
    DEAD_M are left out."""


class EvidenceModel:
    """Turn observations into evidence, by the expressions that a head shows under its mapping."""

    def __init__(self, head: Head, places: LandmarkPlaces, mapping: ScoreMapping) -> None:
        self._prepared, self._places, self._mapping = prepare(head), places, mapping
        self._rest = rest_landmarks(head, places)[_FACE]
        still = self._displacement(np.zeros(SIGNAL_COUNT))
        moved = [self._displacement(scores) - still for scores in np.eye(SIGNAL_COUNT)]
        self._signals = np.stack(moved, axis=-1)

    def evidence(self, observation: FaceObservation) -> Evidence:
        """Return the evidence in an observation."""
        points = observation.landmarks[_FACE].astype(np.float64) * PICTURE_AXES
        signals = self._signals * observation.scores
        moving = np.sqrt((signals**2).sum(axis=1).mean(axis=0)) > DEAD_M
        return Evidence(points, self._displacement(observation.scores), signals[..., moving])

    def _displacement(self, scores: Array) -> Float64Array:
        """Return the displacement (468, 3) of the landmarks from their rest by scores (52,), metres."""
        params = self._mapping.coefficients(scores).params()
        moved = at_places(self._places, self._prepared.head.faces, deform(self._prepared, params))[_FACE]
        return np.asarray(moved - self._rest)
