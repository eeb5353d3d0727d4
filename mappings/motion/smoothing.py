"""Smooth head parameters, so that the head is still at rest and hardly late when the face moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array, FlagArray
from flame_model.errors import InputError
from flame_model.head import Head
from flame_model.params import HeadParams
from mappings.motion.one_euro import OneEuro
from mappings.scores.layout import Coefficients, Layout

DEFAULT_SMOOTHING = 0.3
"""A light strength, since the tracker filters its landmarks too (One Euro, 0.05 Hz, beta 80, for one face).

On still pictures with sensor noise lips and lids move 0.005 mm a frame instead of 0.010 (0.0025 instead of
0.005 by the scores alone), and the face moves 0.015 mm by the head's turn instead of 0.032. On six clips of
people who talk nothing is more than 10 ms late (mean of lips 1.2, of lids 1.8, of the turn 4.7).
"""

_BROWS, _MOUTH, _GAZE, _LIDS, _TURN, _PLACE = range(6)
"""Groups of parameters that are smoothed together."""
_CUTOFF_HZ = (1.0,) * 6
"""Cutoff of each group at rest, at the strength 0.5. Chosen by trial."""
_BETA_HZ = (0.8, 0.4, 0.4, 0.4, 0.3, 0.3)
"""Growth of each group's cutoff per mm/s of the moved points, at the strength 0.5. Chosen by trial."""
_LEAST_FACTOR = 0.02
"""Least factor of the cutoffs. A strength of 1 has this factor, with which the head all but stands still."""

_JAW_MM, _EYE_MM, _TURN_MM, _METRE_MM, _LID_MM = 80.0, 12.0, 100.0, 1000.0, 10.0
"""Millimetres of motion per radian of the jaw, of an eye and of the head's turn, per metre of translation,
and per unit of a lid's closure."""
_RESTART_RADIANS = 1.0
"""Change of the turn from frame to frame that restarts the filter: no head turns that far, but an axis-angle
vector jumps when it passes half a turn."""


@dataclass(frozen=True, slots=True)
class Reach:
    """The distances that a head's expression components move, so that speeds are known in millimetres."""

    millimetres: Array
    """(E,) largest displacement along an axis per unit."""
    is_brow: FlagArray
    """(E,) whether the component moves a brow."""

    @classmethod
    def of(cls, head: Head) -> Reach:
        """Return the reach of `head`; components without names are in one group with the mouth."""
        names = head.expression_names or ("",) * head.expression_count
        return cls(
            1e3 * np.abs(head.expression_basis).max(axis=(0, 1)),
            np.array([name.startswith("brow") for name in names]),
        )


class Smoothing:
    """Smooth the parameters of one head over time with a One Euro filter (see `OneEuro`).

        smoothing = Smoothing(Reach.of(head))
        params = smoothing.smooth(params, time_s)

    Each group of parameters has its own cutoff. Its speed is that of the moved points, in mm/s.
    For a strength s the cutoffs of a group are (1 - s) / s times those at the strength 0.5. A strength of 0
    turns the filter off, 1 all but stops the head.
    """

    def __init__(self, reach: Reach, strength: float = DEFAULT_SMOOTHING) -> None:
        if not 0.0 <= strength <= 1.0:
            raise InputError(f"--smoothing should be from 0 (off) to 1, received {strength}.")
        self._layout = Layout(len(reach.millimetres))
        self._turn = np.zeros(6)
        self._filter = None if strength == 0.0 else _filter(reach, strength)

    def reset(self) -> None:
        """Forget the past: the next parameters pass unchanged."""
        if self._filter is not None:
            self._filter.reset()

    def smooth(self, params: HeadParams, time_s: float) -> HeadParams:
        """Return the smoothed parameters, the same object where smoothing is off."""
        if self._filter is None:
            return params
        turn = np.concatenate([params.neck, params.rotation])
        if np.abs(turn - self._turn).max() > _RESTART_RADIANS:
            self._filter.reset()
        self._turn = turn
        coefficients = Coefficients(params.expression, params.jaw, params.eyes, params.eyelids)
        row = np.concatenate([coefficients.packed(), turn, params.translation])
        return self._params(self._filter.filter(row, time_s))

    def _params(self, row: Array) -> HeadParams:
        """Return the parameters in a row of coefficients, neck, rotation and translation."""
        width = self._layout.width
        expression, jaw, eyes, eyelids = self._layout.split(row[:width])
        neck, rotation, translation = np.split(row[width:], 3)
        return HeadParams(expression, jaw, eyes, neck, rotation, translation, eyelids)


def _filter(reach: Reach, strength: float) -> OneEuro:
    """Return a filter of rows of coefficients, neck, rotation and translation."""
    layout = Layout(len(reach.millimetres))
    group = np.empty(layout.width + 9, dtype=np.intp)
    scale = np.empty(layout.width + 9)
    group[layout.expression] = np.where(reach.is_brow, _BROWS, _MOUTH)
    scale[layout.expression] = reach.millimetres
    turn, place = slice(layout.width, layout.width + 6), slice(layout.width + 6, None)
    for columns, own_group, millimetres in (
        (layout.jaw, _MOUTH, _JAW_MM),
        (layout.eyes, _GAZE, _EYE_MM),
        (layout.eyelids, _LIDS, _LID_MM),
        (turn, _TURN, _TURN_MM),
        (place, _PLACE, _METRE_MM),
    ):
        group[columns], scale[columns] = own_group, millimetres
    factor = max((1.0 - strength) / strength, _LEAST_FACTOR)
    return OneEuro(group, scale, factor * np.array(_CUTOFF_HZ), factor * np.array(_BETA_HZ))
