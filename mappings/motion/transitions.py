"""Blend what a head shows over time: to rest after a loss of the face, and back to it without a jump."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from flame_model.arrays import Array
from flame_model.params import HeadParams, rest_params
from flame_model.rotations import slerp

HOLD_S = 0.1
"""The head keeps its pose while a face is missed for up to this time: trackers lose single frames."""
EASE_S = 0.4
"""Duration of the following move to rest, so that the head rests half a second after the face was lost."""
JOIN_S = 0.25
"""Duration of the move to a face that comes back, or to a new resting face or centre."""


class Shown(NamedTuple):
    """What a head shows."""

    params: HeadParams
    signals: Array
    """(53,) the signals that the parameters belong to."""


class Transitions:
    """Turn what each frame shows, or its absence, into what the head shows.

    The head moves to a face that comes back, and to the next parameters after `join`, in JOIN_S. After a loss
    of the face it keeps its pose for HOLD_S and moves to rest in EASE_S.
    """

    def __init__(self, expression_count: int, resting: Array) -> None:
        """Take the number of expression components and the signals (53,) of a head at rest."""
        self._rest = Shown(rest_params(expression_count), resting)
        self._time_s: float | None = None
        self._unseen_s = 0.0
        self._joined_s = 0.0
        self._join_next = False
        self._join_start: Shown | None = None
        """What was shown where the move to the face began; None once the face is reached."""
        self._ease_start = self._rest
        """What was shown where the move to rest begins: the last with a face."""
        self._shown = self._rest

    @property
    def face_was_lost(self) -> bool:
        """Whether the head has left the face that was seen last."""
        return self._unseen_s > HOLD_S

    def fits(self, other: Transitions) -> bool:
        """Whether another head has as many expressions, so that one can be mixed with the other."""
        return len(self._rest.params.expression) == len(other._rest.params.expression)

    def reset(self) -> None:
        """Show the head at rest and forget what was shown before."""
        self._time_s = None
        self._unseen_s = 0.0
        self._joined_s = 0.0
        self._join_next = False
        self._join_start = None
        self._ease_start = self._shown = self._rest

    def join(self) -> None:
        """Move to the next frame gradually: it may differ from what is shown."""
        self._join_next = True

    def toward(self, target: Shown, time_s: float) -> Shown:
        """Return what to show at `time_s` for a face that would be shown as `target`."""
        elapsed_s = self._elapsed(time_s)
        if self._join_next or self.face_was_lost:
            self._join_start, self._joined_s, self._join_next = self._shown, 0.0, False
        else:
            self._joined_s += elapsed_s
        self._unseen_s = 0.0
        self._shown = self._ease_start = self._joined(target)
        return self._shown

    def without_face(self, time_s: float, rest_in_place: bool) -> Shown:
        """Return what to show at `time_s` without a face.

        The head comes to rest where the face was lost if `rest_in_place` is true, else at the origin.
        """
        self._unseen_s += self._elapsed(time_s)
        rest = self._rest
        if rest_in_place:
            rest = rest._replace(params=replace(rest.params, translation=self._ease_start.params.translation))
        share = smoothstep((self._unseen_s - HOLD_S) / EASE_S)
        self._shown = _mixed(self._ease_start, rest, share)
        return self._shown

    def _elapsed(self, time_s: float) -> float:
        """Return the seconds since the last frame, 0 for the first one and for a step back in time."""
        elapsed_s = max(0.0, time_s - self._time_s) if self._time_s is not None else 0.0
        self._time_s = time_s
        return elapsed_s

    def _joined(self, target: Shown) -> Shown:
        """Return `target`, mixed with the start of the move to it until that move is over."""
        if self._join_start is None:
            return target
        share = smoothstep(self._joined_s / JOIN_S)
        joined = _mixed(self._join_start, target, share)
        if share >= 1.0:
            self._join_start = None
        return joined


def smoothstep(share: float) -> float:
    """Return s^2 (3 - 2 s) for s = `share` limited to 0..1: a rise from 0 to 1 that is level at both ends."""
    clamped = min(max(share, 0.0), 1.0)
    return clamped * clamped * (3.0 - 2.0 * clamped)


def _mixed(start: Shown, end: Shown, share: float) -> Shown:
    """Return `start` for a share of 0, `end` for 1, and a mix in between."""
    if share <= 0.0:
        return start
    if share >= 1.0:
        return end
    signals = start.signals + share * (end.signals - start.signals)
    return Shown(_mixed_params(start.params, end.params, share), signals)


def _mixed_params(start: HeadParams, end: HeadParams, share: float) -> HeadParams:
    """Return the mix: rotations turn about one axis (slerp), everything else is mixed linearly."""
    jaw, left, right, neck, rotation = slerp(_rotations(start), _rotations(end), share)
    return HeadParams(
        expression=start.expression + share * (end.expression - start.expression),
        jaw=jaw,
        eyes=np.stack([left, right]),
        neck=neck,
        rotation=rotation,
        translation=start.translation + share * (end.translation - start.translation),
        eyelids=start.eyelids + share * (end.eyelids - start.eyelids),
    )


def _rotations(params: HeadParams) -> Array:
    """Return jaw, left eye, right eye, neck and root as (5, 3) axis-angle radians."""
    return np.stack([params.jaw, *params.eyes, params.neck, params.rotation])
