"""The built-in head's brows sit on a ridge that stands before forehead and lids."""

from __future__ import annotations

import numpy as np
import pytest

from flame_model.arrays import Float64Array
from flame_model.builtin.brows import with_brow_ridge
from flame_model.face.landmarks import rest_landmarks
from flame_model.face.measured_face import bundled_measurement
from flame_model.face.topology import LEFT_BROW
from flame_model.find_heads import load_head

TOP, TAIL, INNER = 334, 276, 285
"""Landmarks on the upper edge of the left brow and at the ends of its lower edge."""


@pytest.fixture(scope="module")
def measured() -> Float64Array:
    return bundled_measurement().neutral


def test_the_ridge_brings_the_brows_forward_alike(measured: Float64Array) -> None:
    moved = with_brow_ridge(measured) - measured
    assert moved[list(LEFT_BROW), 2].mean() > 0.001
    mirror = bundled_measurement().mirror
    np.testing.assert_allclose(moved[mirror] * (-1.0, 1.0, 1.0), moved, atol=2e-4)


def test_the_ridge_leaves_the_lower_face(measured: Float64Array) -> None:
    moved = with_brow_ridge(measured) - measured
    assert np.abs(moved[measured[:, 1] < 0.015]).max() < 1e-4


def test_brows_are_flatter_than_measured(measured: Float64Array) -> None:
    def arch(face: Float64Array) -> float:
        return float(face[TOP, 1] - 0.5 * (face[TAIL, 1] + face[INNER, 1]))

    assert arch(with_brow_ridge(measured)) < arch(measured) - 0.001


def test_brows_overhang_the_lids() -> None:
    head = load_head("builtin")
    assert head.landmarks
    face = rest_landmarks(head, head.landmarks)
    between_brow_and_lid, brow, forehead = face[443, 2], face[282, 2], face[299, 2]
    assert brow > between_brow_and_lid + 0.003
    assert brow > forehead - 0.002
