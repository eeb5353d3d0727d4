"""A network's values and slopes follow from its weights, in their precision."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from mappings.response.network import Network

INPUTS, HIDDEN, OUTPUTS = 7, 6, 9


def random_network(seed: int = 0) -> Network:
    """Return a network in double precision whose hidden units bend."""
    random = np.random.default_rng(seed)
    return Network(
        first=random.normal(0.0, 0.5, (HIDDEN, INPUTS)),
        first_bias=random.normal(0.0, 0.5, HIDDEN),
        second=random.normal(0.0, 0.5, (HIDDEN, HIDDEN)),
        second_bias=random.normal(0.0, 0.5, HIDDEN),
        last=random.normal(0.0, 1.0, (OUTPUTS, HIDDEN)),
        direct=random.normal(0.0, 1.0, (OUTPUTS, INPUTS)),
        bias=random.normal(0.0, 1.0, OUTPUTS),
    )


@pytest.fixture
def z() -> np.ndarray:
    return np.random.default_rng(1).normal(size=(5, INPUTS))


def test_without_hidden_units_it_is_linear(z: np.ndarray) -> None:
    network = random_network()
    linear = replace(network, last=np.zeros((OUTPUTS, HIDDEN)))
    np.testing.assert_allclose(linear.values(z), z @ network.direct.T + network.bias)
    assert np.abs(network.values(z) - linear.values(z)).max() > 0.1


def test_slopes_are_those_of_the_values(z: np.ndarray) -> None:
    network = random_network()
    for row in z:
        _, slopes = network(row)
        steps = 1e-5 * np.eye(INPUTS)
        differences = (network.values(row + steps) - network.values(row - steps)) / 2e-5
        np.testing.assert_allclose(slopes, differences.T, atol=1e-8)


def test_many_inputs_give_what_each_gives(z: np.ndarray) -> None:
    network = random_network()
    np.testing.assert_allclose(network.values(z), [network(row)[0] for row in z], atol=1e-12)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_it_computes_in_the_precision_of_its_weights(z: np.ndarray, kind: type) -> None:
    network = random_network()
    single = Network(**{f.name: getattr(network, f.name).astype(kind) for f in fields(Network)})
    assert {array.dtype for array in (*single(z[0]), single.values(z))} == {np.dtype(kind)}
    np.testing.assert_allclose(single.values(z), network.values(z), atol=1e-5)
