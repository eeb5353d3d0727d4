"""Mappings of heads whose components bear signals' names."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from flame_model.find_heads import load_head
from flame_model.head import Head
from mappings.scores.builtin_mapping import builtin_mapping
from mappings.scores.ict_mapping import ICT_DRIVE, ict_mapping
from mappings.scores.named_mapping import Drive, named_mapping, signal_of, without_side
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX, MEDIAPIPE_NAMES

DRIVE = Drive(
    jaw_open=0.3,
    looks={"Up": 0.1, "Down": 0.2, "In": 0.3, "Out": 0.4},
    blink=(0.1, 0.6),
    gains={"mouthSmile": 2.0},
    rests={"browDown": 0.25},
    gaze_rest=(-0.1, 0.05),
)
NAMES = ("mouthSmileLeft", "browDownRight", "browInnerUpLeft", "browInnerUpRight", "mouthLeft", "jawRight")


@pytest.fixture
def named(synthetic_head: Head) -> Head:
    """Return a head of six named components."""
    return replace(
        synthetic_head,
        expression_names=NAMES,
        expression_basis=synthetic_head.expression_basis[..., : len(NAMES)],
    )


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("mouthSmileLeft", "mouthSmile"),
        ("browDownRight", "browDown"),
        ("mouthLeft", "mouthLeft"),
        ("jawRight", "jawRight"),
        ("jawOpen", "jawOpen"),
    ],
)
def test_sides_are_distinguished_from_directions(name: str, plain: str) -> None:
    assert without_side(name) == plain


def test_component_without_a_signal_of_its_own_takes_the_one_for_both_sides() -> None:
    assert signal_of("browInnerUpLeft") == signal_of("browInnerUpRight") == "browInnerUp"
    assert signal_of("cheekPuffLeft") == "cheekPuff"
    assert [signal_of(name) for name in MEDIAPIPE_NAMES] == list(MEDIAPIPE_NAMES)


def test_signals_drive_the_components_of_their_name(named: Head) -> None:
    matrix = named_mapping(named, DRIVE)["bs2exp"]
    for component, (name, gain) in enumerate(zip(NAMES, (2.0, 1.0, 1.0, 1.0, 1.0, 1.0), strict=True)):
        expected = np.zeros(len(MEDIAPIPE_NAMES))
        expected[MEDIAPIPE_INDEX[signal_of(name)]] = gain
        assert np.array_equal(matrix[:, component], expected)


def test_rest_jaw_gaze_and_lids(named: Head) -> None:
    arrays = named_mapping(named, DRIVE)
    assert arrays["exp_intercept"].tolist() == [0.0, 0.25, 0.0, 0.0, 0.0, 0.0]
    assert arrays["eye_intercept"].tolist() == [-0.1, 0.05, 0.0, -0.1, -0.05, 0.0]
    assert arrays["bs2jaw"][MEDIAPIPE_INDEX["jawOpen"]].tolist() == [0.3, 0.0, 0.0]
    gaze = arrays["bs2eye"]
    down = gaze[MEDIAPIPE_INDEX["eyeLookDownLeft"]] + gaze[MEDIAPIPE_INDEX["eyeLookDownRight"]]
    assert np.allclose(down, [0.2, 0.0, 0.0, 0.2, 0.0, 0.0])
    left = gaze[MEDIAPIPE_INDEX["eyeLookOutLeft"]] + gaze[MEDIAPIPE_INDEX["eyeLookInRight"]]
    assert left[1] > 0.0
    assert left[4] > 0.0
    for score, closure in ((0.1, 0.0), (0.6, 1.0)):
        column = arrays["bs2eyelids"][MEDIAPIPE_INDEX["eyeBlinkLeft"], 0]
        assert score * column + arrays["eyelids_intercept"][0] == pytest.approx(closure)


def test_bundled_mapping_is_the_built_in_one() -> None:
    head = load_head("builtin")
    bundled = ScoreMapping.default()
    assert np.allclose(bundled.matrix[:, : head.expression_count], builtin_mapping(head)["bs2exp"], atol=1e-6)


def test_ict_drive_names_signals_only(named: Head) -> None:
    plain = {without_side(name) for name in MEDIAPIPE_NAMES}
    assert set(ICT_DRIVE.gains) <= plain
    assert set(ICT_DRIVE.rests) <= plain
    assert ict_mapping(named)["bs2exp"].shape == (52, len(NAMES))
