"""Measure whether the tracker recognises a head's expressions, and whether it finds the head in any turn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.model.animated_head import AnimatedHead
from flame_model.arrays import Array
from flame_model.params import HeadParams
from flame_model.rotations import axis_angle_from_matrix, matrix_from_axis_angle
from mappings.frames import FaceObservation
from mappings.person.typical_rest import typical_rest
from mappings.response.solver import ResponseSolver
from mappings.signals import LIDS, MEDIAPIPE_INDEX, MEDIAPIPE_NAMES, mirrored_indices
from mappings.tracking.tracker import FaceTracker, observe_repeatedly
from render.offscreen_renderer import OffscreenRenderer

YAWS = tuple(range(-45, 46, 15))
"""Degrees of yaw at which the tracker should find the head."""
PITCHES = (-25, -12, 0, 12, 25)
"""Degrees of pitch at which the tracker should find the head."""
DRIVEN = 0.8
"""Score of the person for a signal that is driven."""
SIZE = (512, 512)
"""(W, H) of the drawings."""
SHOWN_TIMES = 4
"""How often the tracker is shown each drawing."""
ACTIVE = 0.2
"""Score that a signal has to reach in somebody's scores to count."""
_REGIONS = ("brow", "eye", "mouth")
"""Regions of the face; the jaw's signals belong to the mouth."""
_DIRECTIONS = ("mouthLeft", "mouthRight", "jawLeft", "jawRight")
"""Signals whose names end with a direction of the motion and not with a side of the face."""


@dataclass(frozen=True, slots=True)
class SignalRecognition:
    """The scores that the tracker reported when one signal alone was driven to DRIVEN."""

    signal: str
    changes: Array
    """(52,) changes of all scores from rest."""

    @property
    def change(self) -> float:
        """Change of the signal's own score from rest."""
        return float(self.changes[MEDIAPIPE_INDEX[self.signal]])

    @property
    def strongest(self) -> str:
        """The signal of its side and region whose score changed most."""
        region = [other for other in MEDIAPIPE_NAMES if _region(other) == _region(self.signal)]
        rivals = [other for other in region if not _on_opposite_sides(self.signal, other)]
        return max(rivals, key=lambda other: self.changes[MEDIAPIPE_INDEX[other]])

    @property
    def strongest_change(self) -> float:
        """Change of that signal's score from rest."""
        return float(self.changes[MEDIAPIPE_INDEX[self.strongest]])

    @property
    def recognised(self) -> bool:
        """Whether the signal itself is the strongest."""
        return self.strongest == self.signal

    def evened(self, other: SignalRecognition) -> SignalRecognition:
        """Return the mean with the recognition of the mirrored signal, mirrored."""
        return SignalRecognition(self.signal, 0.5 * (self.changes + other.changes[mirrored_indices()]))


@dataclass(frozen=True, slots=True)
class Recognition:
    """What the tracker recognises of a head."""

    missed: tuple[tuple[int, int], ...]
    """Yaw and pitch in degrees, among all YAWS and PITCHES, in which the head at rest was not found."""
    signals: tuple[SignalRecognition, ...]
    shut: tuple[float, float]
    """eyeBlink scores of the left and the right eye while both are shut."""


def measure_recognition(animated: AnimatedHead, bundle: Path, signals: tuple[str, ...]) -> Recognition:
    """Return what the tracker recognises of a head; raises GraphicsError or TrackerBundleError.

    A head whose response is known is driven by the signals that its solver finds for the scores.
    """
    with OffscreenRenderer(animated.head, SIZE) as renderer, FaceTracker(bundle) as tracker:

        def observe(params: HeadParams) -> FaceObservation | None:
            picture = np.ascontiguousarray(renderer.draw(params)[..., :3])
            tracker.reset()
            return observe_repeatedly(tracker, picture, times=SHOWN_TIMES)

        def reported_scores(scores: Array, shut: bool = False) -> Array:
            seen = observe(_params(animated, scores, shut))
            return np.zeros(len(scores)) if seen is None else seen.scores

        missed = tuple(turn for turn in _turns() if observe(_turned(animated, *turn)) is None)
        rest = reported_scores(typical_rest())
        recognitions = tuple(
            SignalRecognition(name, reported_scores(_driven(name)) - rest) for name in signals
        )
        shut = typical_rest().copy()
        shut[LIDS,] = 1.0
        left, right = reported_scores(shut, shut=True)[LIDS,]
    return Recognition(missed, recognitions, (float(left), float(right)))


def active_signals(people: Array, least: float = ACTIVE) -> tuple[str, ...]:
    """Return the signals that reach `least` in somebody's scores (N, 52)."""
    most = people.max(axis=0)
    return tuple(name for index, name in enumerate(MEDIAPIPE_NAMES) if most[index] >= least)


def _turns() -> Iterator[tuple[int, int]]:
    """Yield yaw and pitch of every turn, degrees."""
    yield from ((yaw, pitch) for yaw in YAWS for pitch in PITCHES)


def _turned(animated: AnimatedHead, yaw: int, pitch: int) -> HeadParams:
    """Return the parameters of the head at rest, turned by degrees."""
    about_y, about_x = matrix_from_axis_angle(np.radians([[0.0, yaw, 0.0], [pitch, 0.0, 0.0]]))
    return replace(_params(animated, typical_rest()), rotation=axis_angle_from_matrix(about_y @ about_x))


def _params(animated: AnimatedHead, scores: Array, shut: bool = False) -> HeadParams:
    """Return the parameters of the head for a person's scores (52,), who may have shut mouth and eyes."""
    solver = animated.make_solver()
    if isinstance(solver, ResponseSolver) and animated.response is not None:
        apertures = animated.response.shut if shut else None
        scores = solver.signals_for(scores, np.eye(3), np.zeros(3), apertures)
    return animated.mapping.coefficients(scores).params()


def _driven(name: str) -> Array:
    """Return the scores (52,) of a person at rest who shows one signal alone."""
    scores = typical_rest().copy()
    scores[MEDIAPIPE_INDEX[name]] = DRIVEN
    return scores


def _region(name: str) -> str:
    return next((region for region in _REGIONS if name.startswith(region)), "mouth")


def _on_opposite_sides(name: str, other: str) -> bool:
    """Return whether two signals are of opposite sides of the face."""
    if name in _DIRECTIONS or other in _DIRECTIONS:
        return False
    return {_side(name), _side(other)} == {"Left", "Right"}


def _side(name: str) -> str:
    return next((side for side in ("Left", "Right") if name.endswith(side)), "")
