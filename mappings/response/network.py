"""The neural network that a response is made of: its values and slopes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array


@dataclass(frozen=True, slots=True)
class Network:
    """M functions of an input z (d,), by two layers of H hidden units and a direct path:

        u = b + L z + C tanh(B tanh(A z + a) + c)

    It computes in the precision of its weights.
    """

    first: Array
    """(H, d) A."""
    first_bias: Array
    """(H,) a."""
    second: Array
    """(H, H) B."""
    second_bias: Array
    """(H,) c."""
    last: Array
    """(M, H) C."""
    direct: Array
    """(M, d) L."""
    bias: Array
    """(M,) b."""

    def __call__(self, z: Array) -> tuple[Array, Array]:
        """Return the values u (M,) at z (d,), and their slopes du/dz (M, d)."""
        z = z.astype(self.first.dtype)
        one = np.tanh(self.first @ z + self.first_bias)
        two = np.tanh(self.second @ one + self.second_bias)
        slopes = (1.0 - two * two)[:, None] * (self.second @ ((1.0 - one * one)[:, None] * self.first))
        return self.last @ two + self.direct @ z + self.bias, self.last @ slopes + self.direct

    def values(self, z: Array) -> Array:
        """Return the values (..., M) at inputs z (..., d)."""
        two = self.hidden(z.astype(self.first.dtype))[1]
        return np.asarray(two @ self.last.T + z.astype(self.first.dtype) @ self.direct.T + self.bias)

    def hidden(self, z: Array) -> tuple[Array, Array]:
        """Return the states (..., H) of both layers of hidden units at inputs z (..., d)."""
        one = np.tanh(z @ self.first.T + self.first_bias)
        return one, np.tanh(one @ self.second.T + self.second_bias)
