"""Edges between any two colours are smoothed; even areas stay unchanged."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.head import Head
from flame_model.params import rest_params
from render.scene.background import Background

pytestmark = pytest.mark.usefixtures("context")


def smoothed(picture: npt.NDArray[np.uint8], region: tuple[int, int, int, int]) -> npt.NDArray[np.uint8]:
    """Return the picture (H, W, 4) after the pass, rows in the order of the graphics driver."""
    from OpenGL import GL

    from render.gl.target import Target
    from render.passes.edge_pass import EdgePass

    size = picture.shape[1], picture.shape[0]
    source, shown, edges = Target(size), Target(size), EdgePass()
    GL.glBindTexture(GL.GL_TEXTURE_2D, source.texture)
    GL.glTexSubImage2D(GL.GL_TEXTURE_2D, 0, 0, 0, *size, GL.GL_RGBA, GL.GL_UNSIGNED_BYTE, picture)
    shown.bind()
    framebuffer = GL.glGetIntegerv(GL.GL_DRAW_FRAMEBUFFER_BINDING)
    source.copy()
    edges.draw(source.texture, size, region, framebuffer)
    result = shown.read_rgba()[::-1]
    for part in (source, shown, edges):
        part.release()
    return result


def staircase(below: tuple[int, ...], above: tuple[int, ...]) -> npt.NDArray[np.uint8]:
    """Return 64x48 pixels parted by a flat slope of steps."""
    rows, columns = np.mgrid[:48, :64]
    return np.where((rows < 14 + columns // 4)[..., None], below, above).astype(np.uint8)


@pytest.mark.parametrize("above", [(200, 200, 200, 255), (30, 135, 28, 255), (40, 40, 40, 0)])
def test_steps_are_softened_whether_brightness_hue_or_alpha_changes(above: tuple[int, ...]) -> None:
    below = (130, 85, 28, 255)
    result = smoothed(staircase(below, above), (0, 0, 64, 48))
    between = (result != below).any(axis=2) & (result != above).any(axis=2)
    assert np.count_nonzero(between) > 60


def test_even_parts_and_what_lies_outside_the_region_stay() -> None:
    picture = staircase((200, 150, 120, 255), (10, 20, 30, 255))
    result = smoothed(picture, (0, 0, 32, 48))
    assert np.array_equal(result[:, 32:], picture[:, 32:])
    assert np.array_equal(result[:8], picture[:8])
    assert np.array_equal(result[40:], picture[40:])
    assert not np.array_equal(result[:, :32], picture[:, :32])


def test_the_outline_is_soft_before_a_background_as_bright_as_the_head(synthetic_head: Head) -> None:
    from render.picture_renderer import PictureRenderer

    renderer = PictureRenderer(synthetic_head, (160, 120), samples=1)
    rest = rest_params(synthetic_head.expression_count)
    pictures = []
    for color in ("#10a020", "#000000"):
        renderer.background = Background.parse(color)
        pictures.append(renderer.draw(rest)[..., :3].astype(int))
    renderer.background = replace(renderer.background, alpha=0.0)
    alpha = renderer.draw(rest)[..., 3]
    renderer.release()
    edge = (alpha > 100) & (alpha < 155)
    assert edge.any()
    share = (pictures[0] - pictures[1])[edge][:, 1] / 160.0
    assert np.all((share > 0.15) & (share < 0.85))
