"""The mipmap level at which a head's texture is sampled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.head import Head, Texture
from flame_model.params import rest_params
from render.scene.background import Background

pytestmark = pytest.mark.usefixtures("context")

TEXELS = 512


@pytest.fixture
def striped_head(synthetic_head: Head) -> Head:
    """Return a head with a 0.3 m wide texture of stripes, one pixel each, projected from the front."""
    rows = np.where(np.arange(TEXELS) % 2, 255, 60).astype(np.uint8)
    picture = np.ascontiguousarray(np.broadcast_to(rows[:, None, None], (TEXELS, TEXELS, 3)))
    coords = np.clip(synthetic_head.template[:, :2] / 0.3 + 0.5, 0.0, 1.0).astype(np.float32)
    return replace(synthetic_head, texture=Texture(picture, coords, synthetic_head.faces))


def test_the_level_depends_on_texels_per_pixel() -> None:
    from render.mesh.skin_texture import COARSEST_LEVEL, suitable_level

    levels = [suitable_level(texels) for texels in (1e-3, 1.0, 1.3, 1.9, 2.3, 4.0, 1e6)]
    assert levels == [0, 0, 1, 1, 1, 2, COARSEST_LEVEL]


def test_density_is_that_of_what_faces_forwards(striped_head: Head) -> None:
    from render.mesh.skin_texture import texels_per_metre

    assert striped_head.texture is not None
    steepest, straight = TEXELS / 0.3 * 0.5, TEXELS / 0.3
    assert steepest < texels_per_metre(striped_head.texture, striped_head) <= 1.01 * straight


def test_a_texture_without_extent_has_a_density_of_one(synthetic_head: Head) -> None:
    from render.mesh.skin_texture import texels_per_metre

    texture = Texture(
        np.zeros((4, 4, 3), np.uint8), np.full((1, 2), 0.5, np.float32), np.zeros_like(synthetic_head.faces)
    )
    assert texels_per_metre(texture, synthetic_head) == 1.0


def _rows_of_the_forehead(head: Head, magnification: float) -> npt.NDArray[np.int64]:
    from render.picture_renderer import PictureRenderer

    renderer = PictureRenderer(head, (160, 120), background=Background.parse("black"), samples=1)
    renderer.camera = replace(renderer.camera, magnification=magnification)
    column = renderer.draw(rest_params(head.expression_count))[50:70, 80, 0].astype(np.int64)
    renderer.release()
    return column


@pytest.mark.parametrize("software", [True, False], ids=["per vertex", "per pixel"])
def test_stripes_are_even_from_far_and_seen_from_near(
    striped_head: Head, software: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("render.head_renderer.is_software", lambda: software)
    far, near = (_rows_of_the_forehead(striped_head, magnification) for magnification in (1.0, 6.0))
    assert np.abs(np.diff(far)).max() < 12
    assert np.abs(np.diff(near)).max() > 25
