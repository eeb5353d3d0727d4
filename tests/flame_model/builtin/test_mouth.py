"""The built-in head's mouth: teeth stay behind the lips, the tongue follows the jaw and can be put out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from scipy.spatial import cKDTree

from flame_model.builtin.rig import JAW_OPEN_RADIANS
from flame_model.deform import deform, prepare
from flame_model.face import topology as t
from flame_model.find_heads import load_head
from flame_model.head import JOINT_NAMES
from flame_model.params import rest_params

Vertices = npt.NDArray[np.floating]

HEAD = load_head("builtin")
PREPARED = prepare(HEAD)
UPPER, LOWER = np.array(t.UPPER_INNER_LIP), np.array(t.LOWER_INNER_LIP)
SIDES = ("Left", "Right")
PAIRS = (
    ("mouthSmile", "mouthUpperUp"),
    ("mouthSmile", "mouthLowerDown"),
    ("mouthStretch", "mouthLowerDown"),
    ("mouthDimple", "mouthPress"),
)


def _posed(scores: Mapping[str, float], jaw_open: float = 0.0) -> Vertices:
    expression = np.array([scores.get(name, 0.0) for name in HEAD.expression_names])
    jaw = np.array([jaw_open * JAW_OPEN_RADIANS, 0.0, 0.0])
    return deform(PREPARED, replace(rest_params(HEAD.expression_count), expression=expression, jaw=jaw))


def _part(material: str, joint: str | None = None) -> npt.NDArray[np.int64]:
    index = [m.name for m in HEAD.materials].index(material)
    part = np.unique(HEAD.faces[HEAD.face_materials == index])
    return part if joint is None else part[HEAD.skin_weights[part, JOINT_NAMES.index(joint)] == 1.0]


def _behind(vertices: Vertices, teeth: npt.NDArray[np.int64], lip: npt.NDArray[np.int64]) -> float:
    """Return how far teeth stay behind the lip's inner edge, metres; negative where they pass it."""
    edge = vertices[lip][np.argsort(vertices[lip, 0])]
    row = vertices[teeth]
    row = row[(row[:, 0] > edge[0, 0]) & (row[:, 0] < edge[-1, 0])]
    return float((np.interp(row[:, 0], edge[:, 0], edge[:, 2]) - row[:, 2]).min())


@pytest.mark.parametrize("name", HEAD.expression_names)
def test_teeth_stay_behind_the_lips(name: str) -> None:
    vertices = _posed({name: 1.0})
    assert _behind(vertices, _part("teeth", "neck"), UPPER) > 0.001
    assert _behind(vertices, _part("teeth", "jaw"), LOWER) > 0.001


@pytest.mark.parametrize("pair", PAIRS)
def test_teeth_stay_behind_the_lips_when_signals_meet(pair: tuple[str, str]) -> None:
    vertices = _posed({name + side: 1.0 for name in pair for side in SIDES})
    assert _behind(vertices, _part("teeth", "neck"), UPPER) > 0.0
    assert _behind(vertices, _part("teeth", "jaw"), LOWER) > 0.0


def _depth_under_skin(vertices: Vertices) -> float:
    """Return the least depth in metres of teeth and gums under the skin above and below the lips."""
    skin, teeth = vertices[_part("skin")], vertices[_part("teeth")]
    skin = skin[skin[:, 2] > vertices[UPPER[0], 2] - 0.010]
    off_the_mouth = (teeth[:, 1] < vertices[17, 1]) | (teeth[:, 1] > vertices[0, 1])
    behind = teeth[off_the_mouth & (np.abs(teeth[:, 0]) < 0.015)]
    nearest = cKDTree(skin[:, :2]).query(behind[:, :2])[1]
    return float((skin[nearest, 2] - behind[:, 2]).min(initial=1.0))


@pytest.mark.parametrize("pair", [*PAIRS, ("mouthSmile",), ("mouthPress",)])
def test_gums_stay_under_the_skin(pair: tuple[str, ...]) -> None:
    strong = {name + side: 1.4 for name in pair for side in SIDES}
    assert _depth_under_skin(_posed(strong)) > 0.0005


def test_lips_meet_at_rest() -> None:
    vertices = _posed({})
    assert (vertices[UPPER, 1] - vertices[LOWER, 1]).max() < 1e-5


@pytest.mark.parametrize("score", [0.25, 0.5, 0.75])
def test_lips_meet_while_the_jaw_is_open(score: float) -> None:
    vertices = _posed({"mouthClose": score}, jaw_open=score)
    chin = vertices[199] - _posed({})[199]
    apart = vertices[UPPER] - vertices[LOWER]
    assert chin[1] < -0.018 * score
    assert apart[:, 1].max() < 0.0009
    assert np.linalg.norm(apart, axis=1).max() < 0.0035
    assert _behind(vertices, _part("teeth", "neck"), UPPER) > 0.0
    assert _behind(vertices, _part("teeth", "jaw"), LOWER) > 0.0


def test_the_tongue_comes_out_between_parted_lips() -> None:
    vertices = _posed({"tongueOut": 1.0})
    tongue = vertices[_part("tongue")]
    out = tongue[tongue[:, 2] > vertices[UPPER[5], 2]]
    assert tongue[:, 2].max() > vertices[UPPER[5], 2] + 0.015
    assert (out[:, 1] < vertices[UPPER[5], 1]).all()
    at_the_lip = tongue[np.abs(tongue[:, 2] - vertices[LOWER[5], 2]) < 0.004]
    assert at_the_lip[:, 1].min() > vertices[LOWER[5], 1] - 0.001


def test_the_tongue_follows_the_jaw() -> None:
    tongue, teeth = _part("tongue"), _part("teeth", "jaw")
    moved = _posed({}, jaw_open=1.0) - _posed({})
    assert moved[tongue, 1].max() < -0.001
    assert moved[tongue, 1].min() > moved[teeth, 1].min()


@pytest.mark.parametrize("jaw_open", [0.35, 0.7])
@pytest.mark.parametrize(("funnel", "pucker"), [(0.0, 0.0), (0.8, 0.0), (0.0, 0.8), (0.8, 0.5)])
def test_lower_teeth_hide_behind_the_lip_of_an_open_mouth(
    jaw_open: float, funnel: float, pucker: float
) -> None:
    """Little more than the edge may show: bright teeth in the middle of an O look loose."""
    vertices = _posed({"mouthFunnel": funnel, "mouthPucker": pucker}, jaw_open)
    teeth = vertices[_part("teeth", "jaw")]
    middle = teeth[np.abs(teeth[:, 0]) < 0.006]
    assert middle[:, 1].max() < vertices[LOWER[5], 1] + 0.0005


def test_lower_teeth_show_above_the_floor_of_an_open_mouth() -> None:
    vertices = _posed({}, jaw_open=1.0)
    teeth, lining = vertices[_part("teeth", "jaw")], vertices[_part("mouth")]
    middle = teeth[np.abs(teeth[:, 0]) < 0.004]
    edge = middle[np.argmax(middle[:, 1])]
    near = (np.abs(lining[:, 0]) < 0.006) & (np.abs(lining[:, 2] - edge[2]) < 0.006) & (lining[:, 1] < -0.045)
    assert (lining[near, 1] < edge[1]).all()
