"""Measure the response of a head under a mapping, in two rounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np

from app.model.animated_head import AnimatedHead
from app.system.terminal import watched
from app.system.tuning import share_few_cores
from app.training.response.random_poses import Pose, plays, random_pose
from app.training.response.reading import TRACKERS, read_poses
from flame_model.rotations import matrix_from_axis_angle
from mappings.records.gathered import REFERENCE, load_gathered
from mappings.response.fit import fit_response
from mappings.response.problem import SOLVED_POINTS
from mappings.response.readings import Readings
from mappings.response.response import Response
from mappings.response.solver import ResponseSolver

ROUND_FRAMES = 1700
"""Readings a round; the second is of what the solver makes of the first, where the head will be used."""
_SEED = 20


def measure_response(animated: AnimatedHead, bundle: Path, frames: int = ROUND_FRAMES) -> Response:
    """Return how the tracker reads the head; the same head and mapping give the same numbers.

    Raises InputError where the tracker does not find the head, GraphicsError, TrackerBundleError.
    """
    share_few_cores()
    generator = np.random.default_rng(_SEED)
    people = load_gathered(Path(REFERENCE)).scores

    def read(draw: Callable[[], Pose], title: str) -> Readings:
        poses: Iterator[Pose] = plays(draw, frames, TRACKERS)
        bar = watched(poses, frames, title=title, unit=" readings")
        return read_poses(animated, bundle, bar, generator)

    broad = read(lambda: random_pose(generator, people), "reading the head")
    first = fit_response(broad, animated.mapping, SOLVED_POINTS)
    solver = ResponseSolver(animated.mapping, first)

    def solved_pose() -> Pose:
        pose = random_pose(generator, people)
        turn = matrix_from_axis_angle(pose.turn)
        return replace(pose, signals=solver.signals_for(np.clip(pose.signals, 0.0, 1.0), turn, pose.shift))

    near = read(solved_pose, "reading it as it will be used")
    return fit_response(broad.joined(near), animated.mapping, SOLVED_POINTS)
