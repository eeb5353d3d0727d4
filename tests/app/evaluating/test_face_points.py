"""The speaking points of a head move as in the deformation of the whole head."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from app.evaluating.face_points import LIDS, LIPS, SPEAKING, FacePoints, mirrored_displacements
from app.model.identity import landmark_places
from flame_model.deform import deform, prepare
from flame_model.face.landmarks import at_places
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.params import HeadParams, rest_params


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head("builtin")


@pytest.fixture(scope="module")
def points(head: Head) -> FacePoints:
    return FacePoints.of(head)


@pytest.fixture
def rest(head: Head) -> HeadParams:
    return rest_params(head.expression_count)


def test_they_move_as_the_whole_head_does(head: Head, points: FacePoints, rest: HeadParams) -> None:
    expression = np.random.default_rng(0).uniform(0.0, 0.6, head.expression_count)
    params = replace(
        rest, expression=expression, jaw=np.array([0.2, 0.05, 0.0]), eyelids=np.array([0.3, 0.8])
    )
    whole = at_places(landmark_places(head), head.faces, deform(prepare(head), params))[SPEAKING]
    still = at_places(landmark_places(head), head.faces, head.template)[SPEAKING]
    np.testing.assert_allclose(points.displacements([params])[0], 1000.0 * (whole - still), atol=1e-3)


def test_the_heads_own_pose_is_left_out(points: FacePoints, rest: HeadParams) -> None:
    turned = replace(rest, neck=np.array([0.3, 0.1, 0.0]), rotation=np.ones(3), translation=np.ones(3))
    assert np.abs(points.displacements([turned])).max() < 1e-9


def test_a_blink_moves_lids_alone(points: FacePoints, rest: HeadParams) -> None:
    moved = np.linalg.norm(points.displacements([replace(rest, eyelids=np.ones(2))])[0], axis=1)
    assert moved[LIDS].max() > 3.0
    assert moved[LIPS].max() < 0.05


def test_the_mirror_exchanges_sides(points: FacePoints, rest: HeadParams) -> None:
    left, right = points.displacements([replace(rest, jaw=np.array([0.2, y, 0.0])) for y in (0.1, -0.1)])
    assert np.abs(left - right).max() > 3.0
    np.testing.assert_allclose(mirrored_displacements(left[None])[0], right, atol=0.05)


def test_a_head_without_landmarks_has_no_points(synthetic_head: Head) -> None:
    assert FacePoints.of(replace(synthetic_head, landmarks=None)) is None
