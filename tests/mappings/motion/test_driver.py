"""A driver moves its head while a face is followed, lost, found again and calibrated."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.deform import deform, prepare
from flame_model.find_heads import load_head
from flame_model.params import HeadParams, rest_params
from flame_model.rotations import matrix_from_axis_angle
from mappings.mirror import mirror_observation
from mappings.motion.driver import Driver
from mappings.motion.head_pose import carried_origin
from mappings.motion.leeway import NECK
from mappings.motion.placement import PIVOT, Placement
from mappings.motion.smoothing import Smoothing
from mappings.person.profile import Profile
from mappings.person.running_neutral import predicted_expression
from mappings.person.typical_rest import typical_rest
from mappings.person.upright_face import apparent_turn, upright_face
from mappings.scores.layout import Layout
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.solver import ScoreSolver, Solved
from mappings.signals import MEDIAPIPE_INDEX

JOINTS = np.array([[0, -0.15, 0], [0, -0.07, 0], [0, 0, 0.02], [0.03, 0.03, 0.05], [-0.03, 0.03, 0.05]])
STEP_S = 1 / 30
BLINKS = [MEDIAPIPE_INDEX["eyeBlinkLeft"], MEDIAPIPE_INDEX["eyeBlinkRight"]]


@pytest.fixture
def mapping():
    """Return a mapping with four components whose lids follow the blinks and whose intercept is not zero."""
    rng = np.random.default_rng(2)
    layout = Layout(4)
    matrix = rng.normal(size=(52, layout.width)) * 0.1
    matrix[:, layout.eyelids] = 0
    matrix[BLINKS, layout.eyelids] = np.eye(2)
    return ScoreMapping("clay", matrix, np.append(np.full(13, 0.2), [0, 0]))


@pytest.fixture
def driver(mapping):
    """Return a driver without a placement."""
    return Driver(ScoreSolver(mapping), JOINTS)


@pytest.fixture
def turned(make_observation):
    """Return an observation with open eyes, the head turned, tilted and away from the first place."""
    transform = np.eye(4)
    transform[:3, :3] = matrix_from_axis_angle([0.2, 0.5, -0.1])
    transform[:3, 3] = (0.1, 0.05, -0.6)
    observation = make_observation(4, T_camera_face=transform)
    observation.scores[BLINKS] = 0.15
    return observation


def flat(params: HeadParams) -> np.ndarray:
    """Return all parameters in one row."""
    names = ("expression", "jaw", "eyes", "neck", "rotation", "translation", "eyelids")
    return np.concatenate([np.ravel(getattr(params, name)) for name in names])


def whole_turn(params: HeadParams) -> np.ndarray:
    """Return root and neck together as a matrix."""
    return matrix_from_axis_angle(params.rotation) @ matrix_from_axis_angle(params.neck)


def test_a_seen_face_is_followed_at_once(driver, mapping, turned):
    params = driver.follow(turned, 3.0)
    np.testing.assert_array_equal(params.expression, mapping.coefficients(turned.scores).expression)
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


def test_neutral_makes_the_current_face_the_rest(driver, turned):
    assert not driver.set_neutral()
    driver.follow(turned, 0.0)
    assert driver.set_neutral()
    before = driver.follow(turned, STEP_S)
    assert np.abs(before.expression).max() > 0.1
    after = driver.follow(turned, 1.0)
    driver.use(None)
    typical = driver.params(replace(turned, scores=typical_rest()))
    np.testing.assert_allclose(flat(after), flat(typical), atol=1e-6)
    driver.follow(turned, 1.1)
    np.testing.assert_array_equal(flat(driver.follow(turned, 2.0)), flat(driver.params(turned)))


@pytest.mark.parametrize("rest", [0.15, 0.4, 0.95])
def test_lids_still_close_after_neutral(driver, turned, rest):
    scores = turned.scores.copy()
    scores[BLINKS] = rest
    driver.follow(replace(turned, scores=scores), 0.0)
    driver.set_neutral()
    shut = scores.copy()
    shut[BLINKS] = 1.0
    np.testing.assert_allclose(driver.params(replace(turned, scores=shut)).eyelids, 1.0, atol=1e-6)
    wide = scores.copy()
    wide[BLINKS] = 0.0
    np.testing.assert_allclose(driver.params(replace(turned, scores=wide)).eyelids, 0.0, atol=1e-6)


class Watched:
    """A solver that records its arguments and turns the head a little further than the face."""

    expression_count = 4

    def __init__(self, mapping):
        self.mapping, self.scores, self.neutral_faces, self.places = mapping, [], [], []

    def calibrated(self, _):
        return self

    def solve(self, observation, T_scene_face, neutral_face):
        self.scores.append(observation.scores)
        self.neutral_faces.append(neutral_face)
        self.places.append(T_scene_face[:3, 3])
        turned = T_scene_face[:3, :3] @ matrix_from_axis_angle([0, 0.1, 0])
        return Solved(self.mapping.coefficients(observation.scores), turned)


def test_the_solver_gets_corrected_scores_and_the_resting_face_and_turns_the_head(mapping, turned):
    solver = Watched(mapping)
    driver = Driver(solver, JOINTS)
    params = driver.follow(turned, 0.0)
    further = turned.T_camera_face[:3, :3] @ matrix_from_axis_angle([0, 0.1, 0])
    np.testing.assert_allclose(whole_turn(params), further, atol=1e-6)
    np.testing.assert_array_equal(solver.scores[-1], turned.scores)
    learned = upright_face(turned) - predicted_expression(turned.scores)
    np.testing.assert_allclose(solver.neutral_faces[-1], learned)
    driver.set_neutral()
    driver.follow(turned, 1.0)
    np.testing.assert_allclose(solver.scores[-1], typical_rest(), atol=1e-6)
    np.testing.assert_allclose(solver.neutral_faces[-1], upright_face(turned))


def test_a_profile_knows_which_way_is_straight_ahead(mapping, turned):
    profile = Profile(straight_ahead=turned.T_camera_face[:3, :3])
    driver = Driver(ScoreSolver(mapping), JOINTS, placement=Placement(), profile=profile)
    params = driver.follow(turned, 0.0)
    for name in ("rotation", "neck", "translation"):
        np.testing.assert_allclose(getattr(params, name), 0, atol=1e-6)


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


def test_a_person_at_rest_leaves_the_built_in_head_at_rest(turned):
    """The face moves half a millimetre on average, whatever the person's own scores at rest are."""
    head = load_head("builtin")
    driver = Driver(ScoreSolver(ScoreMapping.default()), head.joint_regressor @ head.template)
    driver.follow(turned, 0.0)
    driver.set_neutral()
    shown = driver.params(turned)
    rest = rest_params(head.expression_count)
    posed = replace(rest, expression=shown.expression, jaw=shown.jaw, eyelids=shown.eyelids)
    prepared = prepare(head)
    off_m = np.linalg.norm(deform(prepared, posed) - deform(prepared, rest), axis=1)
    assert off_m.mean() < 0.0005


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


