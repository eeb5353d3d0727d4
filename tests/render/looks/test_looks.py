"""Every look draws the head in its own way, over the background."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.arrays import Picture
from flame_model.deform import deform, prepare
from flame_model.errors import InputError
from flame_model.head import Head, LandmarkPlaces
from flame_model.params import HeadParams, rest_params
from render.camera import OrbitCamera
from render.looks.names import (
    CLAY,
    HEAT,
    LOOK_NAMES,
    NORMALS,
    POINTS,
    STUDIO,
    TOON,
    WIREFRAME,
)
from render.scene.background import Background

pytestmark = pytest.mark.usefixtures("context")

SIZE = (240, 240)
BLACK = Background.parse("black")
TURNED = np.array([0.0, 1.2, 0.0])
OPEN = np.array([0.35, 0.0, 0.0])
Draw = Callable[..., npt.NDArray[np.int64]]


@pytest.fixture
def draw() -> Iterator[Draw]:
    """Return a function that draws a head in a look, as signed integers."""
    from render.picture_renderer import PictureRenderer

    made: list[PictureRenderer] = []

    def picture(head: Head, look: str, background: Background = BLACK, **params: object) -> Picture:
        made.append(PictureRenderer(head, SIZE, background=background, look=look))
        return made[-1].draw(replace(rest_params(head.expression_count), **params)).astype(int)

    yield picture
    for renderer in made:
        renderer.release()


@pytest.mark.parametrize("look", LOOK_NAMES)
def test_a_look_leaves_the_background_and_differs_from_others(builtin: Head, draw: Draw, look: str) -> None:
    picture = draw(builtin, look, Background.parse("transparent"))
    assert not picture[5, 200].any(), "the corner is background"
    assert picture[120, 120, 3] == 255
    another = LOOK_NAMES[LOOK_NAMES.index(look) - 1]
    other = draw(builtin, another, Background.parse("transparent"))
    assert np.abs(picture - other)[60:180, 60:180].mean() > 5


def test_clay_has_no_colours_of_its_own_but_marks_features(builtin: Head, draw: Draw) -> None:
    red = replace(builtin, vertex_colors=builtin.vertex_colors * np.float32([1.0, 0.5, 0.5]))
    for head in (builtin, red):
        face = draw(head, CLAY)[60:170, 80:160, :3]
        assert (face.max(axis=2) - face.min(axis=2)).max() < 40
    blank = replace(builtin, texture=None)
    skin, marked = draw(blank, CLAY)[..., :3], draw(builtin, CLAY)[..., :3]
    brow = np.s_[84:92, 84:110]
    assert marked[brow].mean() < skin[brow].mean() - 5


def test_a_clay_head_without_texture_is_marked_by_its_vertices(synthetic_head: Head, draw: Draw) -> None:
    dark = synthetic_head.vertex_colors.copy()
    dark[synthetic_head.template[:, 1] > 0.03] *= 0.3
    plain, marked = (
        draw(replace(synthetic_head, vertex_colors=colors), CLAY)[60, 120, :3].sum()
        for colors in (np.ones_like(dark), dark)
    )
    assert marked < 0.9 * plain


def test_normals_are_colours_in_the_cameras_axes(synthetic_head: Head, draw: Draw) -> None:
    picture = draw(synthetic_head, NORMALS)
    np.testing.assert_allclose(picture[150, 120], (128, 110, 252, 255), atol=14)
    turned = draw(synthetic_head, NORMALS, rotation=TURNED)
    np.testing.assert_allclose(turned[150, 120, 2], picture[150, 120, 2], atol=14)
    assert picture[120, 85, 0] < 90
    assert picture[120, 155, 0] > 166


def test_wireframe_hides_the_lines_behind_a_surface(synthetic_head: Head, draw: Draw) -> None:
    """A large triangle hides the head, so that only its own three lines are seen."""
    front = len(synthetic_head.template)
    corners = np.float32([[-0.3, -0.3, 0.15], [0.3, -0.3, 0.15], [0.0, 0.4, 0.15]])
    covered = _with_vertices(synthetic_head, corners, [[front, front + 1, front + 2]])
    seen, hidden = (_lines(draw(head, WIREFRAME)) for head in (synthetic_head, covered))
    inside = np.s_[100:160, 100:140]
    assert seen[inside].mean() > 0.02
    assert not hidden[inside].any()


def _with_vertices(head: Head, positions: npt.NDArray[np.float32], faces: list[list[int]]) -> Head:
    """Return a head with still vertices and the faces between them."""
    arrays = {
        name: np.concatenate([values, np.zeros((len(positions), *values.shape[1:]), np.float32)])
        for name in ("identity_basis", "expression_basis", "pose_correctives", "eyelid_basis")
        if (values := getattr(head, name)) is not None
    }
    weights = np.zeros((len(positions), 5), np.float32)
    weights[:, 0] = 1.0
    return replace(
        head,
        template=np.concatenate([head.template, positions]),
        faces=np.concatenate([head.faces, np.array(faces, np.int32)]),
        skin_weights=np.concatenate([head.skin_weights, weights]),
        face_materials=np.append(head.face_materials, np.zeros(len(faces), np.uint8)),
        vertex_colors=np.concatenate([head.vertex_colors, np.ones_like(positions)]),
        joint_regressor=np.pad(head.joint_regressor, ((0, 0), (0, len(positions)))),
        eyelid_arc=None,
        eyelid_hold=None,
        **arrays,
    )


def _lines(picture: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    return picture[..., 1] > 75


def test_heat_shows_what_the_face_does_and_not_how_the_head_turns(builtin: Head, draw: Draw) -> None:
    def hot(**params: object) -> int:
        picture = draw(builtin, HEAT, **params)[:, 60:]  # without the legend
        return int(((picture[..., 0] > 150) & (picture[..., 0] > picture[..., 2])).sum())

    assert hot() == 0
    assert hot(rotation=TURNED) == 0
    assert hot(neck=0.5 * TURNED) == 0
    assert hot(jaw=OPEN) > 300
    assert hot(jaw=OPEN, rotation=0.2 * TURNED, neck=0.2 * TURNED) > 300


def test_the_legend_of_heat_has_the_colours_of_the_scale() -> None:
    from render.looks.heat import MOST_MM, scale_colors
    from render.looks.legend import legend_picture

    colors = scale_colors()
    picture = legend_picture(colors, MOST_MM, 200)
    bar = picture[:, np.flatnonzero((picture[100, :, :3] == colors[127]).all(axis=1))[0], :3]
    shown = bar[(bar[:, None] == colors[None]).all(axis=2).any(axis=1)]
    np.testing.assert_array_equal(shown[0], colors[-1])
    np.testing.assert_array_equal(shown[-1], colors[0])
    assert (picture[..., :3].min(axis=2) > 200).any(), "there are no numbers"


def test_heat_draws_its_legend_into_the_picture(builtin: Head, draw: Draw) -> None:
    legend = draw(builtin, HEAT)[70:170, 6:14, :3]
    assert legend.max() > 200


def test_toon_has_two_tones_and_an_outline(synthetic_head: Head, draw: Draw) -> None:
    plain = replace(synthetic_head, vertex_colors=np.ones_like(synthetic_head.vertex_colors))
    picture = draw(plain, TOON, Background.parse("white"))[..., :3]
    below_the_eyes = picture[125:].reshape(-1, 3)
    colors, counts = np.unique(below_the_eyes, axis=0, return_counts=True)
    often = colors[counts > 500]
    assert len(often) == 3, "lit, shaded and the white background"
    row = picture[120].sum(axis=1)
    outline = np.flatnonzero(row < 120)
    assert {"left": outline.min() < 70, "right": outline.max() > 170} == {"left": True, "right": True}


@pytest.mark.parametrize("samples", [1, 4])
def test_ink_has_soft_edges_however_often_a_pixel_is_sampled(synthetic_head: Head, samples: int) -> None:
    from render.picture_renderer import PictureRenderer

    white = Background.parse("white")
    renderer = PictureRenderer(synthetic_head, SIZE, background=white, samples=samples, look=TOON)
    picture = renderer.draw(rest_params(synthetic_head.expression_count)).astype(int)[..., 1]
    renderer.release()
    outside = picture[:, 40:200]
    grey = (outside > 60) & (outside < 235) & (np.roll(outside, 1, 0) > 235)
    assert grey.sum() > 80


def test_points_are_where_the_landmarks_are(builtin: Head, places: LandmarkPlaces, draw: Draw) -> None:
    params = replace(rest_params(builtin.expression_count), jaw=OPEN)
    picture = draw(builtin, POINTS, jaw=OPEN)
    spots = _spots(builtin, places, params)
    # Forehead, nose tip, chin and both cheeks, which nothing hides.
    for landmark in (10, 4, 152, 50, 280):
        column, row = spots[landmark]
        assert picture[row - 1 : row + 2, column - 1 : column + 2, 1].max() > 180, landmark
    turned = draw(builtin, POINTS, rotation=TURNED)
    green = (turned[..., 1] > 150) & (turned[..., 1] > turned[..., 0] + 40)
    assert 0 < green.sum() < 0.75 * ((picture[..., 1] > 150) & (picture[..., 1] > picture[..., 0] + 40)).sum()


def _spots(head: Head, places: LandmarkPlaces, params: HeadParams) -> npt.NDArray[np.int64]:
    """Return column and row (478, 2) of each landmark in the picture."""
    from render.framing import DEFAULT

    camera: OrbitCamera = DEFAULT.camera(head)
    corners = deform(prepare(head), params)[head.faces[places.triangles]]
    points = np.einsum("lc,lcx->lx", places.weights, corners)
    clip = np.c_[points, np.ones(len(points))] @ (camera.projection(SIZE) @ camera.view()).T
    unit = clip[:, :2] / clip[:, 3:] * (0.5, -0.5) + 0.5
    return np.floor(unit * SIZE).astype(int)


def test_a_head_without_known_landmarks_stays_in_the_look_before(synthetic_head: Head) -> None:
    from render.picture_renderer import PictureRenderer

    renderer = PictureRenderer(synthetic_head, SIZE, background=BLACK)
    rest = rest_params(synthetic_head.expression_count)
    before = renderer.draw(rest)
    with pytest.raises(InputError, match="flame-cam heads add"):
        renderer.head_renderer.set_look(POINTS)
    np.testing.assert_array_equal(renderer.draw(rest), before)
    renderer.release()


def test_a_look_that_returns_looks_as_before_and_takes_new_colours(builtin: Head) -> None:
    from render.picture_renderer import PictureRenderer

    renderer = PictureRenderer(builtin, SIZE, background=BLACK)
    rest = rest_params(builtin.expression_count)
    before = renderer.draw(rest)
    for look in (*LOOK_NAMES[1:], STUDIO):
        renderer.head_renderer.set_look(look)
        shown = renderer.draw(rest)
    np.testing.assert_array_equal(shown, before)
    renderer.head_renderer.set_look(TOON)
    renderer.head_renderer.set_colors(replace(builtin, vertex_colors=builtin.vertex_colors * np.float32(0.5)))
    darker = renderer.draw(rest)
    renderer.head_renderer.set_colors(builtin)
    assert darker[120, 110, :3].sum() < 0.7 * renderer.draw(rest)[120, 110, :3].sum()
    renderer.release()


def test_an_unknown_look_is_refused_with_the_names(synthetic_head: Head) -> None:
    from render.offscreen_renderer import OffscreenRenderer

    with pytest.raises(InputError, match=r"'sepia'.*studio.*points"):
        OffscreenRenderer(synthetic_head, SIZE, look="sepia")
