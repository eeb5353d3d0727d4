"""A face painted onto a head without colours."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.face.eyes import EYE_CENTERS
from flame_model.face.landmarks import at_places, eye_faces, rest_landmarks, skin_faces
from flame_model.face.true_landmarks import true_landmarks
from flame_model.find_heads import load_head
from flame_model.paint.paint_from_landmarks import guess_landmarks, has_colors, paint_head
from tests.synthetic_heads import mixed_flame_head

BROW, FOREHEAD, LIP, CHIN, PUPIL = (66, 296), 151, (0, 17), 199, (468, 473)


@pytest.fixture(scope="module")
def plain():
    """Return the built-in head as a FLAME file would hold it: without colours."""
    return mixed_flame_head()


@pytest.fixture(scope="module")
def painted(plain):
    """Return the plain head, painted by the true places of its landmarks."""
    return paint_head(plain, true_landmarks(load_head("builtin")))


@pytest.fixture(scope="module")
def seen(painted):
    """Return the painted head's colours (478, 3) at its landmarks."""
    return at_places(true_landmarks(load_head("builtin")), painted.faces, painted.vertex_colors)


def test_only_the_painted_head_has_colors(plain, painted):
    assert not has_colors(plain)
    assert has_colors(painted)
    assert has_colors(load_head("builtin"))


def test_brows_are_darker_and_lips_redder_than_the_skin_around(seen):
    assert (seen[list(BROW)].mean(axis=1) < 0.6 * seen[FOREHEAD].mean()).all()
    redness = seen[:, 0] / seen[:, 1]
    assert (redness[list(LIP)] > 1.08 * redness[CHIN]).all()


def test_eyeballs_are_white_with_dark_pupils(painted, seen):
    assert seen[list(PUPIL)].max() < 0.15
    for side, center in zip(("left", "right"), EYE_CENTERS, strict=True):
        ball = np.unique(painted.faces[eye_faces(painted, side)])
        spokes = painted.template[ball] - center
        off_axis = np.arctan2(np.hypot(spokes[:, 0], spokes[:, 1]), spokes[:, 2])
        beside_the_iris = (off_axis > 0.65) & (off_axis < 1.2)
        assert beside_the_iris.any()
        assert painted.vertex_colors[ball[beside_the_iris]].min() > 0.8


def test_hair_covers_the_crown_but_neither_face_nor_neck(painted):
    skin = np.unique(painted.faces[skin_faces(painted)])
    places, brightness = painted.template[skin], painted.vertex_colors[skin].mean(axis=1)
    crown, neck = places[:, 1].argmax(), places[:, 1].argmin()
    assert brightness[crown] < 0.7 * brightness[neck]


def test_shapes_stay_as_they_were(plain, painted):
    assert painted.template is plain.template
    assert painted.expression_basis is plain.expression_basis
    assert {material.color for material in painted.materials} == {(1.0, 1.0, 1.0)}


def test_a_guess_needs_no_tracker_and_is_near(plain):
    guessed = rest_landmarks(plain, guess_landmarks(plain))
    truth = rest_landmarks(plain, true_landmarks(load_head("builtin")))
    assert np.median(np.linalg.norm(guessed - truth, axis=1)) < 0.003
