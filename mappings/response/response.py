"""The tracker's response to one head: the scores, angles, landmarks and apertures it reports on a drawing.

The input x (n + 3) are the n signals that drive the head, then its yaw, pitch and roll in radians. With the
head's shift t (3,) in metres and z = ((x, t) - centre) / scale, the tracker reports

    link(network(z))

the even scores (52,) of `mappings.evenness`, the angles (3,) in radians of the turn as it appears, the places
of K landmarks (3 K,) in metres, as `mappings.response.anchors` measures them on an upright face, and the
apertures (3,) of `mappings.person.apertures` (see `mappings.response.links`). Measured by drawing the head in
random poses and tracking the drawings (`mappings.response.fit`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from flame_model.arrays import Array, Int64Array
from mappings.response.links import APERTURE_COUNT, REPORT_COUNT, link, usable_slopes
from mappings.response.network import Network
from mappings.scores.score_mapping import ScoreMapping

_NO_SHIFT = np.zeros(3)


class Reports(NamedTuple):
    """What the tracker reports, or the slopes of it by x in rows (n + 3,)."""

    report: Array
    """(55,) scores, then angles in radians."""
    points: Array
    """(3 K,) landmarks in metres."""
    apertures: Array
    """(3,) mouth, left and right eye, eye distances."""


@dataclass(frozen=True, slots=True)
class Response:
    """A model of the tracker's reports on one head under one mapping."""

    signals: Int64Array
    """(n,) indices of the signals, in MediaPipe's order."""
    centre: Array
    """(n + 6,) mean of the signals, angles and shifts that were measured."""
    scale: Array
    """(n + 6,) their standard deviation."""
    network: Network
    points: Int64Array
    """(K,) indices of the landmarks."""
    shut: Array
    """(3,) apertures of pressed lips and lids, eye distances."""
    people_mean: Array
    """(n,) mean of people's signals, see `mappings.response.people`."""
    people_precision: Array
    """(n, n) inverse of their covariance; 0 where people's signals are not known."""
    eye_distance: float
    """Distance of the outer eye corners as the tracker reports it, metres."""
    angle_limits: Array
    """(3,) radians to either side up to which the head was turned."""
    linear_r2: Array
    """(52,) R2 of the scores by a linear model, on readings that were kept back."""
    r2: Array
    """(52,) R2 of the scores by this one."""
    frames: int
    """Number of readings."""
    mapping_key: str
    """`mapping_key` of the mapping that the head was driven by."""

    @property
    def signal_count(self) -> int:
        """Number of signals, n."""
        return len(self.signals)

    def reports(self, x: Array, shift: Array = _NO_SHIFT) -> Reports:
        """Return what the tracker reports at x (n + 3,) and a shift (3,) in metres."""
        u = self.network.values(self._standard(x, shift))
        return self._parts(link(u.astype(np.float64), self.shut)[0])

    def predict(self, x: Array, shift: Array = _NO_SHIFT) -> tuple[Reports, Reports]:
        """Return the reports at x (n + 3,) and a shift (3,), and their slopes (., n + 3).

        The slopes are those by x, but for scores that are all but 0 or 1 and for apertures that are shut
        (`usable_slopes`), so that they never vanish for a solver.
        """
        u, slopes = self.network(self._standard(x, shift))
        reported, bends = link(u.astype(np.float64), self.shut)
        by_x = usable_slopes(bends)[:, None] * slopes[:, : len(x)] / self.scale[: len(x)]
        return self._parts(reported), self._parts(by_x)

    def _standard(self, x: Array, shift: Array) -> Array:
        return (np.concatenate([x, shift]) - self.centre) / self.scale

    def _parts(self, rows: Array) -> Reports:
        return Reports(rows[:REPORT_COUNT], rows[REPORT_COUNT:-APERTURE_COUNT], rows[-APERTURE_COUNT:])


def mapping_key(mapping: ScoreMapping) -> str:
    """Return a short text that differs for every mapping, up to single precision."""
    numbers = np.concatenate([mapping.matrix.ravel(), mapping.intercept]).astype(np.float32)
    return hashlib.sha256(numbers.tobytes()).hexdigest()[:16]
