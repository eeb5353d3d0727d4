"""Framings show what their names say, of every head."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.errors import InputError
from flame_model.find_heads import load_head
from flame_model.head import Head
from render.camera import OrbitCamera
from render.framing import CHIN_M, DEFAULT, FRAMINGS, Framing, suited
from render.framing_names import FRAMING_NAMES


@pytest.fixture(scope="module")
def head() -> Head:
    """Return the built-in head."""
    return load_head("builtin")


def heights(framing: Framing, head: Head, points: np.ndarray) -> np.ndarray:
    """Return the heights (N,) of points (N, 3) in the picture: 0 at its lower edge, 1 at its upper one."""
    camera = framing.camera(head)
    clip = np.c_[points, np.ones(len(points))] @ (camera.projection((512, 512)) @ camera.view()).T
    return np.asarray(clip[:, 1] / clip[:, 3] * 0.5 + 0.5)


def test_every_name_has_a_framing_and_others_none() -> None:
    assert set(FRAMINGS) == set(FRAMING_NAMES)
    assert Framing.named("head") == DEFAULT
    with pytest.raises(InputError, match="face, head, bust"):
        Framing.named("feet")


@pytest.mark.parametrize("name", FRAMING_NAMES)
def test_the_crown_has_air_above_it(name: str, head: Head) -> None:
    air = 1.0 - heights(FRAMINGS[name], head, head.template).max()
    assert 0.04 < air < 0.1


def test_they_show_more_and_more(head: Head) -> None:
    shoulders = head.template[np.abs(head.template[:, 0]) > 0.15]
    sizes = [FRAMINGS[name].camera(head).frame_height for name in FRAMING_NAMES]
    assert sizes == sorted(sizes)
    assert heights(FRAMINGS["face"], head, np.array([[0, -CHIN_M, 0]])) > 0.02
    assert heights(FRAMINGS["bust"], head, shoulders).max() > 0.1


def test_the_face_is_near_the_middle_of_the_default(head: Head) -> None:
    """MediaPipe's face oval goes from 8 cm above the face's origin to 9 cm below it."""
    brow_and_chin = heights(DEFAULT, head, np.array([[0, 0.08, 0.0], [0, -0.094, 0.0]]))
    assert brow_and_chin.mean() == pytest.approx(0.5, abs=0.04)


@pytest.mark.parametrize("name", FRAMING_NAMES)
def test_the_end_of_the_neck_is_not_in_the_air(name: str, head: Head) -> None:
    short = np.maximum(head.template, [-np.inf, -0.13, -np.inf])
    bare = replace(head, template=short.astype(np.float32))
    assert heights(FRAMINGS[name], bare, bare.template).min() < 0.02


@pytest.mark.parametrize("name", FRAMING_NAMES)
def test_air_is_what_the_picture_shows(name: str, head: Head) -> None:
    camera, (above, below) = FRAMINGS[name].camera(head), FRAMINGS[name].air(head)
    assert above == pytest.approx(FRAMINGS[name].headroom * camera.frame_height)
    assert below > 0.0


@pytest.mark.parametrize("name", FRAMING_NAMES)
def test_a_tall_picture_shows_a_larger_head_and_little_more_below(name: str, head: Head) -> None:
    camera = FRAMINGS[name].camera(head)
    tall = suited(camera, (1080, 1920))
    assert camera.frame_height / tall.frame_height == pytest.approx(1.25)

    def bottom(each: OrbitCamera, ratio: float) -> float:
        return each.target[1] - each.frame_height * ratio / 2.0

    below = bottom(camera, 1.0) - bottom(tall, 16 / 9)
    assert below == pytest.approx(0.05 * camera.frame_height)
    assert suited(camera, (1920, 1080)) == suited(camera, (720, 720)) == camera
    almost = suited(camera, (1000, 1001))
    assert almost.frame_height == pytest.approx(camera.frame_height, rel=0.01)
    assert almost.target == pytest.approx(camera.target, abs=0.002)
