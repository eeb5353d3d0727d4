"""Measure the tracker's response to a head in two rounds, and keep it beside the head's mapping."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

import numpy as np

from app.model.animated_head import AnimatedHead
from app.model.solvers import SCORES
from app.pipeline.outputs import Given, check_outputs
from app.pipeline.outputs.input_files import files_at, given_bundle, given_head
from app.system.terminal import with_progress_bar
from app.system.tuning import share_few_cores
from app.training.response.observed_poses import TRACKERS, observe_poses
from app.training.response.random_poses import Pose, interleaved_sequences, random_pose
from flame_model.errors import InputError
from flame_model.files.paths import is_file
from flame_model.find_heads import BUILTIN, own_mapping
from flame_model.rotations import matrix_from_axis_angle
from mappings.records.gathered import REFERENCE, load_gathered
from mappings.response.fit import fit_response
from mappings.response.people import with_people
from mappings.response.problem import SOLVED_POINTS
from mappings.response.readings import Readings
from mappings.response.response import Response
from mappings.response.response_file import load_response, save_response
from mappings.response.solver import ResponseSolver
from mappings.scores.mapping_folder import RESPONSE_NAME
from mappings.scores.score_mapping import ScoreMapping
from mappings.tracking.landmarker_bundle import locate_bundle

ROUND_FRAMES = 1700
"""Readings in each of the two rounds, enough for a response that more readings hardly improve."""
_SEED = 20
"""Seed of the poses, so that the same head and mapping give the same response."""


@dataclass(frozen=True, slots=True)
class RespondSettings:
    """The settings of `flame-cam mapping respond`."""

    head: str = "builtin"
    mapping: Path | None = None
    out: Path | None = None
    """The file to write; None for one in the mapping's own folder."""
    landmarker: Path | None = None
    readings: int | None = None
    """Readings in each of the two rounds; None for ROUND_FRAMES."""
    replace: bool = True
    """Whether an older file is replaced without asking the person at the terminal."""


def respond(settings: RespondSettings) -> tuple[Response, Path]:
    """Measure and write a head's response, and return it with its file; raises FlameCamError."""
    folder = settings.mapping or own_mapping(settings.head)
    if settings.out is None and folder is None:
        # For a head that no mapping fits, loading raises the error with the reason.
        AnimatedHead.load(settings.head, None, solver=SCORES)
        raise InputError(
            f"The head {settings.head!r} takes the mapping that comes with the program, and so its response; "
            "name a file for another with --out FILE."
        )
    path = settings.out or Path(folder or "") / RESPONSE_NAME
    _check_output(settings, path)
    animated = AnimatedHead.load(settings.head, settings.mapping, solver=SCORES, hair=None)
    bundle = locate_bundle(settings.landmarker)
    response = measure_response(animated, bundle, settings.readings or ROUND_FRAMES)
    save_response(response, path)
    return response, path


def measure_response(animated: AnimatedHead, bundle: Path, frames: int = ROUND_FRAMES) -> Response:
    """Return the tracker's response to a head; the same head and mapping give the same numbers.

    The first of two rounds of `frames` readings has random poses. The second has the signals that the
    response of the first one solves for, near which the head will be used. Fitting begins with the response
    that comes with the program, but for the head to which that belongs. Raises InputError where the tracker
    does not find the head, GraphicsError or TrackerBundleError.
    """
    share_few_cores()
    generator = np.random.default_rng(_SEED)
    people = load_gathered(Path(REFERENCE)).scores
    other = None if animated.head.name == BUILTIN else _bundled_response()

    def observe(draw: Callable[[], Pose], title: str) -> Readings:
        poses: Iterator[Pose] = interleaved_sequences(draw, frames, TRACKERS)
        bar = with_progress_bar(poses, frames, title=title, unit=" readings")
        return observe_poses(animated, bundle, bar, generator)

    broad = observe(lambda: random_pose(generator, people), "measuring random poses")
    first = fit_response(broad, animated.mapping, SOLVED_POINTS, other)
    solver = ResponseSolver(animated.mapping, first)

    def solved_pose() -> Pose:
        pose = random_pose(generator, people)
        turn = matrix_from_axis_angle(pose.turn)
        return replace(pose, signals=solver.signals_for(np.clip(pose.signals, 0.0, 1.0), turn, pose.shift))

    near = observe(solved_pose, "measuring solved poses")
    response = fit_response(broad.joined(near), animated.mapping, SOLVED_POINTS, other)
    return with_people(response, animated.mapping, people)


def _bundled_response() -> Response | None:
    """Return the built-in head's response; None in a source tree in which it was not measured yet."""
    with resources.as_file(resources.files("assets") / "mappings" / "builtin" / RESPONSE_NAME) as path:
        return load_response(path, ScoreMapping.default()) if is_file(path) else None


def _check_output(settings: RespondSettings, path: Path) -> None:
    """Raise OutputError where the response may not be written; it may replace an older response."""
    head = given_head(settings.head, settings.mapping)
    given = [Given(what, file) for what, at in head for file in files_at(at) if file.name != RESPONSE_NAME]
    check_outputs(files=[path], given=[*given, *given_bundle(settings.landmarker)], replace=settings.replace)
