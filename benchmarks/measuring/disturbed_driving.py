"""Measure how far spoilt pictures move the driven head, with and without trust in each observation."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from app.evaluating.driving import Variant
from app.evaluating.face_points import LIDS, LIPS, FacePoints
from app.evaluating.lag import lag_s
from app.evaluating.observed_clips import UNKNOWN_FPS
from app.pipeline.placing import framed_placement
from app.pipeline.whole_source import open_whole_source
from app.system.terminal import with_progress_bar
from benchmarks.measuring.closed_loop import crown_places, whole_turns
from benchmarks.measuring.disturbed_pictures import DISTURBANCES, Disturbance
from flame_model.arrays import Array
from flame_model.params import HeadParams
from flame_model.rotations import axis_angle_from_matrix
from mappings.frames import FaceObservation, Frame
from mappings.motion.driver import Driver
from mappings.motion.smoothing import DEFAULT_SMOOTHING, Smoothing
from mappings.motion.trust import Trust
from mappings.tracking.people.person_tracker import PersonTracker

FIGURES = ("lips mm", "lids mm", "turn °", "crown mm")
OUT_OF_FACE_MM = np.array([0.0, 0.0, 100.0])
"""About where the points are before the axis that the head turns about."""
Seen = Sequence[FaceObservation | None]


@dataclass(frozen=True, slots=True)
class Moved:
    """How far a disturbance moved the head away from what the undisturbed clip makes it do.

    Both are means (4,) over the events of the largest difference in an event and up to the next one, of
    FIGURES.
    """

    clip: str
    disturbance: str
    without: Array
    with_trust: Array


@dataclass(frozen=True, slots=True)
class Control:
    """What trust does to a head that nothing disturbs."""

    name: str
    mean: Array
    """(4,) mean difference of FIGURES from the head without trust."""
    largest: Array
    """(4,) largest difference."""
    lag_ms: float
    """Delay of lips, lids and turn together; NaN where nothing moves."""


class Motion(NamedTuple):
    """What a head does in N frames."""

    face: Array
    """(N, K, 3) displacements of the speaking points, millimetres."""
    turns: Array
    """(N, 3, 3)."""
    crowns: Array
    """(N, 3) millimetres."""


def measure_clip(
    spec: str, variant: Variant, bundle: Path, frames: int | None
) -> tuple[list[Moved], Control]:
    """Return the effect of every disturbance on a clip, and the control. Raises SourceError."""
    with open_whole_source(spec, frames) as source:
        shown, fps = list(islice(source.frames(), frames)), source.fps or UNKNOWN_FPS
    name = Path(spec).name
    plain = track(shown, bundle, f"{name}, undisturbed")
    times = [each.time_s for each in shown]
    undisturbed = motion(variant, plain, times, Trust(np.inf))
    moved = []
    for kind, disturbance in DISTURBANCES.items():
        seen = track(disturbed(shown, plain, disturbance), bundle, f"{name}, {kind}")
        effects = []
        for trust in (Trust(np.inf), Trust()):
            away = differences(motion(variant, seen, times, trust), undisturbed)
            effects.append(np.mean([away[event].max(axis=0) for event in disturbance.events(len(away))], 0))
        moved.append(Moved(name, kind, *effects))
    return moved, control(name, variant, plain, times, fps)


def control(name: str, variant: Variant, seen: Seen, times: Sequence[float], fps: float) -> Control:
    """Return what trust does to a head that is driven by undisturbed observations."""
    without, trusting = (motion(variant, seen, times, trust) for trust in (Trust(np.inf), Trust()))
    away = differences(trusting, without)
    late, early = (_together(each) for each in (trusting, without))
    return Control(name, away.mean(axis=0), away.max(axis=0), 1000.0 * lag_s(late, early, fps))


def disturbed(shown: Sequence[Frame], plain: Seen, disturbance: Disturbance) -> list[Frame]:
    """Return frames with the disturbance in each of its events, where there is a face."""
    frames = []
    for index, (frame, face) in enumerate(zip(shown, plain, strict=True)):
        share = disturbance.share(index)
        image = frame.image if share is None or face is None else disturbance.spoilt(frame.image, face, share)
        frames.append(replace(frame, image=np.ascontiguousarray(image)))
    return frames


def track(frames: Sequence[Frame], bundle: Path, title: str) -> list[FaceObservation | None]:
    """Return the observation of each frame, as the program tracks them."""
    with closing(PersonTracker(bundle)) as tracker:
        bar = with_progress_bar(frames, len(frames), title=title)
        return [tracker.observe(frame).observation for frame in bar]


def motion(variant: Variant, seen: Seen, times: Sequence[float], trust: Trust) -> Motion:
    """Return what a head does that is driven with the default smoothing and the given trust."""
    head, animated = variant.animated.head, variant.animated
    points = FacePoints.of(head)
    assert points is not None, "heads with a response have landmarks"
    driver = Driver(
        animated.make_solver(),
        head.joint_regressor @ head.template,
        placement=framed_placement(head),
        smoothing=Smoothing(DEFAULT_SMOOTHING),
        trust=trust,
    )
    params: list[HeadParams] = [driver.follow(each, time_s) for each, time_s in zip(seen, times, strict=True)]
    return Motion(points.displacements(params), whole_turns(params), 1000.0 * crown_places(head, params))


def differences(one: Motion, other: Motion) -> Array:
    """Return the differences (N, 4) of FIGURES between two motions: root mean squares, angle and distance."""
    apart = ((one.face - other.face) ** 2).sum(axis=2)
    turns = axis_angle_from_matrix(one.turns @ other.turns.transpose(0, 2, 1))
    return np.column_stack(
        [
            np.sqrt(apart[:, LIPS].mean(axis=1)),
            np.sqrt(apart[:, LIDS].mean(axis=1)),
            np.degrees(np.linalg.norm(turns, axis=1)),
            np.linalg.norm(one.crowns - other.crowns, axis=1),
        ]
    )


def _together(moved: Motion) -> Array:
    """Return the speaking points (N, K, 3) turned with the head, about the middle of their motion."""
    return np.asarray(np.einsum("nij,nkj->nki", moved.turns, moved.face + OUT_OF_FACE_MM))
