"""Reshaped heads: landmarks reach their targets; lids, lips, eyeballs and teeth still work."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.deform import deform, prepare
from flame_model.face import topology as t
from flame_model.face.landmarks import LOWER_LIP, at_places, rest_landmarks
from flame_model.face.reshape import reshape_head
from flame_model.head import JOINT_NAMES
from flame_model.params import rest_params

EYES = (JOINT_NAMES.index("left_eye"), JOINT_NAMES.index("right_eye"))
LIDS = ((t.LEFT_UPPER_LID, t.LEFT_LOWER_LID), (t.RIGHT_UPPER_LID, t.RIGHT_LOWER_LID))
COEFFICIENTS = np.array([1.5, -1.0, 2.0, -1.5, 1.0, 2.0, -1.0, 1.5, 2.0, -2.0])


@pytest.fixture(scope="module")
def residual(builtin, places):
    """Return a displacement (468, 3) of some millimetres, smooth but for the lips, which it parts by 3 mm."""
    wave = 0.004 * np.sin(70.0 * rest_landmarks(builtin, places)[:468][:, [1, 2, 0]] + [0.0, 1.0, 2.0])
    wave[list(LOWER_LIP)] -= (0.0, 0.003, 0.0)
    return wave


@pytest.fixture(scope="module")
def reshaped(builtin, places, residual):
    return reshape_head(builtin, places, COEFFICIENTS, residual)


def landmarks(head, places, closure=0.0):
    posed = replace(rest_params(head.expression_count), eyelids=np.full(2, closure))
    return at_places(places, head.faces, deform(prepare(head), posed))


def apart(points, first, second):
    """Return the greatest distance between two rows of landmarks, without their common ends."""
    return np.linalg.norm(points[list(first[1:-1])] - points[list(second[1:-1])], axis=1).max()


def gap(points, upper, lower):
    """Return the greatest distance of an upper lid's landmarks from the line of the lower lid's."""
    line = np.stack(
        [np.interp(np.linspace(0, 8, 161), np.arange(9), axis) for axis in points[list(lower)].T], 1
    )
    return np.linalg.norm(points[list(upper[1:-1])][:, None] - line, axis=2).min(axis=1).max()


def eyeball(head, joint):
    return np.flatnonzero(head.skin_weights[:, joint] > 0.5)


def test_nothing_asked_is_nothing_changed(builtin, places):
    same = reshape_head(builtin, places, np.zeros(builtin.identity_count))
    np.testing.assert_allclose(same.template, builtin.template, atol=1e-5)
    np.testing.assert_allclose(same.eyelid_basis, builtin.eyelid_basis, atol=1e-5)


def test_landmarks_go_where_they_are_wanted(builtin, places, residual, reshaped):
    by_basis = at_places(places, builtin.faces, builtin.identity_basis @ COEFFICIENTS)[:468]
    wanted = rest_landmarks(builtin, places)[:468] + by_basis + residual
    missed = np.linalg.norm(rest_landmarks(reshaped, places)[:468] - wanted, axis=1)
    assert np.median(missed) < 4e-4
    assert np.median(np.linalg.norm(residual, axis=1)) > 3e-3


def test_shut_lids_meet_and_closed_lips_stay_closed(places, reshaped):
    shut, rest = landmarks(reshaped, places, 1.0), landmarks(reshaped, places)
    for upper, lower in LIDS:
        assert gap(rest, upper, lower) > 0.006
        assert gap(shut, upper, lower) < 0.05 * gap(rest, upper, lower)
    assert apart(rest, t.UPPER_INNER_LIP, t.LOWER_INNER_LIP) < 0.001


@pytest.mark.parametrize("closure", [0.0, 0.5, 1.0])
def test_lids_keep_their_distance_from_the_eyeballs(builtin, places, reshaped, closure):
    for joint, rows in zip(EYES, LIDS, strict=True):
        lids = [*rows[0][1:-1], *rows[1][1:-1]]
        distances = [
            np.linalg.norm(
                landmarks(head, places, closure)[lids] - head.joint_regressor[joint] @ head.template, axis=1
            )
            for head in (builtin, reshaped)
        ]
        np.testing.assert_allclose(*distances, atol=6e-4)


def test_eyeballs_and_teeth_keep_their_form(builtin, reshaped):
    teeth = [index for index, m in enumerate(builtin.materials) if m.name in ("teeth", "tongue")]
    rigid = [np.unique(builtin.faces[np.isin(builtin.face_materials, teeth)])]
    rigid += [eyeball(builtin, joint) for joint in EYES]
    for part in rigid:
        moved = reshaped.template[part] - builtin.template[part]
        assert np.linalg.norm(moved[0]) > 5e-4
        np.testing.assert_allclose(moved, np.broadcast_to(moved[0], moved.shape), atol=2e-5)


def test_skull_and_shoulders_take_no_part_in_the_residual(builtin, reshaped):
    far = builtin.template[:, 2] < -0.13
    assert far.sum() > 200
    expected = prepare(builtin, COEFFICIENTS).rest_vertices
    np.testing.assert_allclose(reshaped.template[far], expected[far], atol=1e-6)


def test_a_wild_residual_is_limited(builtin, places):
    wild = np.full((468, 3), 1.0)
    moved = reshape_head(builtin, places, np.zeros(10), wild).template - builtin.template
    assert np.linalg.norm(moved, axis=1).max() < 0.016


def test_no_neighbours_are_torn_apart(builtin, reshaped):
    edges = np.concatenate([builtin.faces[:, :2], builtin.faces[:, 1:]])
    before, after = (
        np.linalg.norm(head.template[edges[:, 0]] - head.template[edges[:, 1]], axis=1)
        for head in (builtin, reshaped)
    )
    assert (after < 2.5 * before + 5e-4).all()


def test_an_arc_is_bent_with_the_lids(builtin, places, residual):
    arched = replace(builtin, eyelid_arc=0.3 * builtin.eyelid_basis)
    bent = reshape_head(arched, places, COEFFICIENTS, residual)
    assert bent.eyelid_arc is not None
    before, after = (np.linalg.norm(head.eyelid_arc, axis=1) for head in (arched, bent))
    moving = before > 0.001
    assert np.median(after[moving] / before[moving]) == pytest.approx(1.0, abs=0.5)
