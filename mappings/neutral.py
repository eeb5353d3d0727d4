"""Scores relative to a person's own resting face."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from mappings.signals import MEDIAPIPE_INDEX

Array = npt.NDArray[Any]

_LIDS = [MEDIAPIPE_INDEX["eyeBlinkLeft"], MEDIAPIPE_INDEX["eyeBlinkRight"]]
_LID_REST_LIMIT = 0.5
"""A calibration made during a blink must not leave the lids without a range."""


def scores_from_neutral(scores: Array, neutral: Array) -> Array:
    """Return (52,) scores as differences from the resting face `neutral` (52,).

    The lids get a range between two points instead, rest is 0 and shut stays 1: with a plain difference they
    would no longer close.
    """
    relative: Array = scores - neutral
    rest = np.minimum(neutral[_LIDS], _LID_REST_LIMIT)
    relative[_LIDS] = np.maximum(scores[_LIDS] - rest, 0.0) / (1.0 - rest)
    return relative
