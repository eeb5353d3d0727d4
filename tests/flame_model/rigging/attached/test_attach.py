"""An attached part: the head's own vertices stay, and the part is drawn in its own colours."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.deform import deform, prepare
from flame_model.find_heads import load_head
from flame_model.head import Head, Material, Texture
from flame_model.paint.unwrapping.charts import SIZE
from flame_model.params import rest_params
from flame_model.rigging.attached.attach import AttachedPart, attach, has_part
from tests.synthetic_heads import make_head

PATCH = AttachedPart(
    vertices=np.array([[0.0, 0.2, 0.0], [0.1, 0.2, 0.0], [0.0, 0.3, 0.0]]),
    faces=np.array([[0, 1, 2]]),
    colors=np.full((3, 3), 0.5),
    skin_weights=np.eye(5)[[0, 0, 0]],
    material=Material("felt", (1.0, 1.0, 1.0), 0.9),
)


def test_the_heads_own_vertices_and_faces_keep_their_numbers() -> None:
    head = make_head()
    worn = attach(head, PATCH)
    count = len(head.template)
    np.testing.assert_array_equal(worn.template[:count], head.template)
    np.testing.assert_array_equal(worn.faces[: len(head.faces)], head.faces)
    np.testing.assert_allclose(worn.joint_regressor @ worn.template, head.joint_regressor @ head.template)
    assert has_part(worn, "felt")
    assert not has_part(head, "felt")


def test_a_part_moves_with_its_joint_alone() -> None:
    worn = prepare(attach(make_head(), PATCH))
    rest = rest_params(12)
    moved = replace(rest, expression=np.ones(12), neck=np.array([0.0, 0.5, 0.0]), eyelids=np.ones(2))
    np.testing.assert_allclose(deform(worn, moved)[-3:], PATCH.vertices, atol=1e-6)


@pytest.mark.parametrize("layout", ["built-in", "own"])
def test_a_part_is_white_in_any_texture(layout: str) -> None:
    head = load_head("builtin") if layout == "built-in" else _with_own_texture(make_head())
    twice = attach(attach(head, PATCH), PATCH)
    assert twice.texture
    assert head.texture
    assert len(twice.texture.picture) == (SIZE if layout == "built-in" else len(head.texture.picture) + 32)
    height, width = twice.texture.picture.shape[:2]
    for texture, faces in ((twice.texture, slice(-2, None)), (head.texture, slice(0, 0))):
        at = texture.coords[texture.corners[faces]] * (1.0, -1.0) + (0.0, 1.0)
        columns, rows = (at * (width, height)).astype(int).reshape(-1, 2).T
        assert (texture.picture[rows, columns] == 255).all()
    np.testing.assert_array_equal(_shown(twice, len(head.faces)), _shown(head, len(head.faces)))


def _with_own_texture(head: Head) -> Head:
    random = np.random.default_rng(3)
    picture = random.integers(0, 200, (64, 64, 3)).astype(np.uint8)
    coords = random.uniform(0.0, 1.0, (len(head.template), 2)).astype(np.float32)
    return replace(head, texture=Texture(picture, coords, head.faces))


def _shown(head: Head, count: int) -> np.ndarray:
    """Return the texture's colours at the corners of the first faces."""
    assert head.texture
    height, width = head.texture.picture.shape[:2]
    at = head.texture.coords[head.texture.corners[:count]] * (1.0, -1.0) + (0.0, 1.0)
    columns, rows = (at * (width, height)).clip(0, (width - 1, height - 1)).astype(int).reshape(-1, 2).T
    return head.texture.picture[rows, columns]
