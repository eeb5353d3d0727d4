"""A driver gets to know a person: resting face, profile, straight ahead, and other drivers after it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.deform import deform, prepare
from flame_model.find_heads import load_head
from flame_model.params import rest_params
from flame_model.rotations import matrix_from_axis_angle
from mappings.evenness import even_scores
from mappings.mirror import mirror_observation
from mappings.motion.driver import Driver
from mappings.motion.placement import Placement
from mappings.person.profile import Profile
from mappings.person.running_neutral import predicted_expression
from mappings.person.typical_rest import typical_rest
from mappings.person.upright_face import upright_face
from mappings.scores.layout import Layout
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.solver import ScoreSolver
from tests.mappings.motion.driven import BLINKS, JOINTS, STEP_S, Watched, flat, whole_turn
from tests.reported_scores import reported_scores


def test_neutral_makes_the_current_face_the_rest(driver, turned):
    assert not driver.set_neutral()
    driver.follow(turned, 0.0)
    assert driver.set_neutral()
    before = driver.follow(turned, STEP_S)
    assert np.abs(before.expression).max() > 0.1
    after = driver.follow(turned, 1.0)
    driver.use(None)
    typical = driver.params(replace(turned, scores=reported_scores(typical_rest())))
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


def test_the_solver_gets_corrected_scores_and_the_resting_face_and_turns_the_head(mapping, turned):
    solver = Watched(mapping)
    driver = Driver(solver, JOINTS)
    params = driver.follow(turned, 0.0)
    further = turned.T_camera_face[:3, :3] @ matrix_from_axis_angle([0, 0.1, 0])
    np.testing.assert_allclose(whole_turn(params), further, atol=1e-6)
    np.testing.assert_array_equal(solver.scores[-1], even_scores(turned.scores))
    learned = upright_face(turned) - predicted_expression(even_scores(turned.scores))
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
