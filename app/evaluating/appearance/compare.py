"""Compare how a person and the head that the person drove appear, frame by frame.

Observations of the person give lengths u_i and apparent turns A_i, those of the head v_i and B_i (see
`upright` and `face_lengths`), over the N frames i in which both faces were found. Of every length

    error = mean |u_i - v_i|                                        contact: lip gap, eyes
    error = mean |(u_i - median(u)) - (v_i - median(v))|            all others
    gain  = sum (u_i - mean(u)) (v_i - mean(v)) / sum (u_i - mean(u))^2      1 is right

The gain of a length is left out where the person hardly moves it (standard deviation up to MOVES).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.evaluating.appearance.face_lengths import CONTACT, LEFT_EYE, RIGHT_EYE, face_lengths
from app.evaluating.appearance.framing import Framing
from app.evaluating.appearance.upright import upright
from app.evaluating.round_trip import Observations, paired
from flame_model.arrays import Float64Array
from flame_model.rotations import axis_angle_from_matrix

MOVES = 0.006
"""Standard deviation in eye distances above which a length counts as moving; chosen by trial."""
_LEAST_GAIN = 0.05
"""Smaller gains count as this, so that their logarithm exists."""
_NAN = float("nan")


@dataclass(frozen=True, slots=True)
class LengthMatch:
    """How well one length of the head follows the person's."""

    error: float
    """In eye distances."""
    gain: float = _NAN
    """NaN where the person hardly moves."""
    r: float = _NAN
    """Pearson's r over time; NaN where person or head hardly move."""


@dataclass(frozen=True, slots=True)
class Appearance:
    """How alike person and head appear over one clip; NaN where no frame shows both faces."""

    lengths: dict[str, LengthMatch]
    """By the name of the length; empty where no frame shows both faces."""
    eyes_apart: float
    """mean |(u_left - u_right) - (v_left - v_right)| of the eyes' apertures: false winks and missed ones."""
    turn_deg: float
    """Median angle of B_i A_i^T, degrees. Nothing is subtracted: who looks into the camera is shown so."""
    framing: Framing
    """Where the head is in its picture."""

    def error(self, *names: str) -> float:
        """Return the mean error of some lengths, of all without `names`."""
        wanted = names or tuple(self.lengths)
        return float(np.mean([self.lengths[name].error for name in wanted])) if self.lengths else _NAN

    def gain(self, name: str) -> float:
        """Return the gain of one length, NaN where it is unknown."""
        return self.lengths[name].gain if name in self.lengths else _NAN

    @property
    def gain_off(self) -> float:
        """The factor exp(mean |log(gain)|) by which gains are off, 1 where every gain is 1."""
        known = [max(each.gain, _LEAST_GAIN) for each in self.lengths.values() if not np.isnan(each.gain)]
        return float(np.exp(np.abs(np.log(known)).mean())) if known else _NAN


def compare_appearance(person: Observations, head: Observations) -> Appearance:
    """Compare the observations of a person with those of the head in the frames that show both."""
    pairs = paired(person, head)
    if not pairs:
        return Appearance({}, _NAN, _NAN, Framing.of([]))
    faces = [[upright(pair[side]) for pair in pairs] for side in (0, 1)]
    of_person, of_head = (face_lengths(np.array([each.landmarks for each in side])) for side in faces)
    apart = [lengths[LEFT_EYE] - lengths[RIGHT_EYE] for lengths in (of_person, of_head)]
    seen, shown = (np.array([each.turn for each in side]) for side in faces)
    between = axis_angle_from_matrix(shown @ seen.transpose(0, 2, 1))
    return Appearance(
        lengths={name: _match(name, u, of_head[name]) for name, u in of_person.items()},
        eyes_apart=float(np.abs(apart[0] - apart[1]).mean()),
        turn_deg=float(np.degrees(np.median(np.linalg.norm(between, axis=1)))),
        framing=Framing.of([pair[1] for pair in pairs]),
    )


def _match(name: str, person: Float64Array, head: Float64Array) -> LengthMatch:
    """Return how well the length (N,) of the head follows the person's."""
    moved, shown = (each - np.median(each) for each in (person, head))
    error = float(np.abs(person - head if name in CONTACT else moved - shown).mean())
    if person.std() <= MOVES:
        return LengthMatch(error)
    gain = float(np.polyfit(person, head, 1)[0])
    return LengthMatch(error, gain, float(np.corrcoef(person, head)[0, 1]) if head.std() > 1e-6 else _NAN)
