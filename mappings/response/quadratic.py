"""Quadratic functions of several variables, which a response is made of, and how they are fitted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array, IndexArray

RIDGE = 20.0
"""Penalty on the squared coefficients of standardised inputs, against the sum of squared errors. Chosen by
trial."""
PRODUCT_SHARE = 0.1
"""Factor of the products of inputs, which penalises their coefficients 100 times as much: 1,200 of them are
fitted to 4,200 readings. On readings kept back the scores are then 0.059 off, and 0.061 with 0.2."""


@dataclass(frozen=True, slots=True)
class Quadratic:
    """M quadratic functions f(z) = a + L z + z' Q z of an input z (d,)."""

    constant: Array
    """(M,) a: the values at z = 0."""
    linear: Array
    """(M, d) L."""
    bent: Array
    """(M, d, d) Q, symmetric."""

    def __call__(self, z: Array) -> tuple[Array, Array]:
        """Return the values f (M,) at z (d,), and their slopes df/dz (M, d)."""
        half = self.bent @ z
        return self.constant + (self.linear + half) @ z, self.linear + 2.0 * half

    def rows(self, rows: slice) -> Quadratic:
        """Return some of the functions."""
        return Quadratic(self.constant[rows], self.linear[rows], self.bent[rows])

    def replaced(self, rows: IndexArray, other: Quadratic) -> Quadratic:
        """Return the functions with those in `rows` taken from another such object."""
        constant, linear, bent = self.constant.copy(), self.linear.copy(), self.bent.copy()
        constant[rows], linear[rows], bent[rows] = other.constant[rows], other.linear[rows], other.bent[rows]
        return Quadratic(constant, linear, bent)

    def values(self, z: Array) -> Array:
        """Return the values (N, M) at N inputs z (N, d)."""
        bent: Array = np.einsum("kij,ni,nj->nk", self.bent, z, z, optimize=True)
        return self.constant + z @ self.linear.T + bent


def terms(z: Array) -> Array:
    """Return the regressors (N, T) of inputs z (N, d): 1, z, and PRODUCT_SHARE times the products of z."""
    first, second = np.triu_indices(z.shape[1])
    return np.hstack([np.ones((len(z), 1)), z, PRODUCT_SHARE * z[:, first] * z[:, second]])


def quadratic_of(weights: Array, count: int) -> Quadratic:
    """Return the functions with the coefficients `weights` (T, M) of `terms` of `count` inputs."""
    first, second = np.triu_indices(count)
    bent = np.zeros((weights.shape[1], count, count))
    bent[:, first, second] = PRODUCT_SHARE * weights[1 + count :].T
    return Quadratic(weights[0], weights[1 : 1 + count].T, 0.5 * (bent + bent.swapaxes(1, 2)))


def fit_quadratic(z: Array, outputs: Array) -> Quadratic:
    """Return the functions of inputs z (N, d) nearest to the outputs (N, M), by ridge regression."""
    regressors = terms(z)[:, 1:]
    constant, weights = ridge(regressors, outputs)
    return quadratic_of(np.vstack([constant, weights]), z.shape[1])


def ridge(inputs: Array, outputs: Array) -> tuple[Array, Array]:
    """Return b (M,) and W (d, M) with the least sum over readings of |x W + b - y|^2, plus RIDGE |W|^2."""
    input_mean, output_mean = inputs.mean(axis=0), outputs.mean(axis=0)
    centred = inputs - input_mean
    normal = centred.T @ centred + RIDGE * np.eye(inputs.shape[1])
    weights = np.linalg.solve(normal, centred.T @ (outputs - output_mean))
    return output_mean - input_mean @ weights, weights
