"""The tongue: a groove along its middle; it bends down over the lower lip when it is put out."""

from __future__ import annotations

import numpy as np

from flame_model.builtin.parts.tongue import COLUMNS, ROWS, tongue, tongue_out

TOP = COLUMNS // 4
"""Column of the middle of the upper side."""


def test_a_groove_runs_along_the_middle() -> None:
    grid = tongue().vertices.reshape(ROWS, COLUMNS, 3)
    middle, beside = grid[ROWS // 2, TOP], grid[ROWS // 2, [TOP - 1, TOP + 1]]
    assert middle[1] < beside[:, 1].mean() - 0.0005


def test_the_tip_comes_out_and_bends_down() -> None:
    rest = tongue().vertices
    out = (rest + tongue_out()).reshape(ROWS, COLUMNS, 3).mean(axis=1)
    tip, back = out[-1], out[np.argmin(np.abs(out[:, 2] - 0.012))]
    assert tip[2] - rest[:, 2].max() > 0.025
    assert tip[1] < back[1] - 0.010


def test_both_sides_are_mirror_images() -> None:
    for points in (tongue().vertices, tongue().vertices + tongue_out()):
        mirrored = points * [-1.0, 1.0, 1.0]
        assert np.linalg.norm(points[:, None] - mirrored[None], axis=2).min(axis=1).max() < 1e-9
