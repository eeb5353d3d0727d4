"""A texture colours a head per pixel as vertex colours do per vertex."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.head import Head, Texture
from flame_model.params import rest_params
from render.scene.background import Background

pytestmark = pytest.mark.usefixtures("context")

SIZE = (160, 120)
COLORS = ((200, 120, 90), (90, 140, 180))
"""Colours of the texture's left and right half."""


@pytest.fixture(params=[True, False], ids=["per vertex", "per pixel"])
def lighting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("render.head_renderer.is_software", lambda: request.param)


def _drawn(head: Head) -> npt.NDArray[np.int64]:
    from render.picture_renderer import PictureRenderer

    renderer = PictureRenderer(head, SIZE, background=Background.parse("black"), samples=1)
    picture = renderer.draw(rest_params(head.expression_count))
    renderer.release()
    return picture.astype(np.int64)


def _textured(head: Head, sharp: bool = True) -> Head:
    """Return the head with the texture's left half on its right side; a ramp between them unless `sharp`."""
    share = np.repeat([0.0, 1.0], 32) if sharp else np.linspace(0.0, 1.0, 64)
    row = np.array(COLORS[0]) + share[:, None] * (np.array(COLORS[1]) - COLORS[0])
    picture = np.ascontiguousarray(np.broadcast_to(row, (64, 64, 3)).round().astype(np.uint8))
    u = np.clip(head.template[:, 0] / 0.2 + 0.5, 0.0, 1.0)
    coords = np.stack([u, np.full(len(u), 0.5)], axis=1).astype(np.float32)
    return replace(head, texture=Texture(picture, coords, head.faces))


@pytest.mark.usefixtures("lighting")
def test_one_colour_looks_as_it_does_on_the_vertices(synthetic_head: Head) -> None:
    """The skin is hard, because soft skin without a texture is mottled."""
    hard = tuple(replace(material, softness=0.0) for material in synthetic_head.materials)
    synthetic_head = replace(synthetic_head, materials=hard)
    color = np.array(COLORS[0], np.uint8)
    coords = np.full((1, 2), 0.5, np.float32)
    texture = Texture(np.tile(color, (32, 32, 1)), coords, np.zeros_like(synthetic_head.faces))
    on_vertices = replace(
        synthetic_head, vertex_colors=np.float32(synthetic_head.vertex_colors * (color / 255.0))
    )
    difference = _drawn(replace(synthetic_head, texture=texture)) - _drawn(on_vertices)
    assert np.abs(difference).max() <= 3


@pytest.mark.usefixtures("lighting")
def test_detail_is_finer_than_the_vertices(synthetic_head: Head) -> None:
    row = _drawn(_textured(synthetic_head))[60]
    warmth = row[70:90, 0] - row[70:90, 2]
    assert warmth[:8].min() > 15
    assert warmth[-8:].max() < 0
    assert np.abs(np.diff(warmth)).max() > 25, "the border between the colours is blurred"


def test_light_per_vertex_looks_like_light_per_pixel(
    synthetic_head: Head, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, pictures = _textured(synthetic_head, sharp=False), []
    for software in (True, False):
        monkeypatch.setattr("render.head_renderer.is_software", lambda software=software: software)
        pictures.append(_drawn(head))
    assert np.abs(pictures[0] - pictures[1]).mean() < 2.0


def test_the_top_row_lies_at_the_top(synthetic_head: Head) -> None:
    picture = np.zeros((64, 64, 3), np.uint8)
    picture[:32], picture[32:] = COLORS
    v = np.clip(synthetic_head.template[:, 1] / 0.3 + 0.5, 0.0, 1.0)
    coords = np.stack([np.full(len(v), 0.5), v], axis=1).astype(np.float32)
    drawn = _drawn(replace(synthetic_head, texture=Texture(picture, coords, synthetic_head.faces)))
    assert drawn[45, 80, 0] > drawn[45, 80, 2]
    assert drawn[80, 80, 0] < drawn[80, 80, 2]


@pytest.mark.usefixtures("lighting")
def test_new_colours_look_as_if_the_head_had_been_drawn_in_them_from_the_start(synthetic_head: Head) -> None:
    from render.picture_renderer import PictureRenderer

    first = _textured(synthetic_head)
    assert first.texture
    picture = np.ascontiguousarray(first.texture.picture[:, ::-1] // 2)
    other = replace(
        first,
        texture=replace(first.texture, picture=picture),
        vertex_colors=np.float32(0.8 * first.vertex_colors),
    )
    rest = rest_params(first.expression_count)
    renderer = PictureRenderer(first, SIZE, background=Background.parse("black"), samples=1)
    renderer.draw(rest)
    renderer.head_renderer.set_colors(other)
    changed = renderer.draw(rest).astype(np.int64)
    renderer.release()
    assert (changed == _drawn(other)).all()
