"""The coefficients that a mapping is fitted to: from a head's solver, or labels from another tracker."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.model.animated_head import AnimatedHead
from flame_model.arrays import Array
from flame_model.notices import Say
from mappings.evenness import even_scores
from mappings.frames import FaceObservation
from mappings.person.running_neutral import EVERY_S, RunningNeutral
from mappings.person.upright_face import apparent_turn
from mappings.records.gathered import Gathered
from mappings.records.labels import read_labels
from mappings.scores.solver import Solver


@dataclass(frozen=True, slots=True)
class Targets:
    """N gathered frames with the coefficients of a head."""

    data: Gathered
    coefficients: Array
    """(N, C) columns as in `Layout`."""
    origin: str
    """Source of the coefficients, for the mapping's card."""


def solved_targets(data: Gathered, animated: AnimatedHead) -> Targets:
    """Return all frames with the coefficients that the head's own solver finds for them."""
    origin = f"the coefficients that the solver of {animated.head.name} finds for the frames"
    return Targets(data, solved(data, animated.make_solver()), origin)


def labelled_targets(data: Gathered, labels: Path, animated: AnimatedHead, say: Say) -> Targets:
    """Return the labelled frames with their coefficients, eyelids at 0.

    Where frames have no labels, a notice goes to `say`. Raises InputError as `read_labels` does.
    """
    read = read_labels(labels, data, animated.head)
    if len(read.rows) < len(data.time_s):
        say(f"{labels} labels {len(read.rows)} of the {len(data.time_s)} frames; the others are left out")
    return Targets(data.taken(read.rows), read.packed(), f"the labels {labels.name}")


def solved(data: Gathered, solver: Solver) -> Array:
    """Return the coefficients (N, C) of every frame, each person relative to their own resting face."""
    neutral = {person: resting_face(data, person) for person in np.unique(data.person)}
    rows = []
    for row in range(len(data.time_s)):
        seen = _observed(data, row)
        turned = np.eye(4)
        turned[:3, :3] = apparent_turn(seen)
        rows.append(solver.solve(seen, turned, neutral[data.person[row]]).coefficients.packed())
    return np.array(rows)


def resting_face(data: Gathered, person: int) -> Array | None:
    """Return a person's resting face (468, 3), upright and in metres, estimated from all their frames."""
    running = RunningNeutral()
    # A clip's own times cannot be compared with those of the clip before it, so every frame counts as due.
    for count, row in enumerate(np.flatnonzero(data.person == person).tolist()):
        running.add(_observed(data, row), time_s=count * EVERY_S * 1.01)
    return running.face


def _observed(data: Gathered, row: int) -> FaceObservation:
    """Return the observation of a frame with even scores, which a solver takes."""
    seen = data.observation(row)
    return replace(seen, scores=even_scores(seen.scores))
