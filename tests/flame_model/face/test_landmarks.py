"""Landmarks on heads: their places at rest, and their positions on a posed head."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.deform import deform, prepare
from flame_model.face.landmarks import (
    LOWER_LIP,
    UPPER_LIP,
    at_places,
    eye_faces,
    rest_landmarks,
    seat_landmarks,
    skin_faces,
)
from flame_model.params import rest_params

UPPER_MIDDLE, LOWER_MIDDLE = 13, 14


def test_the_built_in_heads_places_are_its_own_first_vertices(builtin, places):
    np.testing.assert_allclose(rest_landmarks(builtin, places)[:468], builtin.template[:468], atol=1e-7)


def test_irises_lie_on_their_eyeballs_around_the_pupil(builtin, places):
    joints = builtin.joint_regressor @ builtin.template
    landmarks = rest_landmarks(builtin, places)
    for joint, first in ((3, 473), (4, 468)):
        offset = landmarks[first : first + 5] - joints[joint]
        np.testing.assert_allclose(offset[0, :2], 0.0, atol=0.0004)
        assert (offset[1, 0], -offset[3, 0]) == pytest.approx((0.0059, 0.0059), abs=4e-4)
        assert (offset[2, 1], -offset[4, 1]) == pytest.approx((0.0059, 0.0059), abs=4e-4)
    assert np.isin(places.triangles[473:], eye_faces(builtin, "left")).all()
    assert np.isin(places.triangles[468:473], eye_faces(builtin, "right")).all()


def test_landmarks_go_where_the_posed_head_takes_them(builtin, places):
    rest = rest_params(builtin.expression_count)
    opened = deform(prepare(builtin), replace(rest, jaw=np.array([0.3, 0.0, 0.0])))
    moved = at_places(places, builtin.faces, opened) - rest_landmarks(builtin, places)
    assert moved[LOWER_MIDDLE, 1] < -0.01
    assert abs(moved[UPPER_MIDDLE, 1]) < 0.002


def test_lips_that_touch_stay_on_their_own_side(builtin, places):
    mixed_up = rest_landmarks(builtin, places)
    mixed_up[list(UPPER_LIP + LOWER_LIP), 1] += np.repeat([-0.001, 0.001], (len(UPPER_LIP), len(LOWER_LIP)))
    seated = seat_landmarks(builtin, mixed_up)
    jaw = at_places(seated, builtin.faces, builtin.skin_weights[:, 2])
    middles = jaw[[UPPER_MIDDLE, LOWER_MIDDLE]]
    assert middles[0] < 0.4 < middles[1]


def test_the_skin_is_one_surface_without_eyes_and_teeth(builtin):
    names = {
        builtin.materials[index].name for index in np.unique(builtin.face_materials[skin_faces(builtin)])
    }
    assert "skin" in names
    assert not names & {"eye", "teeth", "tongue"}


def test_a_head_without_eyeballs_has_its_irises_on_the_skin(synthetic_head):
    skinned = replace(
        synthetic_head, skin_weights=np.eye(5, dtype=np.float32)[np.ones(len(synthetic_head.template), int)]
    )
    points = np.tile([0.0, 0.0, 0.1], (478, 1))
    assert np.isin(seat_landmarks(skinned, points).triangles, skin_faces(skinned)).all()
