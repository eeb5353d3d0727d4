"""Pictures of a head, checked by the colours of a few pixels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest

from flame_model.arrays import Picture
from flame_model.head import Head, Material
from flame_model.params import rest_params
from render.scene.background import STUDIO, Background, PictureBackground
from render.scene.lighting import Light, Lighting

pytestmark = pytest.mark.usefixtures("context")

SIZE = (160, 120)
Draw = Callable[..., Picture]


@pytest.fixture
def draw() -> Iterator[Draw]:
    """Return a function that draws a head at rest."""
    from render.picture_renderer import PictureRenderer

    made: list[PictureRenderer] = []

    def picture(head: Head, **options: object) -> Picture:
        made.append(PictureRenderer(head, SIZE, **options))
        return made[-1].draw(rest_params(head.expression_count))

    yield picture
    for renderer in made:
        renderer.release()


def test_head_in_the_middle_and_flat_background_in_the_corner(synthetic_head: Head, draw: Draw) -> None:
    picture = draw(synthetic_head, background=Background.parse("#102030"))
    assert picture.shape == (120, 160, 4)
    assert picture[2, 2].tolist() == [0x10, 0x20, 0x30, 255]
    red, _, blue, alpha = picture[60, 80].astype(int)
    assert red > blue + 10
    assert alpha == 255


def test_transparent_background_has_alpha_zero_and_edges_keep_their_color(
    synthetic_head: Head, draw: Draw
) -> None:
    picture = draw(synthetic_head, background=Background.parse("transparent"))
    assert picture[2, 2].tolist() == [0, 0, 0, 0]
    assert picture[60, 80, 3] == 255
    edge = (picture[..., 3] > 60) & (picture[..., 3] < 200)
    assert edge.any(), "the outline is not smoothed"
    assert picture[edge][:, 0].min() > 40


def test_a_gradient_goes_from_top_to_bottom(synthetic_head: Head, draw: Draw) -> None:
    column = draw(synthetic_head, background=Background.parse("white,#200000"))[:, 2].astype(int)
    assert np.abs(column[0, :3] - 255).max() < 4
    assert np.abs(column[-1, :3] - (32, 0, 0)).max() < 4
    assert (np.diff(column[::20, 1]) < 0).all()


def test_a_picture_fills_the_background_with_its_middle_in_the_middle(
    synthetic_head: Head, draw: Draw
) -> None:
    """The picture is twice as wide as the background: a quarter is cut off at each side."""
    columns = np.repeat(np.uint8([[20, 100, 180, 240]]), 80, axis=1)
    picture = np.repeat(np.repeat(columns, 120, axis=0)[..., None], 3, axis=2)
    row = draw(synthetic_head, background=PictureBackground(picture))[1, :, 0].astype(int)
    np.testing.assert_allclose([row[1], row[-2]], [100, 180], atol=2)
    np.testing.assert_allclose([row[70], row[90]], [100, 180], atol=2)


def test_studio_is_brighter_behind_the_head_than_in_the_corner(synthetic_head: Head, draw: Draw) -> None:
    picture = draw(synthetic_head, background=STUDIO).astype(int)
    assert picture[60, 20, :3].sum() > picture[2, 2, :3].sum()


def test_top_row_comes_first(synthetic_head: Head, draw: Draw) -> None:
    bright = replace(
        synthetic_head,
        vertex_colors=np.where(synthetic_head.template[:, 1:2] > 0.0, 1.0, 0.05).astype(np.float32)
        * np.ones((1, 3), np.float32),
    )
    picture = draw(bright, background=Background.parse("black")).astype(int)
    assert picture[40, 80, :3].sum() > picture[85, 80, :3].sum() + 60


def test_materials_color_their_own_faces(synthetic_head: Head, draw: Draw) -> None:
    blue = Material("blue", (0.0, 0.0, 1.0), 0.6)
    red = Material("red", (1.0, 0.0, 0.0), 0.6)
    left = synthetic_head.template[synthetic_head.faces][:, :, 0].mean(axis=1) > 0.0
    split = replace(synthetic_head, materials=(blue, red), face_materials=left.astype(np.uint8))
    picture = draw(split, background=Background.parse("black")).astype(int)
    assert picture[60, 65, 2] > picture[60, 65, 0] + 40
    assert picture[60, 95, 0] > picture[60, 95, 2] + 40


def test_light_comes_from_its_own_side(synthetic_head: Head, draw: Draw) -> None:
    dark = Light((0.0, 1.0, 0.0), (0.0, 0.0, 0.0))
    lighting = Lighting(
        key=Light((-1.0, 0.0, 0.6), (3.0, 3.0, 3.0)), fill=dark, rim=dark, sky=(0, 0, 0), ground=(0, 0, 0)
    )
    picture = draw(synthetic_head, lighting=lighting, background=Background.parse("black")).astype(int)
    assert picture[60, 62, :3].sum() > picture[60, 98, :3].sum() + 60


def test_an_open_mesh_shows_its_dark_inside(synthetic_head: Head, draw: Draw) -> None:
    front = synthetic_head.template[synthetic_head.faces][:, :, 2].mean(axis=1) > 0.02
    hollow = replace(
        synthetic_head,
        faces=synthetic_head.faces[~front],
        face_materials=synthetic_head.face_materials[~front],
    )
    picture = draw(hollow, background=Background.parse("green")).astype(int)
    assert picture[60, 80, :3].max() < 60


def test_identity_changes_the_picture(synthetic_head: Head) -> None:
    from render.picture_renderer import PictureRenderer

    renderer = PictureRenderer(synthetic_head, SIZE, background=Background.parse("black"))
    rest = rest_params(synthetic_head.expression_count)
    before = renderer.draw(rest).astype(int)
    renderer.head_renderer.set_identity([40.0])
    after = renderer.draw(rest).astype(int)
    renderer.head_renderer.set_identity(None)
    again = renderer.draw(rest).astype(int)
    renderer.release()
    assert np.abs(after - before).max() > 30
    assert np.abs(again - before).max() <= 1


def test_light_per_vertex_looks_like_light_per_pixel(
    synthetic_head: Head, draw: Draw, monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"background": Background.parse("black"), "samples": 1}
    monkeypatch.setattr("render.head_renderer.is_software", lambda: True)
    per_vertex = draw(synthetic_head, **options).astype(int)
    monkeypatch.setattr("render.head_renderer.is_software", lambda: False)
    per_pixel = draw(synthetic_head, **options).astype(int)
    assert np.abs(per_vertex - per_pixel).mean() < 2.0


def test_multisampling_smooths_the_outline_too(synthetic_head: Head, draw: Draw) -> None:
    picture = draw(synthetic_head, background=Background.parse("transparent"), samples=4)
    assert np.count_nonzero((picture[..., 3] > 0) & (picture[..., 3] < 255)) > 50


def test_a_window_and_its_recording_keep_their_sizes_apart(synthetic_head: Head) -> None:
    from render.gl.target import Target
    from render.head_renderer import HeadRenderer

    renderer, rest = HeadRenderer(synthetic_head), rest_params(synthetic_head.expression_count)
    pictures = []
    for size in ((160, 120), (64, 64), (160, 120), (40, 80), (64, 64)):
        target = Target(size)
        target.bind()
        renderer.draw(rest, renderer.home_camera(), size, Background.parse("black"))
        pictures.append(target.read_rgba())
        target.release()
    renderer.release()
    assert np.array_equal(pictures[0], pictures[2])
    assert np.array_equal(pictures[1], pictures[4])
    assert pictures[3][40, 20, 0] > 40


def test_a_background_that_returns_looks_as_before(synthetic_head: Head) -> None:
    from render.picture_renderer import PictureRenderer

    renderer, pictures = PictureRenderer(synthetic_head, SIZE, samples=1), []
    for name in ("green", "white", "studio", "transparent", "green"):
        renderer.background = Background.parse(name)
        pictures.append(renderer.draw(rest_params(synthetic_head.expression_count)))
    renderer.release()
    assert [picture[2, 2].tolist() for picture in pictures[:2]] == [[0, 177, 64, 255], [255, 255, 255, 255]]
    assert pictures[3][2, 2].tolist() == [0, 0, 0, 0]
    assert np.array_equal(pictures[0], pictures[4])


@pytest.mark.parametrize("magnification", [2.0, 2.5, 3.0, 4.0])
def test_what_the_edge_of_the_picture_cuts_keeps_its_colour(
    synthetic_head: Head, magnification: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Software OpenGL loses what is interpolated without perspective where it clips triangles."""
    from render.picture_renderer import PictureRenderer

    monkeypatch.setattr("render.head_renderer.is_software", lambda: True)
    renderer = PictureRenderer(synthetic_head, SIZE, background=Background.parse("green"))
    renderer.camera = replace(renderer.camera, magnification=magnification)
    picture = renderer.draw(rest_params(synthetic_head.expression_count)).astype(int)
    renderer.release()
    skin = picture[..., 0] > picture[..., 1]
    assert skin[-1].any()
    assert picture[..., :3].max(axis=2).min() > 20
