"""Smoothing keeps a head still at rest and hardly late, each group of parameters by itself, or is off."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from flame_model.errors import InputError
from flame_model.params import HeadParams, rest_params
from mappings.motion.smoothing import DEFAULT_SMOOTHING, Reach, Smoothing

FPS = 30
REACH = Reach(np.array([8.0, 12.0, 10.0]), np.array([True, False, False]))


def shaky(seed: int, size: float) -> HeadParams:
    rng = np.random.default_rng(seed)
    rest = rest_params(3)
    return HeadParams(*(rng.normal(0, size, getattr(rest, field.name).shape) for field in fields(rest)))


def flat(params: HeadParams) -> np.ndarray:
    return np.concatenate([np.ravel(getattr(params, field.name)) for field in fields(params)])


def test_at_zero_it_is_exactly_off() -> None:
    smoothing = Smoothing(REACH, 0.0)
    for frame in range(5):
        params = shaky(frame, 1.0)
        assert smoothing.smooth(params, frame / FPS) is params


@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan")])
def test_other_strengths_are_refused(strength: float) -> None:
    with pytest.raises(InputError, match=f"from 0 .* to 1, received {strength}"):
        Smoothing(REACH, strength)


def test_more_strength_means_less_jitter() -> None:
    noise = [shaky(frame, 1e-4) for frame in range(60)]

    def jitter(strength: float) -> float:
        smoothing = Smoothing(REACH, strength)
        rows = [flat(smoothing.smooth(params, frame / FPS)) for frame, params in enumerate(noise)]
        return float(np.abs(np.diff(rows, axis=0)).mean())

    sizes = [jitter(strength) for strength in (0.0, 0.1, DEFAULT_SMOOTHING, 0.7, 1.0)]
    assert (np.diff(sizes) < 0).all()
    assert jitter(DEFAULT_SMOOTHING) < 0.6 * jitter(0.0)


def test_a_smile_is_at_most_20_ms_late_by_default() -> None:
    """A component that goes there and back in half a second, as lips do when they speak."""
    times = np.arange(60) / FPS
    wave = 0.3 - 0.3 * np.cos(2 * np.pi * 2 * times)
    smoothing = Smoothing(REACH)
    smooth = [
        smoothing.smooth(replace(rest_params(3), expression=np.array([0, v, 0])), t).expression[1]
        for v, t in zip(wave, times, strict=True)
    ]
    turn = np.exp(2j * np.pi * 2 * times[15:])
    late_s = np.angle(np.vdot(turn, wave[15:]) / np.vdot(turn, smooth[15:])) / (2 * np.pi * 2)
    assert 0.001 < late_s < 0.020


def test_brows_lids_and_gaze_do_not_hasten_each_other() -> None:
    smoothing = Smoothing(REACH, 0.9)
    still = rest_params(3)
    smoothing.smooth(still, 0.0)
    moved = replace(still, expression=np.array([0.001, 1.0, 0.001]), eyelids=np.full(2, 0.001))
    smooth = smoothing.smooth(moved, 1 / FPS)
    brow, mouth, lip = smooth.expression / moved.expression
    assert mouth == pytest.approx(lip)
    assert mouth > 3 * brow
    assert mouth > 3 * smooth.eyelids[0] / 0.001


def test_a_turn_past_half_way_round_does_not_swing_back_through_the_front() -> None:
    smoothing = Smoothing(REACH, 1.0)
    before, after = (replace(rest_params(3), rotation=np.array([0, angle, 0])) for angle in (3.1, -3.1))
    smoothing.smooth(before, 0.0)
    np.testing.assert_array_equal(smoothing.smooth(after, 1 / FPS).rotation, after.rotation)


def test_after_a_reset_the_next_face_is_shown_as_it_is() -> None:
    smoothing = Smoothing(REACH, 1.0)
    smoothing.smooth(shaky(0, 0.1), 0.0)
    smoothing.reset()
    np.testing.assert_array_equal(flat(smoothing.smooth(shaky(1, 0.1), 0.1)), flat(shaky(1, 0.1)))


def test_a_blink_keeps_its_depth_by_default() -> None:
    """Lids that shut and open within a fifth of a second."""
    closures = np.array([0, 0, 0, 0, 0.3, 0.8, 1.0, 0.8, 0.4, 0.1, 0, 0, 0])
    smoothing = Smoothing(REACH)
    smooth = [
        smoothing.smooth(replace(rest_params(3), eyelids=np.full(2, e)), frame / FPS).eyelids[0]
        for frame, e in enumerate(closures)
    ]
    assert max(smooth) > 0.95
    assert np.corrcoef(smooth, closures)[0, 1] > 0.99
