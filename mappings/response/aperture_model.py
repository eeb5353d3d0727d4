"""Model the apertures that the tracker reports on a head: they shut, and stay shut when pressed further.

For a quadratic function q of the input, the aperture in eye distances is

    a = shut + SHARPNESS log(1 + exp(q / SHARPNESS))

so that q measures how far lips or lids are apart, or, below 0, how far one is pressed onto the other. On
readings kept back the mouth is 0.014 off, and 0.023 by a quadratic function alone; closed lips are 0.003 off
instead of 0.019.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array
from mappings.response.quadratic import RIDGE, Quadratic, quadratic_of, terms

SHARPNESS = 0.01
"""Width of the bend between shut and open, eye distances."""
LEAST_SLOPE = 0.1
"""Least slope da/dq that is used, so that lips that are pressed in the model can part again."""
SHUT_QUANTILE, SHUT_SHARE = 0.01, 0.7
"""`shut` is this share of this quantile of the readings, below all but a few of them."""
_STEPS = 4
"""Gauss-Newton steps of the fit."""


@dataclass(frozen=True, slots=True)
class ApertureModel:
    """The apertures of mouth, left and right eye as functions of a response's standardised input z (d,)."""

    shut: Array
    """(3,) apertures of pressed lips and lids, eye distances."""
    apart: Quadratic
    """q: 3 functions, eye distances."""

    def __call__(self, z: Array) -> tuple[Array, Array]:
        """Return the apertures (3,) at z (d,), and slopes (3, d) for finding them: see LEAST_SLOPE."""
        apart, slopes = self.apart(z)
        bend = np.maximum(_slope(apart), LEAST_SLOPE)
        return self.shut + _softplus(apart), bend[:, None] * slopes


def fit_apertures(z: Array, apertures: Array) -> ApertureModel:
    """Return the model of inputs z (N, d) that is nearest to the reported `apertures` (N, 3).

    Minimises sum |a - a*|^2 + RIDGE |coefficients|^2 for each aperture by Gauss-Newton steps, from the
    regression that does not bend.
    """
    regressors = terms(z)
    penalty = np.full(regressors.shape[1], RIDGE)
    penalty[0] = 1e-6  # The constant is free.
    shut = SHUT_SHARE * np.quantile(apertures, SHUT_QUANTILE, axis=0)
    wanted = apertures - shut
    weights = np.linalg.solve(regressors.T @ regressors + np.diag(penalty), regressors.T @ wanted)
    for column in range(apertures.shape[1]):
        for _ in range(_STEPS):
            apart = regressors @ weights[:, column]
            slopes = regressors * np.maximum(_slope(apart), LEAST_SLOPE)[:, None]
            misfit = slopes.T @ (wanted[:, column] - _softplus(apart)) - penalty * weights[:, column]
            weights[:, column] += np.linalg.solve(slopes.T @ slopes + np.diag(penalty), misfit)
    return ApertureModel(shut, quadratic_of(weights, z.shape[1]))


def _softplus(apart: Array) -> Array:
    return SHARPNESS * np.logaddexp(0.0, apart / SHARPNESS)


def _slope(apart: Array) -> Array:
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * apart / SHARPNESS)))
