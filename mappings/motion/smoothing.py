"""Smooth head parameters: still at rest, hardly late when something moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Array
from flame_model.errors import InputError
from flame_model.head import Head
from flame_model.params import HeadParams
from mappings.motion.one_euro import OneEuro

DEFAULT_SMOOTHING = 0.3
"""Light, for the tracker has filtered its landmarks already (One Euro, 0.05 Hz, beta 80, for one face).

On still pictures with sensor noise lips and lids move 0.005 mm a frame instead of 0.010 (0.0025 instead of
0.005 by the scores alone), the face by the head's turn 0.015 instead of 0.032; on six clips of people who
talk nothing is more than 10 ms late (mean of lips 1.2, of lids 1.8, of the turn 4.7).
"""

_GROUPS = ("brows", "mouth", "gaze", "lids", "turn", "place")
_CUTOFF_HZ = (1.0,) * len(_GROUPS)
"""At rest, for odds of one between strength and its complement."""
_BETA_HZ = (0.8, 0.4, 0.4, 0.4, 0.3, 0.3)
"""Cutoff per mm/s of what the group moves."""
_LEAST_LOOSE = 0.02

_JAW_MM, _EYE_MM, _TURN_MM, _METRE_MM, _LID_MM = 80.0, 12.0, 100.0, 1000.0, 10.0
"""What a radian of the jaw, an eye and the head, a metre and a closure move, millimetres."""
_RESTART_RADIANS = 1.0
"""No head turns so far from frame to frame, but an axis-angle vector does when it passes half a turn."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Say what a head's expression components move, so that speeds can be told in millimetres."""

    millimetres: Array
    """(E,) largest displacement along an axis per unit."""
    is_brow: npt.NDArray[np.bool_]
    """(E,)."""

    @classmethod
    def of(cls, head: Head) -> Reach:
        """Return the reach of `head`; components without names are one group with the mouth."""
        names = head.expression_names or ("",) * head.expression_count
        return cls(
            1e3 * np.abs(head.expression_basis).max(axis=(0, 1)),
            np.array([name.startswith("brow") for name in names]),
        )


class Smoothing:
    """Smooth the parameters of one head over time; `strength` 0 (off) to 1."""

    def __init__(self, reach: Reach, strength: float = DEFAULT_SMOOTHING) -> None:
        if not 0.0 <= strength <= 1.0:
            raise InputError(f"--smoothing should be from 0 (off) to 1, received {strength}.")
        self._count = len(reach.millimetres)
        self._turn = np.zeros(6)
        self._filter = None if strength == 0.0 else _filter(reach, strength)

    def reset(self) -> None:
        """Forget the past: the next parameters pass as they are."""
        if self._filter is not None:
            self._filter.reset()

    def smooth(self, params: HeadParams, time_s: float) -> HeadParams:
        """Return the smoothed parameters, the very same where smoothing is off."""
        if self._filter is None:
            return params
        turn = np.concatenate([params.neck, params.rotation])
        if np.abs(turn - self._turn).max() > _RESTART_RADIANS:
            self._filter.reset()
        self._turn = turn
        row = np.concatenate(
            [params.expression, params.jaw, params.eyes.ravel(), params.eyelids, turn, params.translation]
        )
        return _params(self._filter.filter(row, time_s), self._count)


def _filter(reach: Reach, strength: float) -> OneEuro:
    """Return a filter of rows of expression, jaw, eyes, eyelids, neck, rotation, translation."""
    brows, mouth, gaze, lids, turn, place = range(len(_GROUPS))
    expression = np.where(reach.is_brow, brows, mouth)
    group = np.concatenate([expression, np.repeat([mouth, gaze, lids, turn, place], [3, 6, 2, 6, 3])])
    rest = np.repeat([_JAW_MM, _EYE_MM, _LID_MM, _TURN_MM, _METRE_MM], [3, 6, 2, 6, 3])
    # Strength 0 is off and 1 all but stands still; in between the cutoffs scale as odds do.
    looseness = max((1.0 - strength) / strength, _LEAST_LOOSE)
    scale = np.concatenate([reach.millimetres, rest])
    return OneEuro(group, scale, looseness * np.array(_CUTOFF_HZ), looseness * np.array(_BETA_HZ))


def _params(row: Array, count: int) -> HeadParams:
    expression, jaw, eyes, eyelids, neck, rotation, translation = np.split(
        row, np.cumsum([count, 3, 6, 2, 3, 3])
    )
    return HeadParams(expression, jaw, eyes.reshape(2, 3), neck, rotation, translation, eyelids)
