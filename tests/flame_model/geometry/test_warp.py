"""The warp passes through its points and averages points that contradict each other."""

from __future__ import annotations

import numpy as np

from flame_model.geometry.warp import Warp


def grid(count=8, size=0.1):
    """Return points (N, 3) that fill a cube, metres."""
    line = np.linspace(0.0, size, count)
    return np.stack(np.meshgrid(line, line, line), axis=-1).reshape(-1, 3)


def test_a_smooth_field_goes_through_its_points_and_what_lies_between():
    def field(points):
        return 0.004 * np.sin(20.0 * points[:, ::-1])

    warp = Warp.through(grid(), field(grid()))
    between = np.random.default_rng(0).uniform(0.01, 0.09, (5000, 3))
    np.testing.assert_allclose(warp.at(between), field(between), atol=2e-4)


def test_neighbours_that_contradict_each_other_are_averaged():
    points = np.concatenate([grid(), grid() + 1e-4])
    push = np.tile([0.0, 0.002, 0.0], (len(grid()), 1))
    moved = Warp.through(points, np.concatenate([push, -push])).at(grid())
    assert np.abs(moved).max() < 3e-4
