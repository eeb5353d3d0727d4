"""The measures show the faults of drivers whose faults are known."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.evaluating.driving import DrivenClip, Variant
from app.evaluating.face_points import FacePoints
from app.evaluating.head_measures import HeadMeasures, measure, out_of_range
from app.evaluating.observed_clips import ObservedClip, TrackedVideo
from app.model.animated_head import AnimatedHead
from flame_model.params import rest_params
from mappings.person.correction import Correction
from mappings.person.profile import Profile
from mappings.signals import MEDIAPIPE_INDEX


def measured(clip: ObservedClip, variant: Variant, points: FacePoints | None) -> HeadMeasures:
    driver = variant.driver()
    params = [driver.follow(each, float(t)) for each, t in zip(clip.driving, clip.times, strict=True)]
    return measure(DrivenClip(clip, tuple(params), TrackedVideo((), ())), variant, points)


def test_smoothing_causes_lag(demo_clip: ObservedClip, animated: AnimatedHead) -> None:
    points = FacePoints.of(animated.head)
    off, light, heavy = (measured(demo_clip, Variant("scores", animated, s), points) for s in (0.0, 0.2, 0.7))
    assert off.lag_ms["lips"] == pytest.approx(0.0, abs=1e-6)
    assert 0.0 < light.slowest_ms < heavy.slowest_ms


def test_a_mapping_that_knows_one_side_only_is_asymmetric(
    demo_clip: ObservedClip, animated: AnimatedHead
) -> None:
    points = FacePoints.of(animated.head)
    lame = animated.mapping.matrix.copy()
    lame[MEDIAPIPE_INDEX["mouthSmileLeft"]] = 0.0
    lame_head = replace(animated, mapping=replace(animated.mapping, matrix=lame))
    both, one = (measured(demo_clip, Variant("scores", c, 0.0), points) for c in (animated, lame_head))
    assert both.asymmetry_mm < 0.1
    assert one.asymmetry_mm > both.asymmetry_mm + 0.1


def test_a_person_with_a_profile_is_mirrored_with_it(demo_clip: ObservedClip, animated: AnimatedHead) -> None:
    lopsided = np.zeros(52)
    lopsided[MEDIAPIPE_INDEX["mouthSmileLeft"]] = 0.3
    profile = Profile(correction=Correction().resting_at(lopsided))
    measures = measured(demo_clip, Variant("scores", animated, 0.0, profile), FacePoints.of(animated.head))
    assert measures.asymmetry_mm < 0.1


def test_a_mapping_with_an_open_mouth_at_rest_is_biased(
    demo_clip: ObservedClip, animated: AnimatedHead
) -> None:
    points = FacePoints.of(animated.head)
    ajar = animated.mapping.intercept.copy()
    ajar[animated.mapping.expression_count] += 0.2
    ajar_head = replace(animated, mapping=replace(animated.mapping, intercept=ajar))
    good, bad = (measured(demo_clip, Variant("scores", c, 0.0), points) for c in (animated, ajar_head))
    assert bad.bias_mm > good.bias_mm + 0.5


def test_without_landmarks_the_turn_alone_is_measured(
    demo_clip: ObservedClip, animated: AnimatedHead
) -> None:
    measures = measured(demo_clip, Variant("scores", animated, 0.0), None)
    assert list(measures.lag_ms) == ["turn"]
    assert np.isnan([measures.jitter_mm, measures.bias_mm, measures.asymmetry_mm]).all()
    assert measures.out_of_range < 0.01


def test_values_out_of_range_are_counted() -> None:
    rest = rest_params(5)
    wild = replace(
        rest,
        expression=np.array([0.0, 3.5, -4.0, 2.9, -0.04]),
        jaw=np.array([-0.2, 9.0, 9.0]),
        eyelids=np.array([1.2, 0.5]),
    )
    assert out_of_range([rest, wild], named=False) == pytest.approx(4 / 16)
    assert out_of_range([rest, wild], named=True) == pytest.approx(5 / 16), "a signal goes from 0 to 1"
