"""The closed loop draws a still head with a moving face, and sees how far the driven head moves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.evaluating.driving import Variant
from app.model.animated_head import AnimatedHead
from benchmarks.measuring import closed_loop
from benchmarks.measuring.closed_loop import (
    CYCLE_S,
    HELD_S,
    MOVEMENTS,
    RISE_S,
    SETTLING_S,
    Leak,
    crown_places,
    face_moves,
    largest_turn,
    measure_leaks,
    strength,
)
from benchmarks.steadiness import page_text
from flame_model.head import Head
from flame_model.params import rest_params
from flame_model.rotations import axis_angle_from_matrix, matrix_from_axis_angle


@pytest.fixture(scope="module")
def variant() -> Variant:
    return Variant("scores", AnimatedHead.load("builtin", solver="scores"))


def test_a_movement_comes_and_goes_twice() -> None:
    assert strength(SETTLING_S - 0.01) == 0.0
    for begun_s in (SETTLING_S, SETTLING_S + CYCLE_S):
        assert strength(begun_s + RISE_S / 2) == pytest.approx(0.5)
        assert strength(begun_s + RISE_S + HELD_S / 2) == 1.0
        assert strength(begun_s + 0.9 * CYCLE_S) == pytest.approx(0.0)


def test_the_face_moves_and_the_pose_does_not(variant: Variant) -> None:
    drawn = list(face_moves(variant, MOVEMENTS["lids"], (20.0, 0.0, 0.0)))
    first = drawn[0]
    assert all(np.array_equal(each.rotation, first.rotation) for each in drawn)
    assert all(np.array_equal(each.neck, first.neck) for each in drawn)
    assert all(np.array_equal(each.translation, first.translation) for each in drawn)
    lids = np.array([each.eyelids for each in drawn])
    assert lids.max() > first.eyelids.max() + 0.5
    turn = matrix_from_axis_angle(first.rotation) @ matrix_from_axis_angle(first.neck)
    assert np.degrees(axis_angle_from_matrix(turn)) == pytest.approx([0.0, 20.0, 0.0], abs=1e-6)


def test_the_largest_turn_is_that_of_root_and_neck_together() -> None:
    rest = rest_params(3)
    nodding = replace(rest, rotation=np.radians([2.0, 0.0, 0.0]), neck=np.radians([1.0, 0.0, 0.0]))
    before = [replace(rest, rotation=np.radians([0.0, y, 0.0])) for y in (-1.0, 1.0)]
    assert largest_turn(before, [rest, nodding, rest]) == pytest.approx(3.0)


def test_the_crown_is_the_highest_point_and_moves_with_the_head(builtin: Head) -> None:
    rest = rest_params(builtin.expression_count)
    raised = replace(rest, translation=np.array([0.0, 0.01, 0.0]))
    crowns = crown_places(builtin, [rest, raised])
    assert crowns[0, 1] == pytest.approx(builtin.template[:, 1].max(), abs=1e-4)
    assert crowns[1] - crowns[0] == pytest.approx([0.0, 0.01, 0.0])


def test_a_still_face_hardly_turns_the_head_and_a_jaw_is_measured(
    variant: Variant, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(closed_loop, "MOVEMENTS", {name: MOVEMENTS[name] for name in ("nothing", "jaw")})
    monkeypatch.setattr(closed_loop, "CYCLES", 1)
    still, jaw = measure_leaks(variant, bundle, ["ahead"])
    assert (still.movement, jaw.movement, still.pose) == ("nothing", "jaw", "ahead")
    assert still.seen == jaw.seen == 1.0
    assert still.turn_deg < 0.2
    assert still.crown_mm < 0.5
    assert jaw.turn_deg > still.turn_deg, "a moving face adds to the noise"


def test_figures_beyond_their_limits_are_bold_and_lost_faces_are_named() -> None:
    leaks = [Leak(name, "ahead", 1.0, 0.1, 0.2) for name in MOVEMENTS if name != "jaw"]
    text = page_text([*leaks, Leak("jaw", "ahead", 0.9, 2.5, 0.4)], "builtin")
    assert "| jaw | **2.50** | 0.40 |" in text
    assert "| lids | 0.10 | 0.20 |" in text
    assert "not found in every drawing of: jaw, ahead." in text
