"""Trust in observations: hold the head where a frame does not fit its neighbours, rest in lasting doubt."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flame_model.arrays import Array
from flame_model.face.topology import STILL_POINTS
from flame_model.params import HeadParams
from mappings.frames import FaceObservation
from mappings.motion.smoothing import mixed_observations
from mappings.motion.transitions import smoothstep
from mappings.person.upright_face import upright_face_and_turn

HELD_S = 0.2
"""Seconds of doubt over which the head lets go of what it showed before, and follows what it sees."""
RELAXED_S = 1.5
"""Seconds of doubt after which the face rests."""
DOUBTFUL_MM = 2.8
"""Misfit of the still points that halves the trust. In 99 % of the frames of seven clips it is below 2.0 mm,
in those that are blurred as by fast motion it is 3.2 to 4.2 mm (medians), and 1.0 to 1.4 mm in those with a
hand before the face. With 2.6 the least trust in a lively talker falls from 0.74 to 0.46."""
_SHARPNESS = 12
"""Exponent of the trust, so that it is 0.98 at 2.0 mm and 0.17 at 3.2 mm."""
_TURN_RADIANS = np.radians(20.0)
"""Turn from the mean that makes the limit greater by the square root of two. A turn of 60 degrees changes
the shape that the tracker reports by 5 mm: with a fixed limit the head was 18 degrees behind for a moment."""
_TELLING = 0.5
"""Trust below which the motion by the skin is not known: a blurred picture does not tell that either."""
_MEAN_S = np.array([0.15, 10.0])
"""Time constants of the recent and of the usual shape of the still points."""
_STUBBORN = 0.1
"""Least share with which a doubted frame counts for both shapes: a view that lasts is believed in the end."""


class Trust:
    """Trust observations by how well the face's still points keep their shape.

        trust = Trust()
        observation = trust.held(observation, time_s)
        params = trust.relaxed(params)

    The still points are those that no expression moves. Laid onto the mean face, with that face's place, size
    and turn R (3, 3) taken away, they keep a person's own shape, x_k in millimetres, in every expression.
    A face that the tracker makes up, from a blurred picture for example, has another shape. With the recent
    and the usual means m_k of the shape and M of the turn, the K points of an observation after the time T
    are trusted with c:

        e^2 = min over both (m, M):  (sum_k |x_k - m_k|^2 / K) / (1 + |R - M|^2 / (2 _TURN_RADIANS^2))
        c   = 1 / (1 + (e / DOUBTFUL_MM)^_SHARPNESS)
        m  <- m + (1 - exp(-T / tau)) max(c, _STUBBORN) (x - m)        tau: _MEAN_S; M likewise
        D  <- D + (1 - 2 c) T, within 0 and RELAXED_S                  seconds of doubt
        a   = max(c, (D / HELD_S)^2), at most 1
        y  <- y + a (x - y)                                            for landmarks, scores and place

    D is HELD_S at first, while nothing is known. So a single doubtful frame leaves the head where it was, and
    a change that goes on is followed after a moment. Expression, jaw, gaze
    and lids are multiplied by

        1 - smoothstep((D - HELD_S) / (RELAXED_S - HELD_S))

    because a face that is not believed for long is no better known than one out of sight, which rests. An
    infinite `doubtful_mm` in place of DOUBTFUL_MM turns all of it off.
    """

    def __init__(self, doubtful_mm: float = DOUBTFUL_MM) -> None:
        self._doubtful_mm = doubtful_mm
        self._shapes: Array | None = None
        """(2, K, 3) recent and usual shape, millimetres; None before the first observation."""
        self._turns: Array = np.zeros((2, 3, 3))
        """(2, 3, 3) recent and usual turn: means of matrices, which are not quite rotations."""
        self._last: FaceObservation | None = None
        self._time_s = 0.0
        self._doubt_s = HELD_S
        """D; while nothing is known, everything is followed."""

    def reset(self) -> None:
        """Forget the past: the next observation passes as it is."""
        self._shapes = self._last = None

    def held(self, seen: FaceObservation, time_s: float) -> FaceObservation:
        """Return the observation, held near the last one as far as it is not trusted.

        A clock that stands still or falls back, and a picture of another size, begin afresh.
        """
        if np.isinf(self._doubtful_mm):
            return seen
        step_s, self._time_s = time_s - self._time_s, time_s
        face, turn = upright_face_and_turn(seen)
        shape = 1000.0 * face[list(STILL_POINTS)]
        last = self._last
        if last is None or self._shapes is None or step_s <= 0.0 or last.image_size != seen.image_size:
            self._shapes, self._last, self._doubt_s = np.stack([shape, shape]), seen, HELD_S
            self._turns = np.stack([turn, turn])
            return seen
        trust = self._trust(shape - self._shapes, turn - self._turns)
        rates = (1.0 - np.exp(-step_s / _MEAN_S)) * max(trust, _STUBBORN)
        self._shapes = self._shapes + rates[:, None, None] * (shape - self._shapes)
        self._turns = self._turns + rates[:, None, None] * (turn - self._turns)
        self._doubt_s = float(np.clip(self._doubt_s + (1.0 - 2.0 * trust) * step_s, 0.0, RELAXED_S))
        share = max(trust, min(self._doubt_s / HELD_S, 1.0) ** 2)
        self._last = mixed_observations(last, seen, share, share, share)
        if trust < _TELLING:
            self._last = replace(self._last, moved=None)
        return self._last

    def _trust(self, misfits: Array, turns: Array) -> float:
        """Return c for the differences from the shapes (2, K, 3), millimetres, and the turns (2, 3, 3)."""
        squares = (misfits**2).sum(axis=2).mean(axis=1)
        wider = 1.0 + (turns**2).sum(axis=(1, 2)) / (2.0 * _TURN_RADIANS**2)
        return 1.0 / (1.0 + float(np.sqrt((squares / wider).min()) / self._doubtful_mm) ** _SHARPNESS)

    @property
    def shown(self) -> float:
        """The share of a face that is shown, 1 to 0, the longer nothing is believed."""
        return 1.0 - smoothstep((self._doubt_s - HELD_S) / (RELAXED_S - HELD_S))

    def relaxed(self, params: HeadParams) -> HeadParams:
        """Return a head's parameters with its face nearer to rest, the longer nothing is believed."""
        shown = self.shown
        if shown == 1.0:
            return params
        return replace(
            params,
            expression=shown * params.expression,
            jaw=shown * params.jaw,
            eyes=shown * params.eyes,
            eyelids=shown * params.eyelids,
        )
