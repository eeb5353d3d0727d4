"""Make the mapping of a head whose expression components bear the names of signals.

A signal drives the component of its own name. The jaw, the eyes and the eyelids take the signals that the rig
gives them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.head import Head
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT, TONGUE

GAZE_TOGETHER = 0.8
"""Share by which each eye takes the mean turn of both: the tracker measures each eye by itself, and eyes that
follow it exactly look crossed. Chosen by eye."""
SIDES = ("Left", "Right")


@dataclass(frozen=True, slots=True)
class Drive:
    """The strengths with which scores drive one head; signals are named without their side."""

    jaw_open: float
    """Radians of the jaw at a jawOpen score of 1."""
    looks: Mapping[str, float]
    """Radians of an eye at an eyeLook score of 1, by "Up", "Down", "In", "Out"."""
    blink: tuple[float, float]
    """eyeBlink score of an open eye that looks ahead, and the least score of a shut eye."""
    gains: Mapping[str, float] = field(default_factory=dict)
    """Value of a component at a score of 1; 1 where absent."""
    rests: Mapping[str, float] = field(default_factory=dict)
    """Value of a component at a score of 0; 0 where absent."""
    gaze_rest: tuple[float, float] = (0.0, 0.0)
    """Radians by which the eyes look down and outwards at scores of 0."""


def named_mapping(head: Head, drive: Drive) -> dict[str, Float64Array]:
    """Return the arrays of our mapping layout, by file name without suffix."""
    expression = np.zeros((SIGNAL_COUNT, head.expression_count))
    expression_rest = np.zeros(head.expression_count)
    for component, name in enumerate(head.expression_names):
        plain = without_side(name)
        if name != TONGUE:  # The tracker does not send it.
            expression[MEDIAPIPE_INDEX[signal_of(name)], component] = drive.gains.get(plain, 1.0)
        expression_rest[component] = drive.rests.get(plain, 0.0)
    jaw = np.zeros((SIGNAL_COUNT, 3))
    jaw[MEDIAPIPE_INDEX["jawOpen"], 0] = drive.jaw_open
    rest, shut = drive.blink
    eyelids = np.zeros((SIGNAL_COUNT, 2))
    for side, name in enumerate(SIDES):
        eyelids[MEDIAPIPE_INDEX[f"eyeBlink{name}"], side] = 1.0 / (shut - rest)
    down, outwards = drive.gaze_rest
    return {
        "bs2exp": expression,
        "exp_intercept": expression_rest,
        "bs2jaw": jaw,
        "bs2eye": _gaze(drive.looks),
        "eye_intercept": np.array([down, outwards, 0.0, down, -outwards, 0.0]),
        "bs2eyelids": eyelids,
        "eyelids_intercept": np.full(2, -rest / (shut - rest)),
    }


def signal_of(component: str) -> str:
    """Return the signal that drives a component: the one of its name, with or without its side."""
    return component if component in MEDIAPIPE_INDEX else without_side(component)


def without_side(name: str) -> str:
    """Return mouthSmile for mouthSmileLeft; mouthLeft and jawLeft name directions and stay as they are."""
    for side in SIDES:
        plain = name.removesuffix(side)
        if plain not in (name, "mouth", "jaw"):
            return plain
    return name


def _gaze(looks: Mapping[str, float]) -> Float64Array:
    """Return the eyes' turn (52, 6) per score: down is +x, and the person's left is +y.

    Looking out is looking left for the left eye only.
    """
    gaze = np.zeros((SIGNAL_COUNT, 2, 3))
    for eye, side in enumerate(SIDES):
        outward = 1.0 if side == "Left" else -1.0
        turns = (("Down", 0, 1.0), ("Up", 0, -1.0), ("Out", 1, outward), ("In", 1, -outward))
        for direction, axis, sign in turns:
            gaze[MEDIAPIPE_INDEX[f"eyeLook{direction}{side}"], eye, axis] = sign * looks[direction]
    together = gaze.mean(axis=1, keepdims=True)
    return (gaze + GAZE_TOGETHER * (together - gaze)).reshape(SIGNAL_COUNT, 6)
