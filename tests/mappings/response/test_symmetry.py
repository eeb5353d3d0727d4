"""A mirror changes the inputs and outputs of a response, and the weights of its network, as it does faces."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from flame_model.arrays import Array
from mappings.mirror import mirrored_landmarks
from mappings.person.apertures import apertures
from mappings.response.network import Network
from mappings.response.problem import SOLVED_POINTS
from mappings.response.readings import Readings
from mappings.response.symmetry import Symmetry, symmetry_of
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT, signals_named
from tests.mappings.response.test_readings import readings
from tests.synthetic_response import plain_mapping, synthetic_response

SIGNALS = synthetic_response(plain_mapping()).signals


@pytest.fixture(scope="module")
def symmetry() -> Symmetry:
    return symmetry_of(SIGNALS, SOLVED_POINTS)


@pytest.fixture(scope="module")
def network() -> Network:
    """Return a network that treats the sides differently."""
    return synthetic_response(plain_mapping(), bent=1.0).network


def inputs(some: Readings) -> Array:
    """Return signals, angles and shifts (N, n + 6)."""
    return np.hstack([some.signals[:, SIGNALS], some.angles, some.shifts])


def outputs(some: Readings) -> Array:
    """Return scores, angles, landmarks and apertures (N, M)."""
    places = some.faces[:, SOLVED_POINTS].reshape(len(some.faces), -1)
    opened = [apertures(face) for face in some.faces]
    return np.hstack([some.scores, some.reported_angles, places, opened])


def test_inputs_and_outputs_are_those_of_mirrored_readings(symmetry: Symmetry) -> None:
    some = readings(5)
    np.testing.assert_allclose(symmetry.inputs(inputs(some)), inputs(some.mirrored()))
    np.testing.assert_allclose(symmetry.outputs(outputs(some)), outputs(some.mirrored()))


def test_mirroring_twice_changes_nothing(symmetry: Symmetry, network: Network) -> None:
    twice = symmetry.mirrored(symmetry.mirrored(network))
    for field in fields(Network):
        np.testing.assert_array_equal(getattr(twice, field.name), getattr(network, field.name))


def test_a_mirrored_network_gives_mirrored_outputs_for_mirrored_inputs(
    symmetry: Symmetry, network: Network
) -> None:
    z = np.random.default_rng(0).normal(size=(5, len(SIGNALS) + 6))
    given = symmetry.outputs(symmetry.mirrored(network).values(symmetry.inputs(z)))
    both = ~symmetry.one_sided
    np.testing.assert_allclose(given[:, both], network.values(z)[:, both], atol=1e-12)
    assert np.abs(network.values(z) - symmetry.outputs(network.values(symmetry.inputs(z)))).max() > 0.1


def test_looks_and_apertures_keep_their_sides(symmetry: Symmetry, network: Network) -> None:
    expected = [*np.flatnonzero(signals_named("eyeLook")), *(len(symmetry.one_sided) - np.arange(3, 0, -1))]
    assert np.flatnonzero(symmetry.one_sided).tolist() == sorted(expected)
    assert MEDIAPIPE_INDEX["eyeBlinkLeft"] not in expected
    other = symmetry.mirrored(network)
    for name in ("last", "direct", "bias"):
        own, mirrored = getattr(network, name), getattr(other, name)
        np.testing.assert_array_equal(mirrored[symmetry.one_sided], own[symmetry.one_sided])
    assert np.abs(other.direct - network.direct)[:SIGNAL_COUNT].max() > 0.01


def test_a_landmark_without_its_partner_is_no_symmetry() -> None:
    sided = next(point for point in SOLVED_POINTS if mirrored_landmarks()[point] != point)
    with pytest.raises(KeyError):
        symmetry_of(SIGNALS, np.array([sided]))
