"""Light falls on shoulders and skull as each of them stands."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.find_heads import load_head
from flame_model.params import HeadParams, rest_params
from render.framing import Framing
from render.scene.background import Background

pytestmark = pytest.mark.usefixtures("context")

SIZE = (96, 96)
FAR_TURN = np.radians([0.0, 70.0, 0.0])


@pytest.fixture(scope="module")
def rest() -> HeadParams:
    """Return the parameters of the built-in head at rest."""
    return rest_params(load_head("builtin").expression_count)


def shoulders(params: HeadParams) -> npt.NDArray[np.float64]:
    """Return the outer ends (8, 36, 3) of the shoulders in a picture of the built-in head."""
    from render.picture_renderer import PictureRenderer

    ground = Background.parse("black")
    renderer = PictureRenderer(load_head("builtin"), SIZE, background=ground, framing=Framing.named("bust"))
    picture = renderer.draw(params)[80:88, :, :3].astype(float)
    renderer.release()
    return np.concatenate([picture[:, 12:30], picture[:, -30:-12]], axis=1)


def test_a_turned_head_leaves_the_light_on_its_shoulders(rest: HeadParams) -> None:
    at_rest, turned = shoulders(rest), shoulders(replace(rest, neck=FAR_TURN))
    assert at_rest.mean() > 40.0, "the shoulders are in the picture"
    assert np.abs(turned - at_rest).mean() < 0.02 * at_rest.mean()


def test_turned_shoulders_are_lit_from_another_side(rest: HeadParams) -> None:
    at_rest, turned = shoulders(rest), shoulders(replace(rest, rotation=FAR_TURN, neck=-FAR_TURN))
    assert np.abs(turned - at_rest).mean() > 0.1 * at_rest.mean()
