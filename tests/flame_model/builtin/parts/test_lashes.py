"""The built-in head's lashes: they are rooted in the upper lids and follow them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.deform import deform, prepare
from flame_model.face import topology as t
from flame_model.find_heads import load_head
from flame_model.head import Head
from flame_model.params import rest_params
from tests.flame_model.builtin.parts.eye_side import vertices_at_eye

LIDS = (t.LEFT_UPPER_LID, t.RIGHT_UPPER_LID)


@pytest.fixture(scope="module")
def head() -> Head:
    return load_head("builtin")


def _from_lid(vertices: npt.NDArray[np.floating], lashes: npt.NDArray[np.int64], side: int) -> float:
    """Return the distance in metres of the farthest lash vertex from the lid's edge."""
    rim = vertices[list(LIDS[side])]
    return float(np.linalg.norm(vertices[lashes][:, None] - rim, axis=2).min(1).max())


@pytest.mark.parametrize("side", [0, 1])
@pytest.mark.parametrize("closure", [0.0, 0.5, 1.0])
def test_lashes_stay_on_the_upper_lid_while_it_shuts(head: Head, side: int, closure: float) -> None:
    params = replace(rest_params(head.expression_count), eyelids=np.full(2, closure))
    assert _from_lid(deform(prepare(head), params), vertices_at_eye(head, "lashes", side), side) < 0.010


@pytest.mark.parametrize("side", [0, 1])
def test_lashes_turn_down_with_the_lid(head: Head, side: int) -> None:
    prepared = prepare(head)
    shut = deform(prepared, replace(rest_params(head.expression_count), eyelids=np.ones(2)))
    lashes = vertices_at_eye(head, "lashes", side)
    tips = lashes[np.argsort(head.template[lashes, 1])[-5:]]
    rim = list(LIDS[side])
    assert (head.template[tips, 1] > head.template[rim, 1].max()).all()
    assert (shut[tips, 1] < shut[rim, 1].max()).all()


def test_lashes_go_with_the_lid_whatever_the_face_does(head: Head) -> None:
    prepared = prepare(head)
    for name in ("eyeWideLeft", "eyeSquintLeft", "browDownLeft"):
        expression = (np.array(head.expression_names) == name).astype(np.float64)
        moved = deform(prepared, replace(rest_params(head.expression_count), expression=expression))
        assert _from_lid(moved, vertices_at_eye(head, "lashes", 0), 0) < 0.010
