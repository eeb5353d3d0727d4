"""Measure a driven head without drawing it: rest jitter, lag, neutral bias, asymmetry and range."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from app.evaluating.driving import DrivenClip, Variant
from app.evaluating.face_points import LIDS, LIPS, FacePoints, mirrored_displacements
from app.evaluating.lag import lag_s
from app.evaluating.observed_clips import ObservedClip
from app.evaluating.rest_measures import UNKNOWN, neutral_bias, rest_jitter
from flame_model.arrays import Array, FlagArray, Float64Array
from flame_model.params import HeadParams
from mappings.frames import FaceObservation
from mappings.mirror import mirror_observation
from mappings.motion.driver import Driver

SIGMA_RANGE = (-3.0, 3.0)
"""Range of an expression component without a signal's name, standard deviations."""
NAMED_RANGE = (-0.05, 1.05)
"""Range of a component with a signal's name: 0 at rest to 1, and a margin of 0.05 that cannot be seen."""
JAW_RANGE = (-0.1, 0.6)
"""Range of the jaw's angle about x, radians."""
LID_RANGE = (0.0, 1.0)
"""Range of a lid's closure."""
_TURN_MM = 100.0
"""Distance that a point of the face moves when the head turns by one radian."""


@dataclass(frozen=True, slots=True)
class HeadMeasures:
    """The measures of one variant over one clip; NaN where the clip or the head does not allow a measure."""

    jitter_mm: float
    """Mean distance that lips and lids move from frame to frame while the person does not move."""
    lag_ms: dict[str, float]
    """Delay of "lips", "lids" and the head's "turn" against the same driver without smoothing."""
    bias_mm: float
    """Median distance of lips, lids and brows from the head's own rest while the person is at rest.

    The neutral was set in the calmest frame, as the key N does.
    """
    asymmetry_mm: float
    """Mean distance of lips, lids and brows from those that the mirrored person gives, mirrored back."""
    out_of_range: float
    """Share of expression coefficients, jaw angles and lids outside their ranges."""

    @property
    def slowest_ms(self) -> float:
        """The largest lag; NaN where nothing moves."""
        known = [lag for lag in self.lag_ms.values() if not np.isnan(lag)]
        return max(known, default=UNKNOWN)


def measure(driven: DrivenClip, variant: Variant, points: FacePoints | None) -> HeadMeasures:
    """Measure a variant on a clip; `points` are those of its head, None where they are unknown."""
    clip, params = driven.clip, driven.params
    plain = _driven(clip.driving, clip, variant.unsmoothed().driver())
    moved = {"turn": (_turns(params), _turns(plain))}
    jitter = bias = asymmetry = UNKNOWN
    if points is not None:
        shown, unsmoothed = points.displacements(params), points.displacements(plain)
        mirror = (None if each is None else mirror_observation(each) for each in clip.driving)
        mirrored = mirrored_displacements(
            points.displacements(_driven(mirror, clip, variant.mirrored().driver()))
        )
        found = np.array([each is not None for each in clip.driving])
        moved["lips"] = (shown[:, LIPS], unsmoothed[:, LIPS])
        moved["lids"] = (shown[:, LIDS], unsmoothed[:, LIDS])
        jitter = rest_jitter(clip, variant, points)
        bias = neutral_bias(clip, variant, points)
        asymmetry = float(np.linalg.norm(shown - mirrored, axis=2)[found].mean())
    lags = {name: 1000.0 * lag_s(late, early, clip.fps) for name, (late, early) in moved.items()}
    return HeadMeasures(
        jitter, lags, bias, asymmetry, out_of_range(params, bool(variant.animated.head.expression_names))
    )


def out_of_range(params: Iterable[HeadParams], named: bool) -> float:
    """Return the share of values outside JAW_RANGE (about x), LID_RANGE and the range of expression.

    The range of expression is NAMED_RANGE where components are `named` after signals, else SIGMA_RANGE.
    """
    expression_range = NAMED_RANGE if named else SIGMA_RANGE
    outside = [
        np.concatenate(
            [
                _outside(each.expression, expression_range),
                _outside(each.jaw[:1], JAW_RANGE),
                _outside(each.eyelids, LID_RANGE),
            ]
        )
        for each in params
    ]
    return float(np.mean(outside))


def _outside(values: Array, bounds: tuple[float, float]) -> FlagArray:
    return (values < bounds[0]) | (values > bounds[1])


def _driven(
    observations: Iterable[FaceObservation | None], clip: ObservedClip, driver: Driver
) -> list[HeadParams]:
    """Return the head's parameters for observations at the clip's times."""
    return [driver.follow(each, float(time_s)) for each, time_s in zip(observations, clip.times, strict=True)]


def _turns(params: Iterable[HeadParams]) -> Float64Array:
    """Return the head's turn about the axes as motion of the face (N, 1, 3), millimetres."""
    return np.array([[each.rotation + each.neck] for each in params]) * _TURN_MM
