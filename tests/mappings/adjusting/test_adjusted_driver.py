"""A driver shows adjustments at the right time: with a face, without one, and in a mirror."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.errors import InputError
from flame_model.find_heads import load_head
from flame_model.rotations import axis_angle_from_matrix, matrix_from_axis_angle
from mappings.adjusting.adjuster import Adjuster
from mappings.adjusting.adjustments import Adjustments
from mappings.adjusting.easing import IN_S, OUT_S
from mappings.adjusting.head_signals import HeadSignals
from mappings.evenness import even_scores
from mappings.mirror import mirror_observation
from mappings.motion.driver import Driver
from mappings.motion.head_pose import carried_origin
from mappings.motion.placement import Placement
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.solver import ScoreSolver, Solved
from mappings.signals import LIDS, SHOWN_INDEX

HEAD = load_head("builtin")
STEP_S = 1 / 30
PARAMS = ("expression", "jaw", "eyes", "neck", "rotation", "translation", "eyelids")
LEFT, RIGHT = (HEAD.expression_names.index(f"mouthSmile{side}") for side in ("Left", "Right"))


def driver_with(adjustments: Adjustments | None, placement: Placement | None = None) -> Driver:
    """Return a driver of the built-in head by scores, with None one that cannot be adjusted."""
    mapping = ScoreMapping.default()
    signals = HeadSignals(mapping, HEAD.expression_names)
    adjuster = None if adjustments is None else Adjuster(signals, adjustments)
    joints = HEAD.joint_regressor @ HEAD.template
    return Driver(ScoreSolver(mapping), joints, placement=placement, adjuster=adjuster)


@pytest.fixture
def observation(make_observation):
    return make_observation(7)


def assert_same(one, other):
    for name in PARAMS:
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def test_without_adjustments_every_bit_is_as_without_an_adjuster(make_observation):
    plain, adjusted = driver_with(None, Placement()), driver_with(Adjustments(), Placement())
    seen = [make_observation(seed) for seed in (1, 2)] + [None] * 20 + [make_observation(3)] * 3
    for step, each in enumerate(seen):
        assert_same(plain.follow(each, step * STEP_S), adjusted.follow(each, step * STEP_S))


def test_adjustments_that_were_taken_back_leave_nothing(observation):
    plain, adjusted = driver_with(None), driver_with(Adjustments())
    given = Adjustments({"mouth": 2.0, "head": 0.5}, held={"jawOpen": 1.0}, expressions=frozenset({"kiss"}))
    for driver in (plain, adjusted):
        driver.follow(observation, 0.0)
    adjusted.adjust(given)
    assert np.abs(adjusted.follow(observation, 0.1).jaw - plain.follow(observation, 0.1).jaw).max() > 0.01
    adjusted.adjust(Adjustments())
    for time_s in (0.2, 0.2 + OUT_S, 0.3 + OUT_S):
        params = adjusted.follow(observation, time_s), plain.follow(observation, time_s)
    assert_same(*params)


def test_an_expression_eases_in_over_a_tracked_face_and_stays_without_one(observation):
    driver = driver_with(Adjustments())
    driver.follow(observation, 0.0)
    driver.adjust(Adjustments(expressions=frozenset({"wink"})))
    lids = [driver.follow(observation, step * IN_S / 6).eyelids[0] for step in range(1, 7)]
    assert (np.diff(lids) >= 0.0).all()
    assert lids[-1] == pytest.approx(1.0)
    alone = [driver.follow(None, 1.0 + step * STEP_S) for step in range(30)][-1]
    np.testing.assert_allclose(alone.eyelids, (1.0, 0.0), atol=1e-6)
    assert alone.expression[LEFT] > 0.5


def test_a_driver_begins_with_the_expressions_that_are_on(observation):
    driver = driver_with(Adjustments(expressions=frozenset({"wink"})))
    assert driver.follow(observation, 0.0).eyelids[0] == pytest.approx(1.0)


def test_a_held_signal_is_shown_whatever_is_tracked(make_observation):
    driver = driver_with(Adjustments(held={"mouthSmileLeft": 0.3}))
    for seed in range(3):
        shown = driver.follow(make_observation(seed), seed * STEP_S)
        assert shown.expression[LEFT] == pytest.approx(0.3, abs=1e-6)
    assert driver.seen.shown[SHOWN_INDEX["mouthSmileLeft"]] == pytest.approx(0.3)


def test_the_signals_are_told_as_tracked_and_as_shown(observation):
    driver = driver_with(Adjustments({"lids": 0.0}))
    driver.follow(observation, 0.0)
    tracked, shown = driver.seen
    np.testing.assert_array_equal(tracked[:52], even_scores(observation.scores))
    assert (shown[list(LIDS)] <= 0.09 + 1e-9).all()
    driver.follow(None, 1.0)
    assert driver.seen.tracked[SHOWN_INDEX["jawOpen"]] == 0.0


def test_muted_signals_change_sides_in_a_mirror(observation):
    muted = Adjustments(muted=frozenset({"mouthSmileLeft"}))
    one, other = driver_with(muted), driver_with(muted)
    other.mirror()
    for time_s in (0.0, 1.0):
        plain = one.follow(observation, time_s)
        mirrored = other.follow(mirror_observation(observation), time_s)
    assert plain.expression[LEFT] == pytest.approx(0.0, abs=1e-6)
    assert plain.expression[RIGHT] > 0.1
    assert mirrored.expression[RIGHT] == pytest.approx(0.0, abs=1e-6)
    assert mirrored.expression[LEFT] == pytest.approx(plain.expression[RIGHT], abs=1e-6)


@pytest.mark.parametrize("strength", [0.0, 0.5, 2.0])
@pytest.mark.parametrize("placed", [True, False])
def test_the_strength_of_the_head_turns_it_where_it_is(make_observation, strength, placed):
    ahead = np.eye(4)
    ahead[:3, 3] = (0.02, 0.0, -0.5)
    turned = ahead.copy()
    turned[:3, :3] = matrix_from_axis_angle([0.1, 0.3, 0.0])
    places, turns = [], []
    for given in (Adjustments(), Adjustments({"head": strength})):
        driver = driver_with(given, Placement() if placed else None)
        driver.follow(make_observation(1, T_camera_face=ahead), 0.0)
        params = driver.follow(make_observation(1, T_camera_face=turned), STEP_S)
        turn = matrix_from_axis_angle(params.rotation) @ matrix_from_axis_angle(params.neck)
        origin = carried_origin(params.rotation, params.neck, HEAD.joint_regressor @ HEAD.template)
        # Over the shoulders of the scene, or where the face is before the camera.
        places.append(params.translation if placed else params.translation + origin)
        turns.append(axis_angle_from_matrix(turn))
    assert np.linalg.norm(turns[0]) > 0.2
    np.testing.assert_allclose(turns[1], strength * turns[0], atol=1e-6)
    np.testing.assert_allclose(places[1], places[0], atol=0.003 if placed else 1e-6)


def test_a_driver_that_takes_over_goes_on_in_the_mirror_and_from_where_it_has_eased(observation):
    given = Adjustments(muted=frozenset({"mouthSmileLeft"}), expressions=frozenset({"wink"}))
    before, after = driver_with(Adjustments(), Placement()), driver_with(given, Placement())
    before.mirror()
    before.follow(observation, 0.0)
    before.adjust(given)
    after.take_over(before)
    eased = [after.follow(observation, time_s).eyelids[0] for time_s in (0.0, IN_S / 2, IN_S)]
    assert eased[0] < eased[1] < eased[2] == pytest.approx(1.0)
    assert (
        after.seen.shown[SHOWN_INDEX["mouthSmileRight"]] <= observation.scores[SHOWN_INDEX["mouthSmileRight"]]
    )
    assert after.follow(observation, 1.0).expression[RIGHT] == pytest.approx(0.25, abs=1e-6)


class Doubling(ScoreSolver):
    """A solver of one's own, which says nothing of signals."""

    def solve(self, observation, T_scene_face, neutral_face):
        coefficients, rotation = super().solve(observation, T_scene_face, neutral_face)
        return Solved(coefficients._replace(expression=2.0 * coefficients.expression), rotation)


def test_a_solver_of_ones_own_is_adjusted_by_the_scores(observation):
    mapping = ScoreMapping.default()
    adjuster = Adjuster(HeadSignals(mapping, HEAD.expression_names), Adjustments({"mouth": 0.0}))
    joints = HEAD.joint_regressor @ HEAD.template
    shown = Driver(Doubling(mapping), joints, adjuster=adjuster).follow(observation, 0.0)
    tracked = mapping.coefficients(observation.scores).expression
    assert tracked[LEFT] > 0.1
    assert shown.expression[LEFT] == pytest.approx(2.0 * tracked[LEFT] - tracked[LEFT], abs=1e-6)


def test_a_driver_without_signals_says_that_it_cannot_be_adjusted():
    with pytest.raises(InputError, match=r"make it with AnimatedHead\.driver"):
        driver_with(None).adjust(Adjustments())
