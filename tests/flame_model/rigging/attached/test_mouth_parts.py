"""Teeth and tongue in an empty mouth: behind the skin at rest, on their own jaws, in their own colours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.deform import deform, prepare
from flame_model.face import topology as t
from flame_model.face.landmarks import rest_landmarks
from flame_model.face.true_landmarks import true_landmarks
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.paint.paint_from_landmarks import paint_head
from flame_model.params import rest_params
from flame_model.rigging.attached.mouth_parts import TEETH, TONGUE, with_mouth_parts
from tests.synthetic_heads import mixed_flame_head


@pytest.fixture(scope="module")
def worn(open_neck: Head) -> Head:
    assert open_neck.landmarks
    return with_mouth_parts(open_neck, open_neck.landmarks)


def vertices_of(head: Head, material: str) -> np.ndarray:
    """Return the numbers of the vertices of a material."""
    number = [each.name for each in head.materials].index(material)
    return np.unique(head.faces[head.face_materials == number])


def test_teeth_lie_behind_the_lips(worn: Head) -> None:
    assert worn.landmarks
    teeth = worn.template[vertices_of(worn, TEETH)]
    lips = rest_landmarks(worn, worn.landmarks)[list(t.OUTER_LIPS)]
    assert lips[:, 2].max() - 0.015 < teeth[:, 2].max() < lips[:, 2].max() - 0.003
    assert np.abs(teeth[:, 0]).max() < 0.035
    assert teeth[:, 1].min() < lips[:, 1].mean() < teeth[:, 1].max()


def test_the_lower_teeth_and_the_tongue_go_with_the_jaw(worn: Head) -> None:
    rest = rest_params(worn.expression_count)
    opened = deform(prepare(worn), replace(rest, jaw=np.array([0.3, 0.0, 0.0])))
    moved = np.linalg.norm(opened - worn.template, axis=1)
    teeth = moved[vertices_of(worn, TEETH)]
    assert (teeth < 1e-6).sum() == (teeth > 0.01).sum() == len(teeth) // 2
    assert moved[vertices_of(worn, TONGUE)].min() > 0.01


def test_teeth_go_with_the_lips_of_every_identity(open_neck: Head) -> None:
    assert open_neck.landmarks
    lower = np.zeros((*open_neck.template.shape, 1), np.float32)
    lower[:, 1] = -0.01
    worn = with_mouth_parts(replace(open_neck, identity_basis=lower), open_neck.landmarks)
    np.testing.assert_allclose(worn.identity_basis[vertices_of(worn, TEETH), 1], -0.01, atol=1e-6)


def test_they_keep_their_colours_when_the_head_is_painted(worn: Head) -> None:
    assert worn.landmarks
    painted = paint_head(worn, worn.landmarks)
    for material in (TEETH, TONGUE):
        own = vertices_of(worn, material)
        np.testing.assert_allclose(painted.vertex_colors[own], worn.vertex_colors[own], atol=1e-6)


def test_teeth_stay_behind_lips_that_lie_flat(open_neck: Head) -> None:
    """The skin around the mouth is pressed flat, so that teeth would lie in front of its middle parts."""
    assert open_neck.landmarks
    flat = open_neck.template.copy()
    seam = rest_landmarks(open_neck, open_neck.landmarks)[[13, 14], 2].mean()
    front = (np.abs(flat[:, 0]) < 0.03) & (flat[:, 1] < -0.018) & (flat[:, 1] > -0.07) & (flat[:, 2] > 0.0)
    flat[front, 2] = np.minimum(flat[front, 2], seam - 0.004)
    head = replace(open_neck, template=flat)
    worn = with_mouth_parts(head, open_neck.landmarks)
    teeth = worn.template[vertices_of(worn, TEETH)]
    assert teeth[:, 2].max() < seam - 0.004 - 0.0025


def test_teeth_that_a_head_has_are_enough() -> None:
    for head in (load_head("builtin"), mixed_flame_head()):
        assert with_mouth_parts(head, true_landmarks(load_head("builtin"))) is head
