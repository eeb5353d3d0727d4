"""Light in the mouth: teeth and lining, which closed lips hide at rest, are lit when lips show them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.params import HeadParams, rest_params
from render.scene.background import Background
from render.scene.lighting import Light, Lighting

pytestmark = pytest.mark.usefixtures("context")

SIDE = 160
SMILE = {"mouthSmile": 0.9, "mouthUpperUp": 0.5}
HEAD = load_head("builtin")


@pytest.fixture(params=[True, False], ids=["per vertex", "per pixel"])
def lighting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("render.head_renderer.is_software", lambda: request.param)


def _params(scores: dict[str, float], jaw: float = 0.0) -> HeadParams:
    names = [name.removesuffix("Left").removesuffix("Right") for name in HEAD.expression_names]
    expression = np.array([scores.get(name, 0.0) for name in names], np.float32)
    rest = rest_params(HEAD.expression_count)
    return replace(rest, expression=expression, jaw=np.array([jaw, 0.0, 0.0]))


def _mouth(head: Head, params: HeadParams, lighting: Lighting | None = None) -> npt.NDArray[np.int64]:
    from render.picture_renderer import PictureRenderer

    renderer = PictureRenderer(head, (SIDE, SIDE), lighting, Background.parse("black"), samples=1)
    renderer.camera = replace(renderer.camera, target=(0.0, -0.042, 0.0), frame_height=0.06)
    picture = renderer.draw(params)
    renderer.release()
    return picture[..., :3].astype(np.int64)


def _of_material(name: str, params: HeadParams) -> npt.NDArray[np.bool_]:
    """Return which pixels (SIDE, SIDE) show a material: those that change when it turns a bright green.

    Where little light falls, as on the mouth's lining, only a colour far above 1 changes a pixel visibly.
    """
    materials = tuple(replace(m, color=(0.0, 8.0, 0.0)) if m.name == name else m for m in HEAD.materials)
    changed = _mouth(replace(HEAD, materials=materials), params) - _mouth(HEAD, params)
    return np.asarray(np.abs(changed).max(axis=2) > 12)


@pytest.mark.usefixtures("lighting")
def test_a_smile_shows_pale_teeth() -> None:
    smile = _params(SMILE)
    shown = _mouth(HEAD, smile)[_of_material("teeth", smile)]
    red, green, blue = np.quantile(shown, 0.75, axis=0)
    assert len(shown) > 800
    assert green > 185
    assert red >= green >= blue
    assert red - blue < 50


@pytest.mark.usefixtures("lighting")
def test_the_inside_of_an_open_mouth_is_red_not_black() -> None:
    opened = _params({}, jaw=0.25)
    shown = _mouth(HEAD, opened)[_of_material("mouth", opened)]
    assert len(shown) > 800
    assert np.quantile(shown[:, 0], 0.8) > 45
    assert (shown[:, 0] >= shown[:, 2]).mean() > 0.9


@pytest.mark.usefixtures("lighting")
def test_no_light_from_behind_the_head_reaches_the_tongue() -> None:
    """A grazing light would make it shine white."""
    black = (0.0, 0.0, 0.0)
    unlit = Light((0.0, 0.0, 1.0), black)
    behind = Lighting(
        key=unlit, fill=unlit, rim=Light((0.0, 0.8, -1.0), (3.0, 3.0, 3.0)), sky=black, ground=black
    )
    opened = _params({}, jaw=0.25)
    shown = _mouth(HEAD, opened, behind)[_of_material("tongue", opened)]
    assert len(shown) > 300
    assert np.quantile(shown, 0.95) < 20
