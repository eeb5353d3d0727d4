"""The tracker's response to one head: the scores, angles, landmarks and apertures it reports on a drawing.

The input x (n + 3) are the n signals that drive the head, then its yaw, pitch and roll in radians. With
z = (x - centre) / scale and the head's shift t (3,) in metres, the tracker reports

    y = a + L z + z' Q z + S t        scores (52,), then yaw, pitch and roll in radians: (55,)
    p = a + L z + z' Q z              K landmarks (3 K,) in metres, laid as in `mappings.person.upright_face`
    g                                 apertures (3,), see `mappings.response.aperture_model`

each with its own a, L and Q. The angles are those of the turn as it appears. Measured by drawing the head in
random poses and tracking the drawings (`mappings.response.fit`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array, Int64Array
from mappings.response.aperture_model import ApertureModel
from mappings.response.quadratic import Quadratic
from mappings.scores.score_mapping import ScoreMapping

ANGLE_COUNT = 3
"""Yaw, pitch and roll, which follow the signals in x and the scores in y."""


@dataclass(frozen=True, slots=True)
class Response:
    """A model of the tracker's reports on one head under one mapping."""

    signals: Int64Array
    """(n,) indices of the signals, in MediaPipe's order."""
    centre: Array
    """(n + 3,) mean of the inputs that were measured."""
    scale: Array
    """(n + 3,) standard deviation of the inputs that were measured."""
    reports: Quadratic
    """Scores, then angles in radians: 55 functions of z."""
    shift_slopes: Array
    """(55, 3) S: change per metre from the scene's centre."""
    points: Int64Array
    """(K,) indices of the landmarks."""
    places: Quadratic
    """Their places, metres: 3 K functions of z."""
    apertures: ApertureModel
    """The apertures in eye distances, as functions of z."""
    eye_distance: float
    """Distance of the outer eye corners as the tracker reports it, metres."""
    angle_limits: Array
    """(3,) radians to either side up to which the head was turned."""
    linear_r2: Array
    """(52,) R2 of the scores by a model without Q and S, on readings that were kept back."""
    r2: Array
    """(52,) R2 of the scores by the whole model."""
    frames: int
    """Number of readings that the model was fitted to."""
    mapping_key: str
    """`mapping_key` of the mapping that the head was driven by."""

    @property
    def signal_count(self) -> int:
        """Number of signals, n."""
        return len(self.signals)

    def predict(self, x: Array) -> tuple[Array, Array]:
        """Return the scores and angles y (55,) at x (n + 3,) for no shift, and dy/dx (55, n + 3)."""
        return self._by_input(*self.reports(self._standard(x)))

    def predict_points(self, x: Array) -> tuple[Array, Array]:
        """Return the landmarks p (3 K,) in metres at x (n + 3,), and dp/dx (3 K, n + 3)."""
        return self._by_input(*self.places(self._standard(x)))

    def predict_apertures(self, x: Array) -> tuple[Array, Array]:
        """Return the apertures g (3,) at x (n + 3,), and slopes (3, n + 3) that never vanish."""
        return self._by_input(*self.apertures(self._standard(x)))

    def _standard(self, x: Array) -> Array:
        return (x - self.centre) / self.scale

    def _by_input(self, values: Array, slopes: Array) -> tuple[Array, Array]:
        return values, slopes / self.scale


def mapping_key(mapping: ScoreMapping) -> str:
    """Return a short text that differs for every mapping, up to single precision."""
    numbers = np.concatenate([mapping.matrix.ravel(), mapping.intercept]).astype(np.float32)
    return hashlib.sha256(numbers.tobytes()).hexdigest()[:16]
