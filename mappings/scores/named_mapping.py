"""The mapping of a head whose expression components bear signals' names, written down from its rig.

A signal drives the components of its own name; joints and eyelids take the signals that the rig gives them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.head import Head
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT, TONGUE

GAZE_TOGETHER = 0.8
"""How far both eyes turn by their mean: the tracker reads each eye by itself, which looks cross-eyed."""
SIDES = ("Left", "Right")


@dataclass(frozen=True, slots=True)
class Drive:
    """Say how strongly scores drive one head; signals are named without their side."""

    jaw_open: float
    """Radians of the jaw at jawOpen 1."""
    looks: Mapping[str, float]
    """Radians of an eye at eyeLook 1, by "Up", "Down", "In", "Out"."""
    blink: tuple[float, float]
    """eyeBlink of an open eye looking ahead, and from where on an eye is shut: a two-point range."""
    gains: Mapping[str, float] = field(default_factory=dict)
    """Component at score 1; 1 where absent."""
    rests: Mapping[str, float] = field(default_factory=dict)
    """Component at score 0; 0 where absent."""
    gaze_rest: tuple[float, float] = (0.0, 0.0)
    """Radians that the eyes look down and outwards at score 0."""


def named_mapping(head: Head, drive: Drive) -> dict[str, Float64Array]:
    """Return the arrays of our mapping layout, by file name without suffix."""
    expression = np.zeros((SIGNAL_COUNT, head.expression_count))
    expression_rest = np.zeros(head.expression_count)
    for component, name in enumerate(head.expression_names):
        plain = without_side(name)
        if name != TONGUE:  # which the tracker does not tell
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
    """Return the signal that drives a component: its own name, or that without a side the tracker does not
    tell."""
    return component if component in MEDIAPIPE_INDEX else without_side(component)


def without_side(name: str) -> str:
    """Return `mouthSmile` for mouthSmileLeft; mouthLeft and jawLeft are ways, not sides, and stay."""
    for side in SIDES:
        plain = name.removesuffix(side)
        if plain not in (name, "mouth", "jaw"):
            return plain
    return name


def _gaze(looks: Mapping[str, float]) -> Float64Array:
    """Return (52, 6): down is +x, the person's left is +y; looking out is left for the left eye only."""
    gaze = np.zeros((SIGNAL_COUNT, 2, 3))
    for eye, side in enumerate(SIDES):
        outward = 1.0 if side == "Left" else -1.0
        for way, axis, sign in (("Down", 0, 1.0), ("Up", 0, -1.0), ("Out", 1, outward), ("In", 1, -outward)):
            gaze[MEDIAPIPE_INDEX[f"eyeLook{way}{side}"], eye, axis] = sign * looks[way]
    together = gaze.mean(axis=1, keepdims=True)
    return (gaze + GAZE_TOGETHER * (together - gaze)).reshape(SIGNAL_COUNT, 6)
