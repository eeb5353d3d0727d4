"""The built-in head's lids under every signal: never in the eyeball, and shut when they should be."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from flame_model.builtin.skin.lids import lid_rim
from flame_model.deform import deform, prepare
from flame_model.face.eyes import EYE_CENTERS, EYE_RADIUS
from flame_model.find_heads import load_head
from flame_model.params import rest_params

Vertices = npt.NDArray[np.floating]

HEAD = load_head("builtin")
PREPARED = prepare(HEAD)
SKIN_FACES = HEAD.faces[HEAD.face_materials == [m.name for m in HEAD.materials].index("skin")]
AROUND_EYES = np.unique(SKIN_FACES)
AROUND_EYES = AROUND_EYES[
    np.linalg.norm(HEAD.template[AROUND_EYES, None] - EYE_CENTERS, axis=2).min(1) < 0.022
]
REACH = np.abs(HEAD.expression_basis[AROUND_EYES]).max(axis=(0, 1))
REACHING = tuple(name for name, reach in zip(HEAD.expression_names, REACH, strict=True) if reach > 1e-3)
"""The signals that move skin around the eyes by a millimetre."""
MOST_INSIDE_M = 0.0002
LARGEST_GAP = 0.05
"""Share of the open gap that shut lids may leave."""


def _posed(name: str, closure: float) -> Vertices:
    expression = (np.array(HEAD.expression_names) == name).astype(np.float64)
    closed = replace(rest_params(HEAD.expression_count), expression=expression, eyelids=np.full(2, closure))
    return deform(PREPARED, closed)


def _gap(vertices: Vertices, side: int) -> float:
    rim = lid_rim(side)
    return float((vertices[rim[1:8], 1] - vertices[rim[:8:-1], 1]).max())


@pytest.mark.parametrize("name", REACHING)
@pytest.mark.parametrize("closure", [0.0, 0.5, 1.0])
def test_no_signal_presses_skin_into_an_eyeball(name: str, closure: float) -> None:
    around = _posed(name, closure)[AROUND_EYES]
    distance = np.linalg.norm(around[:, None] - EYE_CENTERS, axis=2).min(1)
    assert distance.min() > EYE_RADIUS - MOST_INSIDE_M


def test_brows_lids_and_cheeks_reach_the_eyes() -> None:
    assert {"browDownLeft", "eyeWideRight", "eyeSquintLeft", "cheekSquintLeft"} <= set(REACHING)


@pytest.mark.parametrize("name", REACHING)
def test_a_blink_shuts_the_eyes_whatever_the_face_does(name: str) -> None:
    still, shut = _posed("", 0.0), _posed(name, 1.0)
    for side in range(2):
        assert _gap(shut, side) < LARGEST_GAP * _gap(still, side)
