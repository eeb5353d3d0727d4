"""The lids' shadow lies on the eyeball, below the lids, whatever lids and expression do."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.deform import deform, prepare
from flame_model.face import topology as t
from flame_model.face.eyes import EYE_CENTERS, EYE_RADIUS
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.params import rest_params
from tests.flame_model.builtin.parts.eye_side import vertices_at_eye

LIDS = (t.LEFT_UPPER_LID, t.RIGHT_UPPER_LID)


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head("builtin")


def _from_center(head: Head, side: int, closure: float = 0.0, **signals: float) -> npt.NDArray[np.floating]:
    """Return the distances (N,) in metres of the shadow's vertices from the eye's centre."""
    expression = np.array([signals.get(name, 0.0) for name in head.expression_names])
    params = replace(rest_params(head.expression_count), expression=expression, eyelids=np.full(2, closure))
    return np.linalg.norm(
        deform(prepare(head), params)[vertices_at_eye(head, "lid shadow", side)] - EYE_CENTERS[side], axis=1
    )


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("closure", [0.0, 0.3, 0.6])
def test_the_shadow_stays_on_the_eyeball_while_lids_shut(head: Head, side: int, closure: float) -> None:
    distance = _from_center(head, side, closure)
    assert distance.min() > EYE_RADIUS - 0.0002
    assert distance.max() < EYE_RADIUS + 0.0016


@pytest.mark.parametrize("signal", ["eyeWideLeft", "eyeSquintLeft", "browDownLeft"])
def test_expressions_do_not_press_the_shadow_into_the_eyeball(head: Head, signal: str) -> None:
    assert _from_center(head, 0, **{signal: 1.0}).min() > EYE_RADIUS - 0.0005


def test_the_shadow_is_darkest_at_the_upper_lid_and_ends_softly(head: Head) -> None:
    shadow = vertices_at_eye(head, "lid shadow", 0)
    shade = head.vertex_colors[shadow].mean(axis=1)
    rim = head.template[list(LIDS[0][2:-2])]
    near = np.linalg.norm(head.template[shadow][:, None] - rim, axis=2).min(axis=1)
    assert shade[near.argmin()] < 0.6
    assert shade.max() == 1.0
    assert (near[shade == 1.0] > 0.001).all()
