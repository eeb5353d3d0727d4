"""Thinning leaves no cracks in a surface and keeps the vertices where the surface is curved."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
import trimesh

from flame_model.builtin.skin.mesh_thinning import bends, thinned
from flame_model.geometry.subdivision import subdivide

Mesh = tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]
ROUNDS = 2


@pytest.fixture(scope="module")
def ball() -> Mesh:
    """Return a subdivided icosahedron."""
    cage = trimesh.creation.icosahedron()
    refine, faces, _ = subdivide(np.asarray(cage.faces, np.int64), len(cage.vertices), rounds=ROUNDS)
    return refine @ cage.vertices, faces


@pytest.mark.parametrize("share", [0.0, 0.02, 0.3, 1.0])
def test_no_choice_of_vertices_leaves_a_crack(ball: Mesh, share: float) -> None:
    points, faces = ball
    needed = np.random.default_rng(3).random(len(points)) < share
    left, _ = thinned(points, faces, ROUNDS, needed)
    mesh = trimesh.Trimesh(points, left, process=False)
    assert mesh.is_watertight
    assert mesh.is_winding_consistent
    assert mesh.volume > 0.0


def test_what_is_needed_stays_with_what_carries_it(ball: Mesh) -> None:
    points, faces = ball
    needed = points[:, 0] > 0.3
    left, _ = thinned(points, faces, ROUNDS, needed)
    whole, _ = thinned(points, faces, ROUNDS, np.ones(len(points), dtype=bool))
    np.testing.assert_array_equal(np.sort(whole, axis=None), np.sort(faces, axis=None))
    beside = points[faces].min(axis=1)[:, 0] <= 0.3
    assert set(np.unique(faces[~beside])) <= set(np.unique(left))
    assert len(left) < 0.8 * len(faces)


def test_faces_know_which_of_the_cage_they_are_part_of(ball: Mesh) -> None:
    points, faces = ball
    cage, own = thinned(points, faces, ROUNDS, np.zeros(len(points), dtype=bool))
    np.testing.assert_array_equal(own, np.arange(20))
    left, parents = thinned(points, faces, ROUNDS, points[:, 0] > 0.3)
    middles = points[left].mean(axis=1)
    away = np.linalg.norm(middles[:, None] - points[cage].mean(axis=1), axis=2)
    nearest = away.argmin(axis=1)
    assert (nearest == parents).mean() > 0.9


def test_only_what_bends_lies_beside_its_edge() -> None:
    corners = np.array([[0.0, 0, 0], [2, 0, 0], [0, 2, 0], [2, 2, 0]])
    refine, faces, _ = subdivide(np.array([[0, 1, 2], [1, 3, 2]]), 4, rounds=1)
    points = refine @ corners
    points[:4] = corners
    middle = 4 + int(np.linalg.norm(points[4:] - [1.0, 1.0, 0.0], axis=1).argmin())
    points[middle] = [1.2, 1.2, 0.5]
    away = bends(points, faces, 1)
    assert away[:4].max() == 0.0
    assert away[middle] == pytest.approx(np.sqrt(0.2**2 * 2 + 0.5**2))
