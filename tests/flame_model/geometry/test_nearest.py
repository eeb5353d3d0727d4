"""Nearest places on a mesh, against a brute-force search."""

from __future__ import annotations

import numpy as np

from flame_model.geometry.nearest import nearest_places
from tests.synthetic_heads import make_head

SQUARE = np.array([[0.0, 0.0, 0.0], [1.0, 0.0, 0.0], [1.0, 1.0, 0.0], [0.0, 1.0, 0.0]])
TWO_TRIANGLES = np.array([[0, 1, 2], [0, 2, 3]])


def place_of(point):
    nearest = nearest_places(np.array([point]), SQUARE, TWO_TRIANGLES)
    place = nearest.weights[0] @ SQUARE[TWO_TRIANGLES[nearest.triangles[0]]]
    return place, nearest.distances[0]


def test_above_a_face_beyond_an_edge_and_beyond_a_corner():
    for point, expected in (
        ((0.7, 0.2, 0.5), (0.7, 0.2, 0.0)),
        ((0.4, -2.0, 0.0), (0.4, 0.0, 0.0)),
        ((3.0, 3.0, 1.0), (1.0, 1.0, 0.0)),
    ):
        place, distance = place_of(point)
        np.testing.assert_allclose(place, expected, atol=1e-12)
        np.testing.assert_allclose(distance, np.linalg.norm(np.subtract(point, expected)))


def test_a_triangle_without_area_is_no_trouble():
    faces = np.array([[0, 1, 1], [0, 1, 2]])
    nearest = nearest_places(np.array([[0.5, -1.0, 0.0]]), SQUARE, faces)
    np.testing.assert_allclose(nearest.distances, 1.0)
    np.testing.assert_allclose(nearest.weights.sum(axis=1), 1.0)


def test_no_sample_of_the_surface_is_nearer():
    head = make_head()
    random = np.random.default_rng(3)
    points = head.template[random.integers(0, len(head.template), 20)] * random.uniform(0.9, 1.2, (20, 1))
    nearest = nearest_places(points, head.template, head.faces)
    shares = random.dirichlet(np.ones(3), 200)
    samples = np.einsum("sc,fcx->sfx", shares, head.template[head.faces]).reshape(-1, 3)
    sampled = np.array([np.linalg.norm(samples - point, axis=1).min() for point in points])
    assert (nearest.distances <= sampled + 1e-9).all()
    assert (nearest.distances >= sampled - 0.004).all()
