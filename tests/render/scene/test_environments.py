"""Environments light the head differently and leave it readable."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.errors import InputError
from flame_model.head import Head
from flame_model.params import rest_params
from render.scene.background import Background
from render.scene.environment_names import ENVIRONMENT_NAMES, STAGE, STUDIO, WINDOW
from render.scene.environments import ENVIRONMENTS, environment
from render.scene.lighting import MOST_GLOWS, Glow, Lighting

pytestmark = pytest.mark.usefixtures("context")

SIZE = (160, 160)


def drawn(head: Head, lighting: Lighting) -> npt.NDArray[np.int64]:
    from render.picture_renderer import PictureRenderer

    renderer = PictureRenderer(head, SIZE, lighting, Background.parse("black"))
    picture = renderer.draw(rest_params(head.expression_count))[..., :3].astype(int)
    renderer.release()
    return picture


def test_every_environment_has_a_name_and_few_glows() -> None:
    assert tuple(ENVIRONMENTS) == ENVIRONMENT_NAMES
    assert max(len(lighting.glows) for lighting in ENVIRONMENTS.values()) <= MOST_GLOWS
    assert environment(STUDIO) == Lighting()


def test_environments_differ_and_none_is_too_dark_or_too_bright(builtin: Head) -> None:
    faces = {name: drawn(builtin, environment(name))[50:110, 55:105] for name in ENVIRONMENT_NAMES}
    for name, face in faces.items():
        assert 60 < face.mean() < 220, name
        others = [np.abs(face - other).mean() for key, other in faces.items() if key != name]
        assert min(others) > 8, name


def test_a_window_lights_one_side_and_a_stage_colours_both(builtin: Head) -> None:
    left, right = np.s_[60:100, 50:66], np.s_[60:100, 94:110]
    window, stage = (drawn(builtin, environment(name)) for name in (WINDOW, STAGE))
    assert window[left].mean() > 1.4 * window[right].mean()
    assert stage[left][..., 0].mean() > stage[left][..., 1].mean() + 40
    assert stage[right][..., 2].mean() > stage[right][..., 0].mean()


def test_a_glow_lights_the_side_that_faces_it_the_softer_the_broader(synthetic_head: Head) -> None:
    dark = Lighting(*(3 * (ENVIRONMENTS[STUDIO].key.__class__((0.0, 0.0, 1.0), (0.0, 0.0, 0.0)),)))
    shades = {}
    for sharpness in (1.0, 20.0):
        glow = Glow((1.0, 0.0, 0.2), (1.0, 1.0, 1.0), sharpness)
        row = drawn(synthetic_head, _with(dark, glow))[90].sum(axis=1)
        shades[sharpness] = row
        assert row[100] > row[60] + 30
    assert shades[1.0][60] > shades[20.0][60]


def _with(lighting: Lighting, glow: Glow) -> Lighting:
    black = (0.0, 0.0, 0.0)
    return Lighting(lighting.key, lighting.fill, lighting.rim, black, black, (glow,))


def test_an_unknown_environment_is_refused_with_the_names() -> None:
    with pytest.raises(InputError, match=r"'moon'.*studio.*stage"):
        environment("moon")
