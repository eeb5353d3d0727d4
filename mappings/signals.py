"""The names of the 52 facial signals in MediaPipe's order and in ARKit's."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from flame_model.arrays import Array, FlagArray, IndexArray

NEUTRAL = "_neutral"
TONGUE = "tongueOut"
"""The signals that only MediaPipe or only ARKit has."""

MEDIAPIPE_NAMES: tuple[str, ...] = tuple(
    f"""
    {NEUTRAL}
    browDownLeft browDownRight browInnerUp browOuterUpLeft browOuterUpRight
    cheekPuff cheekSquintLeft cheekSquintRight
    eyeBlinkLeft eyeBlinkRight eyeLookDownLeft eyeLookDownRight
    eyeLookInLeft eyeLookInRight eyeLookOutLeft eyeLookOutRight
    eyeLookUpLeft eyeLookUpRight eyeSquintLeft eyeSquintRight eyeWideLeft eyeWideRight
    jawForward jawLeft jawOpen jawRight
    mouthClose mouthDimpleLeft mouthDimpleRight mouthFrownLeft mouthFrownRight
    mouthFunnel mouthLeft mouthLowerDownLeft mouthLowerDownRight
    mouthPressLeft mouthPressRight mouthPucker mouthRight mouthRollLower mouthRollUpper
    mouthShrugLower mouthShrugUpper mouthSmileLeft mouthSmileRight
    mouthStretchLeft mouthStretchRight mouthUpperUpLeft mouthUpperUpRight
    noseSneerLeft noseSneerRight
    """.split()
)
"""In alphabetical order, as FaceLandmarker returns them: `_neutral` first, no `tongueOut`; sides are the
person's."""

ARKIT_NAMES: tuple[str, ...] = tuple(
    f"""
    eyeBlinkRight eyeLookDownRight eyeLookInRight eyeLookOutRight eyeLookUpRight eyeSquintRight eyeWideRight
    eyeBlinkLeft eyeLookDownLeft eyeLookInLeft eyeLookOutLeft eyeLookUpLeft eyeSquintLeft eyeWideLeft
    jawForward jawRight jawLeft jawOpen
    mouthClose mouthFunnel mouthPucker mouthRight mouthLeft
    mouthSmileRight mouthSmileLeft mouthFrownRight mouthFrownLeft
    mouthDimpleRight mouthDimpleLeft mouthStretchRight mouthStretchLeft
    mouthRollLower mouthRollUpper mouthShrugLower mouthShrugUpper
    mouthPressRight mouthPressLeft mouthLowerDownRight mouthLowerDownLeft mouthUpperUpRight mouthUpperUpLeft
    browDownRight browDownLeft browInnerUp browOuterUpRight browOuterUpLeft
    cheekPuff cheekSquintRight cheekSquintLeft noseSneerRight noseSneerLeft {TONGUE}
    """.split()
)
"""By region, as the columns of ARKit captures in the face-mesh-to-blendshapes layout: no `_neutral`."""

SIGNAL_COUNT = len(MEDIAPIPE_NAMES)
MEDIAPIPE_INDEX: dict[str, int] = {name: index for index, name in enumerate(MEDIAPIPE_NAMES)}
LIDS = (MEDIAPIPE_INDEX["eyeBlinkLeft"], MEDIAPIPE_INDEX["eyeBlinkRight"])
"""Indices of the signals that shut the left and the right eye."""

SHOWN_NAMES: tuple[str, ...] = (*MEDIAPIPE_NAMES, TONGUE)
"""The signals that heads show: those of MediaPipe in its order, then tongueOut, which it does not send."""
SHOWN_INDEX: dict[str, int] = {name: index for index, name in enumerate(SHOWN_NAMES)}

NEVER_SENT = frozenset(
    {
        NEUTRAL,
        "cheekPuff",
        "cheekSquintLeft",
        "cheekSquintRight",
        "jawForward",
        "noseSneerLeft",
        "noseSneerRight",
    }
)
"""Signals that FaceLandmarker reports as 0, to within 0.01, whatever the face does."""


def signals_named(*prefixes: str) -> FlagArray:
    """Return a mask (52,) of the signals whose names begin with one of the prefixes, in MediaPipe's order."""
    return np.array([name.startswith(prefixes) for name in MEDIAPIPE_NAMES])


_OTHER_SIDE = {"Left": "Right", "Right": "Left"}


def mirrored_name(name: str) -> str:
    """Return the name of the same signal on the other side of the face."""
    for side, other in _OTHER_SIDE.items():
        if name.endswith(side):
            return name.removesuffix(side) + other
    return name


@cache
def mirrored_indices() -> IndexArray:
    """Return the permutation p (52,) with the mirrored scores `scores[..., p]` in MediaPipe's order."""
    permutation = np.array([MEDIAPIPE_INDEX[mirrored_name(name)] for name in MEDIAPIPE_NAMES])
    permutation.flags.writeable = False
    return permutation


@cache
def mirrored_shown_indices() -> IndexArray:
    """Return the permutation p (53,) that does the same for shown signals."""
    permutation = np.append(mirrored_indices(), SHOWN_INDEX[TONGUE])
    permutation.flags.writeable = False
    return permutation


def reordered(scores: Array, names: Sequence[str], wanted: Sequence[str]) -> Array:
    """Return scores (..., len(names)) as (..., len(wanted)); a wanted name that is missing becomes zero."""
    column = {name: index for index, name in enumerate(names)}
    result = np.zeros((*scores.shape[:-1], len(wanted)), dtype=scores.dtype)
    for index, name in enumerate(wanted):
        if name in column:
            result[..., index] = scores[..., column[name]]
    return result
