"""A driver moves its head while a face is followed, lost and found again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.rotations import matrix_from_axis_angle
from mappings.evenness import even_scores
from mappings.mirror import mirror_observation
from mappings.motion.driver import Driver
from mappings.motion.head_pose import carried_origin
from mappings.motion.leeway import NECK
from mappings.motion.placement import PIVOT, Placement
from mappings.motion.smoothing import Smoothing
from mappings.person.upright_face import apparent_turn
from mappings.scores.solver import ScoreSolver
from mappings.signals import MEDIAPIPE_INDEX
from tests.mappings.motion.driven import JOINTS, STEP_S, Watched, flat, whole_turn


def test_a_seen_face_is_followed_at_once(driver, mapping, turned):
    params = driver.follow(turned, 3.0)
    np.testing.assert_array_equal(
        params.expression, mapping.coefficients(even_scores(turned.scores)).expression
    )
    np.testing.assert_allclose(whole_turn(params), turned.T_camera_face[:3, :3], atol=1e-6)
    np.testing.assert_array_equal(flat(params), flat(driver.params(turned)))


def test_the_neck_takes_its_share(mapping, turned):
    params = Driver(ScoreSolver(mapping), JOINTS, neck_share=0.25).follow(turned, 0.0)
    np.testing.assert_allclose(params.neck * 3, params.rotation)


def test_before_any_face_the_head_rests(driver):
    assert not flat(driver.follow(None, 0.0)).any()


def test_single_missed_frames_do_not_move_the_head(driver, turned):
    seen = driver.follow(turned, 0.0)
    for count in range(1, 4):
        np.testing.assert_array_equal(flat(driver.follow(None, count * STEP_S)), flat(seen))
    np.testing.assert_array_equal(flat(driver.follow(turned, 4 * STEP_S)), flat(seen))


def test_a_lost_face_eases_to_rest_in_half_a_second(driver, turned):
    seen = driver.follow(turned, 0.0)
    sizes = [np.linalg.norm(seen.expression)]
    for count in range(1, 16):
        params = driver.follow(None, count * STEP_S)
        sizes.append(np.linalg.norm(params.expression))
    assert (np.diff(sizes) <= 0).all()
    assert np.abs(np.diff(sizes)).max() < 0.25 * sizes[0]
    for name in ("expression", "jaw", "eyes", "neck", "rotation", "eyelids"):
        np.testing.assert_allclose(getattr(params, name), 0, atol=1e-9)
    np.testing.assert_array_equal(params.translation, seen.translation)


def test_it_resumes_without_a_jump(driver, turned, make_observation):
    driver.follow(make_observation(1), 0.0)
    rows = [flat(driver.follow(None, count * STEP_S)) for count in range(1, 90)]
    rows += [flat(driver.follow(turned, count * STEP_S)) for count in range(90, 105)]
    target = flat(driver.params(turned))
    np.testing.assert_allclose(rows[-1], target, atol=1e-9)
    np.testing.assert_allclose(rows[89], rows[88], atol=1e-9)
    distance = np.linalg.norm(np.diff(rows[88:], axis=0), axis=1)
    assert distance.max() < 0.25 * np.linalg.norm(target - rows[88])


def test_rotations_ease_as_rotations(driver, turned):
    """Half way to rest the head has turned back about the same axis."""
    full = driver.follow(turned, 0.0).rotation
    half = driver.follow(None, 0.3).rotation
    np.testing.assert_allclose(half, full / 2, atol=1e-6)


def test_losing_the_face_while_catching_up_goes_on_from_what_is_shown(driver, turned):
    driver.follow(turned, 0.0)
    driver.follow(None, 2.0)
    driver.follow(turned, 2.1)
    shown = driver.follow(turned, 2.2)
    np.testing.assert_array_equal(flat(driver.follow(None, 2.25)), flat(shown))


def test_a_clock_that_falls_back_does_no_harm(driver, turned):
    driver.follow(turned, 100.0)
    driver.follow(None, 101.0)
    for count in range(10):
        params = driver.follow(turned, count * STEP_S)
    np.testing.assert_allclose(flat(params), flat(driver.params(turned)), atol=1e-9)


def test_reset_follows_the_next_face_at_once(driver, turned):
    driver.follow(None, 0.0)
    driver.follow(None, 5.0)
    driver.reset()
    np.testing.assert_array_equal(flat(driver.follow(turned, 0.0)), flat(driver.params(turned)))


def test_a_lost_face_leaves_nothing_behind_in_the_smoothing(mapping, turned, make_observation):
    driver = Driver(ScoreSolver(mapping), JOINTS, smoothing=Smoothing(1.0))
    driver.follow(make_observation(1), 0.0)
    driver.follow(None, 1.0)
    for count in range(10):
        params = driver.follow(turned, 1.1 + count * STEP_S)
    np.testing.assert_allclose(flat(params), flat(driver.params(turned)), atol=1e-6)


@pytest.mark.parametrize("afresh", [Driver.reset, Driver.mirror])
def test_what_it_sees_is_smoothed_until_it_begins_afresh(mapping, turned, afresh):
    driver = Driver(ScoreSolver(mapping), JOINTS, smoothing=Smoothing(1.0))
    first = driver.follow(turned, 0.0)
    jaw = turned.scores.copy()
    jaw[MEDIAPIPE_INDEX["jawOpen"]] = 1.0 - jaw[MEDIAPIPE_INDEX["jawOpen"]]
    moved = replace(turned, scores=jaw)
    target = flat(driver.params(moved))
    assert np.abs(target - flat(first)).max() > 0.01
    np.testing.assert_allclose(flat(driver.follow(moved, STEP_S)), flat(first), atol=0.001)
    afresh(driver)
    for count in range(2, 40):
        params = driver.follow(moved, count * STEP_S)
    np.testing.assert_allclose(flat(params), target, atol=1e-6)


def test_with_a_placement_a_turn_bends_the_neck_over_still_shoulders(mapping, turned, make_observation):
    driver = Driver(ScoreSolver(mapping), JOINTS, placement=Placement())
    ahead = turned.T_camera_face.copy()
    ahead[:3, :3] = np.eye(3)
    driver.follow(make_observation(T_camera_face=ahead), 0.0)
    aside = ahead.copy()
    aside[:3, :3] = matrix_from_axis_angle([0, 0.5, 0])
    aside[:3, 3] += PIVOT - aside[:3, :3] @ PIVOT
    shown = driver.follow(make_observation(T_camera_face=aside), STEP_S)
    np.testing.assert_allclose(whole_turn(shown), aside[:3, :3], atol=1e-6)
    assert np.linalg.norm(shown.rotation) < 0.06
    assert np.linalg.norm(shown.translation) < 0.002


def test_the_face_is_drawn_where_its_turn_was_solved_for(mapping, turned):
    """The solver's own correction of the turn moves the face, so it is solved for where that puts it."""
    joints = JOINTS.copy()
    joints[1] = NECK
    solver = Watched(mapping)
    # With the whole turn in the neck the shoulders shift nothing.
    params = Driver(solver, joints, neck_share=1.0, placement=Placement()).follow(turned, 0.0)
    assert np.abs(whole_turn(params) - apparent_turn(turned)).max() > 0.05
    drawn = carried_origin(params.rotation, params.neck, joints) + params.translation
    np.testing.assert_allclose(drawn, solver.places[-1], atol=1e-6)
    assert np.linalg.norm(drawn - solver.places[0]) > 0.003


