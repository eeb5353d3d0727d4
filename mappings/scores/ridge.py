"""Weighted ridge regression with an intercept, from moments that add up over people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array

DEAD_STD = 0.005
"""A signal that moves less does not move: jawForward, cheekPuff, noseSneer, cheekSquint stay below 0.002."""
SMALL_STD = 0.05
"""Less motion than this is mostly noise and yaw: such signals are held back as if they moved so much."""


@dataclass(frozen=True, slots=True)
class Linear:
    """Hold inputs @ matrix + intercept."""

    matrix: Array
    """(S, C)."""
    intercept: Array
    """(C,)."""

    def __call__(self, inputs: Array) -> Array:
        """Return (N, C) for inputs (N, S)."""
        return np.asarray(inputs @ self.matrix + self.intercept)


@dataclass(frozen=True, slots=True)
class Moments:
    """Hold the weighted sums that a regression of C targets on S inputs needs; those of two sets add up."""

    weight: float
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
        """Return the regression that minimises the mean square error plus `strength` times squared slopes.

        Slopes are per standard deviation of the input, and an input that does not move has none.
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
