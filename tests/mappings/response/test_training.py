"""Training finds a network near what was seen, alike for both sides of the face."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import numpy as np
import pytest

from flame_model.arrays import Array
from mappings.response.links import APERTURE_COUNT, REPORT_COUNT
from mappings.response.network import Network
from mappings.response.symmetry import Symmetry, symmetry_of
from mappings.response.training import HIDDEN, train
from mappings.signals import MEDIAPIPE_INDEX

SIGNALS = np.array([MEDIAPIPE_INDEX[name] for name in ("jawOpen", "mouthSmileLeft", "mouthSmileRight")])
POINTS = np.array([0, 61, 291])
COUNT = 1500
OUTPUTS = REPORT_COUNT + 3 * len(POINTS) + APERTURE_COUNT
LEFT, RIGHT = (MEDIAPIPE_INDEX[f"mouthSmile{side}"] for side in ("Left", "Right"))
FROWNS = [MEDIAPIPE_INDEX[f"mouthFrown{side}"] for side in ("Left", "Right")]


@pytest.fixture(scope="module")
def symmetry() -> Symmetry:
    return symmetry_of(SIGNALS, POINTS)


@pytest.fixture(scope="module")
def z() -> Array:
    return np.random.default_rng(0).normal(size=(COUNT, len(SIGNALS) + 6))


@pytest.fixture(scope="module")
def seen(z: Array) -> Array:
    """Return what was seen (N, M): bent frowns, bent smiles of which the right one is weak, and one look."""
    seen = np.zeros((COUNT, OUTPUTS))
    seen[:, LEFT], seen[:, RIGHT] = np.sin(z[:, 1]), 0.5 * np.sin(z[:, 2])
    seen[:, FROWNS] = np.sin(z[:, 1:3])
    seen[:, MEDIAPIPE_INDEX["eyeLookInLeft"]] = 0.3
    return seen


def squared_error(seen: Array) -> Callable[[Array, Array], Array]:
    """Return the slopes of the mean squared error."""
    return lambda values, rows: (2.0 * (values - seen[rows]) / len(rows)).astype(np.float32)


@pytest.fixture(scope="module")
def trained(z: Array, seen: Array, symmetry: Symmetry) -> Network:
    return train(z, squared_error(seen), symmetry, OUTPUTS)


def test_the_network_computes_in_single_precision(trained: Network) -> None:
    assert {getattr(trained, field.name).dtype for field in fields(Network)} == {np.dtype(np.float32)}
    assert trained.second.shape == (HIDDEN, HIDDEN)


def test_what_is_symmetric_is_learned_with_its_bends(trained: Network, z: Array, seen: Array) -> None:
    values = trained.values(z)
    for frown in FROWNS:
        straight = z @ np.linalg.lstsq(z, seen[:, frown], rcond=None)[0]
        by_line = np.abs(straight - seen[:, frown]).mean()
        assert np.abs(values - seen)[:, frown].mean() < 0.35 * by_line


def test_both_sides_are_treated_alike_at_the_mean(trained: Network, z: Array, symmetry: Symmetry) -> None:
    other = symmetry.mirrored(trained)
    for field in fields(Network):
        own, mirrored = getattr(trained, field.name), getattr(other, field.name)
        np.testing.assert_allclose(mirrored, own, atol=1e-5, err_msg=field.name)
    values = trained.values(z)
    for side, column in ((LEFT, 1), (RIGHT, 2)):
        strength = values[:, side] @ np.sin(z[:, column]) / (np.sin(z[:, column]) ** 2).sum()
        assert strength == pytest.approx(0.75, abs=0.04)


def test_looks_are_learned_for_each_side(trained: Network, z: Array) -> None:
    inward = trained.values(z)[:, [MEDIAPIPE_INDEX["eyeLookInLeft"], MEDIAPIPE_INDEX["eyeLookInRight"]]]
    np.testing.assert_allclose(inward.mean(axis=0), (0.3, 0.0), atol=0.01)