def test_mirroring_takes_the_neutral_face_along(driver, turned):
    driver.follow(turned, 0.0)
    driver.set_neutral()
    at_rest = driver.params(turned)
    driver.mirror()
    np.testing.assert_allclose(
        driver.params(mirror_observation(turned)).expression, at_rest.expression, atol=1e-6
    )


def test_a_new_neutral_leaves_the_centre_where_the_person_put_it(mapping, turned):
    profile = Profile(straight_ahead=np.eye(3))
    driver = Driver(ScoreSolver(mapping), JOINTS, placement=Placement(), profile=profile)
    driver.follow(turned, 0.0)
    assert driver.recentre()
    assert driver.set_neutral()
    for step in range(1, 40):
        params = driver.follow(turned, step / 30)
    np.testing.assert_allclose(whole_turn(params), np.eye(3), atol=1e-6)


def test_neutral_and_recentre_can_be_undone_once(mapping, turned):
    driver = Driver(ScoreSolver(mapping), JOINTS, placement=Placement())
    assert not driver.undo_neutral()
    assert not driver.undo_recentre()
    driver.follow(turned, 0.0)
    before = flat(driver.params(turned))
    assert driver.set_neutral()
    assert driver.recentre()
    assert np.abs(flat(driver.params(turned)) - before).max() > 0.1
    assert driver.undo_neutral()
    assert driver.undo_recentre()
    np.testing.assert_allclose(flat(driver.params(turned)), before, atol=0.02)
    assert not driver.undo_neutral()
    assert not driver.undo_recentre()


def test_undoing_a_neutral_after_mirroring_is_the_same_as_before_it(mapping, turned):
    first, second = (Driver(ScoreSolver(mapping), JOINTS, placement=Placement()) for _ in range(2))
    for driver in (first, second):
        driver.follow(turned, 0.0)
        driver.recentre()
        driver.set_neutral()
        driver.set_neutral()
    first.mirror()
    first.undo_neutral()
    first.undo_recentre()
    second.undo_neutral()
    second.undo_recentre()
    second.mirror()
    mirrored = mirror_observation(turned)
    np.testing.assert_allclose(flat(first.params(mirrored)), flat(second.params(mirrored)), atol=1e-9)


@pytest.mark.parametrize("same", [True, False])
def test_another_driver_follows_the_same_person_on(mapping, turned, same):
    driver = Driver(ScoreSolver(mapping), JOINTS, placement=Placement())
    for frame in range(10):
        driver.follow(turned, frame * STEP_S)
    driver.set_neutral()
    driver.recentre()
    for frame in range(10, 60):
        shown = driver.follow(turned, frame * STEP_S)
    count = 4 if same else 6
    layout = Layout(count)
    other = ScoreMapping("clay", np.zeros((52, layout.width)), np.zeros(layout.width))
    following = Driver(ScoreSolver(mapping if same else other), JOINTS, placement=Placement())
    following.take_over(driver)
    params = following.follow(turned, 60 * STEP_S)
    assert params.expression.shape == (count,)
    np.testing.assert_allclose(whole_turn(params), whole_turn(shown), atol=1e-6)
    np.testing.assert_allclose(params.translation, shown.translation, atol=1e-3)
    if same:
        np.testing.assert_allclose(flat(params), flat(shown), atol=1e-2)
        assert following.undo_neutral()


def test_a_driver_that_takes_over_with_another_neck_goes_there_gradually(mapping, turned):
    driver = Driver(ScoreSolver(mapping), JOINTS, neck_share=1.0)
    shown = driver.follow(turned, 0.0)
    following = Driver(ScoreSolver(mapping), JOINTS, neck_share=0.0)
    following.take_over(driver)
    assert np.abs(following.follow(turned, STEP_S).neck - shown.neck).max() < 0.1
    for frame in range(2, 20):
        params = following.follow(turned, frame * STEP_S)
    np.testing.assert_allclose(params.neck, 0.0, atol=1e-6)
