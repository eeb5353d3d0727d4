"""Weighted ridge regression with an intercept, from moments that add up over people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array

DEAD_STD = 0.005
"""Standard deviation up to which a score does not move; jawForward, cheekPuff, noseSneer and cheekSquint,
which the tracker never sends, stay below 0.002."""
SMALL_STD = 0.05
"""Least standard deviation by which an input is scaled: smaller motion is mostly noise and leaks from yaw, so
it is penalised as if it were as large as this."""


@dataclass(frozen=True, slots=True)
class Linear:
    """The linear model y = x M + b."""

    matrix: Array
    """(S, C) M."""
    intercept: Array
    """(C,) b."""

    def __call__(self, inputs: Array) -> Array:
        """Return (N, C) for inputs (N, S)."""
        return np.asarray(inputs @ self.matrix + self.intercept)


@dataclass(frozen=True, slots=True)
class Moments:
    """The weighted sums over samples (x, y, w) that a regression needs; those of two sets add up.

    Inputs x are (S,), targets y are (C,), weights w are numbers.
    """

    weight: float
    """Sum of w."""
    inputs: Array
    """(S,) sum of w x."""
    targets: Array
    """(C,) sum of w y."""
    squares: Array
    """(S, S) sum of w x x'."""
    products: Array
    """(S, C) sum of w x y'."""

    @classmethod
    def of(cls, inputs: Array, targets: Array, weights: Array) -> Moments:
        """Return the moments of inputs (N, S) and targets (N, C) with weights (N,)."""
        weighted = (np.asarray(inputs, np.float64) * weights[:, None]).T
        return cls(
            weight=float(weights.sum()),
            inputs=weighted.sum(axis=1),
            targets=weights @ targets,
            squares=weighted @ inputs,
            products=weighted @ targets,
        )

    def __add__(self, other: Moments) -> Moments:
        """Return the moments of both sets together."""
        return Moments(
            self.weight + other.weight,
            self.inputs + other.inputs,
            self.targets + other.targets,
            self.squares + other.squares,
            self.products + other.products,
        )

    def deviations(self) -> Array:
        """Return the standard deviation of each input (S,)."""
        mean = self.inputs / self.weight
        return np.sqrt(np.maximum(np.diag(self.squares) / self.weight - mean**2, 0.0))

    def ridge(self, strength: float) -> Linear:
        """Return the ridge regression with a penalty of the given strength.

            min over M, b:  E |x M + b - y|^2 + strength * sum_i d_i^2 |M_i|^2

        with the weighted mean E over the samples, the row M_i (C,) of input i, and the input's standard
        deviation d_i, at least SMALL_STD. An input that moves less than DEAD_STD gets the row zero. The
        intercept is not penalised.
        """
        deviation = self.deviations()
        live = deviation > DEAD_STD
        scale = np.maximum(deviation[live], SMALL_STD)
        mean_x, mean_y = self.inputs / self.weight, self.targets / self.weight
        squares = (self.squares / self.weight - np.outer(mean_x, mean_x))[np.ix_(live, live)]
        products = (self.products / self.weight - np.outer(mean_x, mean_y))[live]
        scaled = squares / np.outer(scale, scale) + strength * np.eye(len(scale))
        matrix = np.zeros(self.products.shape)
        matrix[live] = np.linalg.solve(scaled, products / scale[:, None]) / scale[:, None]
        return Linear(matrix, mean_y - mean_x @ matrix)
