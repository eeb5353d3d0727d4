"""Axis-angle and matrices agree with SciPy and with each other at every angle."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from flame_model.rotations import axis_angle_from_matrix, matrix_from_axis_angle, slerp, with_angle

ANGLES = [0.0, 1e-12, 1e-7, 1e-6, 1e-3, 1.0, 3.0, np.pi - 1e-7, np.pi]


def _axes() -> np.ndarray:
    axes = np.random.default_rng(1).normal(size=(40, 3))
    axes = np.vstack([axes, np.eye(3), -np.eye(3)])
    return axes / np.linalg.norm(axes, axis=1, keepdims=True)


@pytest.mark.parametrize("angle", ANGLES)
def test_matrices_agree_with_scipy(angle: float) -> None:
    vectors = _axes() * angle
    np.testing.assert_allclose(
        matrix_from_axis_angle(vectors), Rotation.from_rotvec(vectors).as_matrix(), atol=1e-12
    )


@pytest.mark.parametrize("angle", ANGLES)
def test_axis_angle_comes_back_as_the_same_rotation(angle: float) -> None:
    matrices = matrix_from_axis_angle(_axes() * angle)
    vectors = axis_angle_from_matrix(matrices)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), angle, atol=1e-9)
    np.testing.assert_allclose(matrix_from_axis_angle(vectors), matrices, atol=1e-9)


def test_leading_shapes_are_kept() -> None:
    vectors = np.random.default_rng(2).normal(size=(2, 5, 3))
    matrices = matrix_from_axis_angle(vectors)
    assert matrices.shape == (2, 5, 3, 3)
    np.testing.assert_allclose(axis_angle_from_matrix(matrices), vectors * _wrap(vectors), atol=1e-9)
    assert matrix_from_axis_angle([0.0, 0.0, 0.0]).shape == (3, 3)


def test_slerp_walks_evenly_along_the_shortest_way() -> None:
    start, end = np.array([0.0, 3.0, 0.0]), np.array([0.0, -3.0, 0.0])
    middle = slerp(start, end, 0.5)
    np.testing.assert_allclose(np.abs(middle), [0.0, np.pi, 0.0], atol=1e-9)
    np.testing.assert_allclose(slerp(start, end, [0.0, 1.0]), [start, end], atol=1e-9)


def _wrap(vectors: np.ndarray) -> np.ndarray:
    angle = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.where(angle > np.pi, (angle - 2 * np.pi) / angle, 1.0)


@pytest.mark.parametrize("angle", ANGLES)
def test_a_rotation_gets_another_angle_about_its_axis(angle: float) -> None:
    for vector in _axes()[:5]:
        matrix = matrix_from_axis_angle(vector * angle)
        halved = with_angle(matrix, lambda own: 0.5 * own)
        np.testing.assert_allclose(halved @ halved, matrix, atol=1e-9)
        np.testing.assert_allclose(with_angle(matrix, lambda own: own), matrix, atol=1e-9)
