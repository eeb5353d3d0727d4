"""A texture painted at a head's landmarks."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.face.landmarks import eye_faces, rest_landmarks, seat_landmarks, skin_faces
from flame_model.face.true_landmarks import true_landmarks
from flame_model.find_heads import load_head
from flame_model.paint.paint_from_landmarks import paint_head
from flame_model.paint.painted_texture import paint_texture
from flame_model.paint.unwrapping.charts import shows_eye_picture
from tests.synthetic_heads import mixed_flame_head

BROWS, FOREHEAD, LIP, CHIN, CROWN = ((66, 65), (296, 295)), 151, (11, 16), 199, (0.03, 0.115, -0.06)
LEFT_LID_EDGE, ABOVE_IT_M, UP = 386, 0.006, np.array([0.0, 1.0, 0.0])


@pytest.fixture(scope="module")
def painted():
    """Return a FLAME file's head painted vertex by vertex."""
    return paint_head(mixed_flame_head(), true_landmarks(load_head("builtin")))


@pytest.fixture(scope="module")
def textured(painted):
    """Return the painted head with a texture that has no hair on the left half."""
    bare = (painted.template[:, 0] > 0.0).astype(np.float64)
    return paint_texture(painted, true_landmarks(load_head("builtin")), bare)


@pytest.fixture(scope="module")
def seen(textured):
    """Return a function that gives the colour (3,) of the skin nearest to a point (3,), over 3 x 3 pixels."""

    def color(point):
        places = seat_landmarks(textured, np.broadcast_to(point, (478, 3)))
        triangle, weights = places.triangles[CHIN], places.weights[CHIN]
        texture, side = textured.texture, len(textured.texture.picture)
        u, v = weights @ texture.coords[texture.corners[triangle]]
        row, column = int((1.0 - v) * side), int(u * side)
        around = texture.picture[row - 1 : row + 2, column - 1 : column + 2] / 255.0
        return around.mean(axis=(0, 1)) * (weights @ textured.vertex_colors[textured.faces[triangle]])

    return color


@pytest.fixture(scope="module")
def landmarks(painted):
    return rest_landmarks(painted, true_landmarks(load_head("builtin")))


def test_brows_are_dark_and_lips_red(seen, landmarks):
    skin, chin = seen(landmarks[FOREHEAD]), seen(landmarks[CHIN])
    for edges in BROWS:
        assert seen(landmarks[list(edges)].mean(axis=0)).mean() < 0.6 * skin.mean()
    for lip in LIP:
        color = seen(landmarks[lip])
        assert color[0] / color[1] > 1.1 * chin[0] / chin[1]


def test_the_upper_lids_edge_bears_a_dark_line(seen, landmarks):
    edge = landmarks[LEFT_LID_EDGE]
    heights = np.arange(0.0, 0.002, 0.0002)
    darkest = min(seen(edge + height * UP).mean() for height in heights)
    assert darkest < 0.75 * seen(edge + ABOVE_IT_M * UP).mean()


def test_hair_grows_only_where_the_skin_is_not_bare(seen):
    left, right = (seen(np.array(CROWN) * (side, 1.0, 1.0)).mean() for side in (1.0, -1.0))
    assert right < 0.8 * left


def test_eyeballs_show_the_picture_of_an_eye(painted, textured):
    eyes = np.unique(painted.faces[np.concatenate([eye_faces(painted, side) for side in ("left", "right")])])
    np.testing.assert_array_equal(textured.vertex_colors[eyes], 1.0)
    assert shows_eye_picture(textured)
    assert not shows_eye_picture(painted)
    skin = np.unique(painted.faces[skin_faces(painted)])
    assert (textured.vertex_colors[skin] == 1.0).all(axis=1).mean() > 0.9
