"""The tracker recognises the built-in head's expressions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.model.animated_head import AnimatedHead
from benchmarks.measuring.signal_recognition import (
    PITCHES,
    YAWS,
    Recognition,
    active_signals,
    measure_recognition,
)
from mappings.signals import MEDIAPIPE_INDEX, MEDIAPIPE_NAMES, mirrored_name

SIGNALS = (
    "browInnerUp",
    "browDownLeft",
    "eyeBlinkRight",
    "eyeSquintLeft",
    "eyeLookUpLeft",
    "eyeLookOutRight",
    "jawOpen",
    "mouthSmileLeft",
    "mouthPucker",
    "mouthFunnel",
    "mouthUpperUpRight",
    "mouthLowerDownLeft",
    "mouthLeft",
    "mouthFrownLeft",
    "mouthRollUpper",
    "mouthPressLeft",
    "mouthPressRight",
)


@pytest.fixture(scope="module")
def recognition(bundle: Path) -> Recognition:
    both_sides = dict.fromkeys([*SIGNALS, *map(mirrored_name, SIGNALS)])
    return measure_recognition(AnimatedHead.load("builtin"), bundle, tuple(both_sides))


def test_the_head_is_found_however_it_is_turned(recognition: Recognition) -> None:
    assert (min(YAWS), max(YAWS), min(PITCHES), max(PITCHES)) == (-45, 45, -25, 25)
    assert recognition.missed == ()


def test_a_signal_alone_is_the_strongest_of_its_side_and_region(recognition: Recognition) -> None:
    """Of both sides together: the tracker reports less of some signals on one side, which the head, moving
    alike on both, does not make up for."""
    measured = {each.signal: each for each in recognition.signals}
    evened = [each.evened(measured[mirrored_name(name)]) for name, each in measured.items()]
    assert [each.signal for each in evened if not each.recognised] == []
    assert min(each.change for each in evened) > 0.1


def test_shut_eyes_are_reported_as_shut(recognition: Recognition) -> None:
    assert min(recognition.shut) >= 0.5


def test_without_its_response_less_is_recognised(bundle: Path) -> None:
    plain = measure_recognition(AnimatedHead.load("builtin", solver="scores"), bundle, ("mouthFrownLeft",))
    assert not plain.signals[0].recognised


def test_signals_that_nobody_shows_do_not_count() -> None:
    people = np.zeros((3, len(MEDIAPIPE_NAMES)))
    people[1, MEDIAPIPE_INDEX["jawOpen"]] = 0.3
    assert active_signals(people) == ("jawOpen",)
