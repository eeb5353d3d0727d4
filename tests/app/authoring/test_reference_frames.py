"""Reference frames are picked to differ from each other."""

from __future__ import annotations

import numpy as np

from app.authoring.reference_frames import different_rows


def test_the_calmest_comes_first_and_copies_come_last() -> None:
    scores = np.zeros((6, 52))
    scores[1, 0] = scores[2, 0] = 0.9
    scores[3, 1] = 0.9
    scores[4, 2] = 0.5
    assert different_rows(scores, 4).tolist() in ([0, 3, 1, 4], [0, 1, 3, 4], [0, 3, 4, 1], [0, 4, 3, 1])


def test_no_more_are_picked_than_there_are() -> None:
    rows = different_rows(np.random.default_rng(0).uniform(size=(5, 52)), 9)
    assert sorted(rows.tolist()) == [0, 1, 2, 3, 4]
