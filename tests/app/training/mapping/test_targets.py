"""Each person's frames are solved relative to that person's own resting face."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from app.training.mapping.targets import resting_face, solved
from mappings.evenness import even_scores
from mappings.frames import FaceObservation
from mappings.records.gathered import load_gathered
from mappings.scores.layout import Coefficients, Layout
from mappings.scores.solver import Solved

DATA = load_gathered(Path("reference"))


class Recording:
    """A solver that records the neutral faces that frames are solved with."""

    expression_count = 4

    def __init__(self) -> None:
        self.seen: list[tuple[FaceObservation, Any]] = []

    def calibrated(self, _rotation: Any) -> Recording:
        return self

    def solve(self, observation: FaceObservation, T_scene_face: Any, neutral_face: Any) -> Solved:
        self.seen.append((observation, neutral_face))
        np.testing.assert_array_equal(T_scene_face[:3, 3], 0.0)
        made = Coefficients(np.full(4, len(self.seen)), np.zeros(3), np.zeros((2, 3)), np.ones(2))
        return Solved(made, T_scene_face[:3, :3])


def test_frames_are_solved_in_order_against_their_persons_rest() -> None:
    data = DATA.taken(np.concatenate([np.flatnonzero(DATA.person == person)[:3] for person in (0, 1)]))
    solver = Recording()
    coefficients = solved(data, solver)
    assert coefficients.shape == (len(data.scores), Layout(4).width)
    assert coefficients[:, 0].tolist() == list(range(1, len(data.scores) + 1))
    assert coefficients[0, -2:].tolist() == [1.0, 1.0]
    first, last = solver.seen[0][1], solver.seen[-1][1]
    np.testing.assert_array_equal(first, resting_face(data, 0))
    assert first.shape == (468, 3)
    np.testing.assert_array_equal([seen.scores for seen, _ in solver.seen], even_scores(data.scores))
    assert 0.0005 < np.linalg.norm(first - last, axis=1).mean() < 0.02, "millimetres between two people"
