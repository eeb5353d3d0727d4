"""What can be said of a driven head without drawing it: rest jitter, lag, neutral bias, asymmetry, range."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.evaluating.at_rest import NOT_KNOWN, neutral_bias, rest_jitter
from app.evaluating.driving import DrivenClip, Variant
from app.evaluating.face_points import LIDS, LIPS, FacePoints, mirrored_displacements
from app.evaluating.lag import lag_s
from app.evaluating.observed_clips import ObservedClip
from flame_model.arrays import Float64Array
from flame_model.params import HeadParams
from mappings.frames import FaceObservation
from mappings.mirror import mirror_observation
from mappings.motion.driver import Driver

SIGMA_RANGE = (-3.0, 3.0)
NAMED_RANGE = (-0.05, 1.05)
"""Of a component with a signal's name: 0 at rest, 1 in full, and a twentieth that nobody sees."""
JAW_RANGE = (-0.1, 0.6)
"""Radians about x."""
LID_RANGE = (0.0, 1.0)
_TURN_MM = 100.0
"""What a radian of the head's turn moves in the face."""


@dataclass(frozen=True, slots=True)
class HeadMeasures:
    """Hold what one way of driving a head does over one clip; NaN where nobody can tell."""

    jitter_mm: float
    """Mean distance that points of lips and lids go from frame to frame while the person does not move."""
    lag_ms: dict[str, float]
    """By how much lips, lids and the head's turn come after the same driver without smoothing."""
    bias_mm: float
    """Median distance of lips, lids and brows from the head's own rest while the person is at rest.

    The person's neutral is known: it was set in the calmest frame, as N does.
    """
    asymmetry_mm: float
    """Mean distance of lips, lids and brows from what the mirrored person, mirrored back, gives."""
    out_of_range: float
    """Share of expression coefficients, jaw angles and lids outside their ranges."""

    @property
    def slowest_ms(self) -> float:
        """Lag of the part that comes last; NaN where nothing moves."""
        known = [lag for lag in self.lag_ms.values() if not np.isnan(lag)]
        return max(known, default=NOT_KNOWN)


def measure(driven: DrivenClip, variant: Variant, points: FacePoints | None) -> HeadMeasures:
    """Measure what a variant did to its head in a clip; `points` are the head's where they are known."""
    clip, params = driven.clip, driven.params
    plain = _driven(clip.driving, clip, variant.unsmoothed().driver())
    moved = {"turn": (_turns(params), _turns(plain))}
    jitter = bias = asymmetry = NOT_KNOWN
    if points is not None:
        shown, unsmoothed = points.displacements(params), points.displacements(plain)
        mirror = (None if each is None else mirror_observation(each) for each in clip.driving)
        mirrored = mirrored_displacements(
            points.displacements(_driven(mirror, clip, variant.mirrored().driver()))
        )
        seen = np.array([each is not None for each in clip.driving])
        moved |= {
            name: (shown[:, part], unsmoothed[:, part]) for name, part in (("lips", LIPS), ("lids", LIDS))
        }
        jitter = rest_jitter(clip, variant, points)
        bias = neutral_bias(clip, variant, points)
        asymmetry = float(np.linalg.norm(shown - mirrored, axis=2)[seen].mean())
    lags = {name: 1000.0 * lag_s(late, early, clip.fps) for name, (late, early) in moved.items()}
    return HeadMeasures(
        jitter, lags, bias, asymmetry, out_of_range(params, bool(variant.animated.head.expression_names))
    )


def out_of_range(params: Iterable[HeadParams], named: bool) -> float:
    """Return the share of values outside JAW_RANGE (about x), LID_RANGE and the range of expression.

    That is NAMED_RANGE where components are `named` after signals, else SIGMA_RANGE.
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


def _outside(values: npt.NDArray[np.floating], bounds: tuple[float, float]) -> npt.NDArray[np.bool_]:
    return (values < bounds[0]) | (values > bounds[1])


def _driven(
    observations: Iterable[FaceObservation | None], clip: ObservedClip, driver: Driver
) -> list[HeadParams]:
    """Return what observations at the clip's times do to the head."""
    return [driver.follow(each, float(time_s)) for each, time_s in zip(observations, clip.times, strict=True)]


def _turns(params: Iterable[HeadParams]) -> Float64Array:
    """Return (N, 1, 3) the head's turn about the axes, in millimetres of the face's way."""
    return np.array([[each.rotation + each.neck] for each in params]) * _TURN_MM
