"""Whether the tracker believes a head: finds it however it is turned, reads on it what it is told to show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.model.animated_head import AnimatedHead
from flame_model.arrays import Array
from flame_model.params import HeadParams, rest_params
from flame_model.rotations import axis_angle_from_matrix, matrix_from_axis_angle
from mappings.frames import FaceObservation, Frame
from mappings.person.typical_rest import typical_rest
from mappings.response.solver import ResponseSolver
from mappings.signals import MEDIAPIPE_INDEX, MEDIAPIPE_NAMES
from mappings.tracking.tracker import FaceTracker
from render.offscreen_renderer import OffscreenRenderer

YAWS = tuple(range(-45, 46, 15))
PITCHES = (-25, -12, 0, 12, 25)
DRIVEN = 0.8
SIZE = (512, 512)
LOOKS = 4
APART_S = 100.0
_REGIONS = ("brow", "eye", "mouth")
"""The jaw's signals belong to the mouth."""


@dataclass(frozen=True, slots=True)
class SignalRecognition:
    """Hold what the tracker read when one signal alone was driven to DRIVEN."""

    signal: str
    change: float
    """Of the signal itself, from rest."""
    strongest: str
    """The signal of its side and region that changed most."""
    strongest_change: float

    @property
    def recognised(self) -> bool:
        """Whether the signal itself is the strongest."""
        return self.strongest == self.signal


@dataclass(frozen=True, slots=True)
class Recognition:
    """Hold what the tracker makes of a head."""

    missed: tuple[tuple[int, int], ...]
    """Yaw and pitch in degrees at which the head at rest was not found, of all YAWS and PITCHES."""
    signals: tuple[SignalRecognition, ...]
    shut: tuple[float, float]
    """eyeBlink read on the left and the right eye when both are shut."""


def measure_recognition(animated: AnimatedHead, bundle: Path, signals: tuple[str, ...]) -> Recognition:
    """Return what the tracker reads on a head; signals are solved for where the animated has a response.

    Raises GraphicsError, TrackerBundleError.
    """
    with OffscreenRenderer(animated.head, SIZE) as renderer, FaceTracker(bundle) as tracker:

        def read(params: HeadParams) -> FaceObservation | None:
            picture = np.ascontiguousarray(renderer.draw(params)[..., :3])
            tracker.reset()
            return [tracker.observe(Frame(look, look * APART_S, picture)) for look in range(LOOKS)][-1]

        def read_scores(scores: Array) -> Array:
            seen = read(_shown(animated, scores))
            return np.zeros(len(scores)) if seen is None else seen.scores

        missed = tuple(turn for turn in _turns() if read(_turned(animated, *turn)) is None)
        rest = read_scores(typical_rest())
        recognitions = tuple(_signal_recognition(name, read_scores(_driven(name)) - rest) for name in signals)
        shut = typical_rest().copy()
        shut[_lids()] = 1.0
        left, right = read_scores(shut)[_lids()]
    return Recognition(missed, recognitions, (float(left), float(right)))


def living_signals(people: Array, least: float = 0.2) -> tuple[str, ...]:
    """Return the signals that somebody's scores (N, 52) reach `least` in: dead ones are read on nobody."""
    most = dict(zip(MEDIAPIPE_NAMES, people.max(axis=0), strict=True))
    return tuple(name for name in MEDIAPIPE_NAMES if most[name] >= least)


def _turns() -> Iterator[tuple[int, int]]:
    yield from ((yaw, pitch) for yaw in YAWS for pitch in PITCHES)


def _turned(animated: AnimatedHead, yaw: int, pitch: int) -> HeadParams:
    about_y, about_x = matrix_from_axis_angle(np.radians([[0.0, yaw, 0.0], [pitch, 0.0, 0.0]]))
    return replace(_shown(animated, typical_rest()), rotation=axis_angle_from_matrix(about_y @ about_x))


def _shown(animated: AnimatedHead, scores: Array) -> HeadParams:
    """Return the head's parameters for scores (52,)."""
    solver = animated.make_solver()
    if isinstance(solver, ResponseSolver):
        scores = solver.signals_for(scores, np.eye(3), np.zeros(3))
    coefficients = animated.mapping.coefficients(scores)
    return replace(rest_params(animated.head.expression_count), **coefficients._asdict())


def _driven(name: str) -> Array:
    scores = typical_rest().copy()
    scores[MEDIAPIPE_INDEX[name]] = DRIVEN
    return scores


def _lids() -> list[int]:
    return [MEDIAPIPE_INDEX["eyeBlinkLeft"], MEDIAPIPE_INDEX["eyeBlinkRight"]]


def _signal_recognition(name: str, change: Array) -> SignalRecognition:
    region = [other for other in MEDIAPIPE_NAMES if _region(other) == _region(name)]
    rivals = [other for other in region if not _apart(name, other)]
    strongest = max(rivals, key=lambda other: change[MEDIAPIPE_INDEX[other]])
    own, most = (float(change[MEDIAPIPE_INDEX[each]]) for each in (name, strongest))
    return SignalRecognition(name, own, strongest, most)


def _region(name: str) -> str:
    return next((region for region in _REGIONS if name.startswith(region)), "mouth")


def _apart(name: str, other: str) -> bool:
    """Return whether two signals are of opposite sides; mouthLeft and jawLeft are ways, not sides."""
    ways = ("mouthLeft", "mouthRight", "jawLeft", "jawRight")
    if name in ways or other in ways:
        return False
    return {_side(name), _side(other)} == {"Left", "Right"}


def _side(name: str) -> str:
    return next((side for side in ("Left", "Right") if name.endswith(side)), "")
