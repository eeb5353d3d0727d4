"""The tracker observes a head that is drawn in several poses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.model.animated_head import AnimatedHead
from app.model.solvers import SCORES
from app.training.response.measure_response import measure_response
from app.training.response.observed_poses import observe_poses
from app.training.response.random_poses import Pose
from flame_model.errors import InputError
from mappings.person.typical_rest import typical_rest
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT
from tests.synthetic_heads import make_head
from tests.synthetic_response import plain_mapping

JAW_OPEN, SMILE = MEDIAPIPE_INDEX["jawOpen"], MEDIAPIPE_INDEX["mouthSmileLeft"]


def poses() -> list[Pose]:
    """Return four poses: rest, an open jaw, a smile, and a head turned to its left."""
    still = np.zeros(3)
    made = [Pose(typical_rest(), still, still) for _ in range(2)]
    for index, strength in ((JAW_OPEN, 0.6), (SMILE, 0.8)):
        signals = typical_rest().copy()
        signals[index] = strength
        made.append(Pose(signals, still, still))
    return [*made, Pose(typical_rest(), np.array([0.0, 0.25, 0.0]), np.array([0.02, 0.0, 0.0]))]


@pytest.fixture(scope="module")
def animated() -> AnimatedHead:
    return AnimatedHead.load("builtin", solver=SCORES)


def test_the_tracker_reports_the_poses(animated: AnimatedHead, bundle: Path) -> None:
    read, again = (observe_poses(animated, bundle, poses(), np.random.default_rng(0)) for _ in range(2))
    np.testing.assert_array_equal(read.signals, [pose.signals for pose in poses()])
    np.testing.assert_allclose(read.angles[-1], (0.25, 0.0, 0.0), atol=1e-6)
    np.testing.assert_array_equal(read.shifts[-1], (0.02, 0.0, 0.0))
    assert read.scores[2, JAW_OPEN] > read.scores[1, JAW_OPEN] + 0.2
    assert read.scores[3, SMILE] > read.scores[1, SMILE] + 0.3
    assert read.reported_angles[4, 0] - read.reported_angles[1, 0] == pytest.approx(0.25, abs=0.05)
    lips_m = np.linalg.norm(read.faces[:, 13] - read.faces[:, 14], axis=1)
    assert lips_m[2] > lips_m[1] + 0.005
    np.testing.assert_array_equal(again.scores, read.scores)
    np.testing.assert_array_equal(again.faces, read.faces)


def test_a_head_without_a_face_is_one_sentence(bundle: Path) -> None:
    head = make_head(expression=SIGNAL_COUNT)
    skin = head.face_materials == 0
    # In some light, even a black skull with two eyes is a face to the tracker.
    eyeless = replace(head, faces=head.faces[skin], face_materials=head.face_materials[skin])
    faceless = AnimatedHead(
        replace(eyeless, vertex_colors=np.zeros_like(head.vertex_colors)), plain_mapping()
    )
    with pytest.raises(InputError, match="in 0 pictures only, at least 192"):
        measure_response(faceless, bundle, 2)
