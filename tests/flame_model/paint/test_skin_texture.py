"""The built-in head's texture: faces do not overlap, and features lie at their landmarks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.arrays import Float64Array
from flame_model.face.landmarks import rest_landmarks
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.paint.skin_texture import textured
from flame_model.paint.unwrapping.charts import EYE, HEAD, SIZE
from flame_model.paint.unwrapping.face_projection import face_pixels
from flame_model.paint.unwrapping.unwrap import unwrap


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head("builtin")


def _around(head: Head, landmarks: tuple[int, ...], radius: int = 2) -> Float64Array:
    """Return the mean sRGB (N, 3) of the texture around landmarks."""
    assert head.landmarks
    return _around_points(head, rest_landmarks(head, head.landmarks)[list(landmarks)], radius)


def _around_points(head: Head, points: Float64Array, radius: int) -> Float64Array:
    """Return the mean sRGB (N, 3) of the texture around points (N, 3) of the face."""
    assert head.texture
    pixels = face_pixels(points).astype(int)
    squares = [
        head.texture.picture[y - radius : y + radius + 1, x - radius : x + radius + 1] for x, y in pixels
    ]
    return np.array([square.mean(axis=(0, 1)) for square in squares])


def _twice_areas(pixels: Float64Array) -> Float64Array:
    """Return twice the areas (F,) of faces (F, 3, 2), negative where one is seen from behind."""
    first, second = pixels[:, 1] - pixels[:, 0], pixels[:, 2] - pixels[:, 0]
    return np.asarray(first[:, 1] * second[:, 0] - first[:, 0] * second[:, 1])


def test_face_and_skull_lie_flat_without_folds(head: Head) -> None:
    flat = unwrap(head)
    areas = _twice_areas(flat.pixels[flat.pictured[HEAD]])
    corners = head.template[head.faces[flat.pictured[HEAD]]]
    sides = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    on_head = np.linalg.norm(sides, axis=1)
    assert on_head[areas < 0.0].sum() < 0.01 * on_head.sum()


def test_the_face_gets_most_of_the_picture(head: Head) -> None:
    flat = unwrap(head)
    faces = flat.pictured[HEAD]
    front = faces[head.template[head.faces[faces], 2].mean(axis=1) > -0.05]
    assert np.abs(_twice_areas(flat.pixels[front])).sum() / 2.0 > 0.35 * SIZE**2


def test_both_eyes_share_one_round_picture(head: Head) -> None:
    flat = unwrap(head)
    pixels = flat.pixels[flat.pictured[EYE]].reshape(-1, 2)
    middle = np.array([EYE.left + EYE.width / 2, EYE.top + EYE.height / 2])
    away = np.linalg.norm(pixels - middle, axis=1)
    assert away.max() <= EYE.width / 2 + 1e-6
    assert away.min() < 0.03 * EYE.width


def test_features_have_their_colours(head: Head) -> None:
    cheeks = _around(head, (50, 280), radius=8).mean(axis=0)
    assert head.landmarks
    edges = rest_landmarks(head, head.landmarks)[[[105, 52], [334, 282]]]
    brows = _around_points(head, edges.mean(axis=1), radius=2).mean(axis=0)
    lips = _around(head, (16, 85, 315)).mean(axis=0)
    assert brows.mean() < 0.75 * cheeks.mean()
    assert lips[0] / lips[1] > 1.1 * cheeks[0] / cheeks[1]


def test_skin_has_pores_but_no_strong_pattern(head: Head) -> None:
    assert head.texture
    assert head.landmarks
    x, y = face_pixels(rest_landmarks(head, head.landmarks)[[151]])[0].astype(int)
    forehead = head.texture.picture[y - 20 : y + 20, x - 20 : x + 20].astype(float)
    assert 2.0 < forehead.std(axis=(0, 1)).mean() < 12.0


def test_what_shows_a_picture_has_white_vertices(head: Head) -> None:
    pictured = np.concatenate(list(unwrap(head).pictured.values()))
    assert (head.vertex_colors[head.faces[pictured]] == 1.0).all()
    assert head.vertex_colors.min() < 0.5


def test_the_file_holds_what_the_code_paints(head: Head) -> None:
    painted = textured(head).texture
    assert painted
    assert head.texture
    difference = painted.picture.astype(int) - head.texture.picture
    assert np.abs(difference).mean() < 0.01
    places, in_file = (texture.coords[texture.corners] for texture in (painted, head.texture))
    # Which way the very back of an eyeball lies, and the order of points, is up to a processor's rounding.
    middle = np.array([EYE.left + EYE.width / 2, SIZE - EYE.top - EYE.height / 2]) / SIZE
    behind = (np.linalg.norm(in_file - middle, axis=2) > 0.499 * EYE.width / SIZE).all(axis=1)
    shown = ~(behind & (head.face_materials == [m.name for m in head.materials].index("eye")))
    assert shown.mean() > 0.95
    np.testing.assert_allclose(places[shown], in_file[shown], atol=1e-6)


def test_another_face_is_painted_where_its_landmarks_are(head: Head) -> None:
    wide = replace(head, template=np.ascontiguousarray(head.template * np.float32([1.0, 1.06, 1.0])))
    painted = textured(wide)
    lips = _around(painted, (16, 85, 315)).mean(axis=0)
    chin = _around(painted, (199,), radius=4).mean(axis=0)
    assert lips[0] / lips[1] > 1.1 * chin[0] / chin[1]