def test_a_face_that_was_lost_comes_back_to_the_middle(mapping, turned, make_observation):
    driver = Driver(ScoreSolver(mapping), JOINTS, placement=Placement())
    driver.follow(make_observation(0), 0.0)
    driver.follow(None, 2.0)
    found = [driver.follow(turned, 2.1 + step * STEP_S) for step in range(15)][-1]
    fresh = Driver(ScoreSolver(mapping), JOINTS, placement=Placement()).follow(turned, 0.0)
    np.testing.assert_allclose(found.translation, fresh.translation, atol=1e-6)


def test_with_a_placement_recentre_looks_ahead_from_the_centre(mapping, turned):
    driver = Driver(ScoreSolver(mapping), JOINTS, placement=Placement())
    assert not driver.recentre()
    first = driver.follow(turned, 0.0)
    np.testing.assert_allclose(whole_turn(first), turned.T_camera_face[:3, :3], atol=1e-6)
    assert driver.recentre()
    np.testing.assert_allclose(flat(driver.follow(turned, STEP_S)), flat(first), atol=1e-6)
    after = driver.follow(turned, 1.0)
    for name in ("rotation", "neck", "translation"):
        np.testing.assert_allclose(getattr(after, name), 0, atol=1e-6)


def test_without_a_placement_there_is_nothing_to_recentre(driver, turned):
    driver.follow(turned, 0.0)
    assert not driver.recentre()


def test_with_a_placement_a_lost_head_comes_to_the_centre(mapping, turned, make_observation):
    driver = Driver(ScoreSolver(mapping), JOINTS, placement=Placement())
    driver.follow(make_observation(0), 0.0)
    assert np.linalg.norm(driver.follow(turned, STEP_S).translation) > 0.02
    np.testing.assert_array_equal(driver.follow(None, 1.0).translation, 0)


def test_mirroring_the_source_mirrors_the_scene_about_its_centre(mapping, turned):
    driver = Driver(ScoreSolver(mapping), JOINTS, neck_share=0.0, placement=Placement())
    plain = driver.follow(turned, 0.0)
    driver.mirror()
    mirrored = mirror_observation(turned)
    for frame in range(1, 30):
        shown = driver.follow(mirrored, frame * STEP_S)
    middle = np.linalg.norm(driver.params(mirrored).translation - plain.translation * [-1, 1, 1])
    assert middle < 1e-6, "the face is where it was, seen from the other side"
    np.testing.assert_allclose(shown.rotation, plain.rotation * [1, -1, -1], atol=1e-6)
