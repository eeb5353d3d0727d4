"""Train the small neural network that corrects a linear mapping; needs the extra `fit`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import torch

from app.training.mapping.ridge_fit import RidgeFit
from app.training.mapping.sample import Model, Sample, held_out_r2
from flame_model.arrays import Array
from mappings.scores.perceptron import Perceptron
from mappings.scores.ridge import DEAD_STD, SMALL_STD

UNITS = 32
"""Hidden units. Chosen by trial."""
STEPS = 120
"""Optimiser steps, each over the whole data. Chosen by trial."""
RATE = 0.02
"""Learning rate of AdamW. Chosen by trial."""
DECAYS = (0.03, 0.3)
"""Weight decays that are tried; the smaller one fits its data more closely."""


def fit_perceptron(sample: Sample, ridge: RidgeFit) -> tuple[Perceptron, float, dict[str, float]]:
    """Return the correction of a fitted ridge, its weight decay, and the held-out R2 of both together."""
    with _one_thread():
        tried = {decay: _held_out(sample, ridge, decay) for decay in DECAYS}
        best = max(DECAYS, key=lambda decay: np.mean(list(tried[decay].values())))
        everything = np.ones(len(sample.scores), dtype=bool)
        whole = _train(sample, everything, sample.targets - ridge.whole(sample.scores), best)
    return whole, best, tried[best]


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let torch use one thread: training such layers takes 1.2 s of processor time, on two threads 4.6 s."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def _held_out(sample: Sample, ridge: RidgeFit, decay: float) -> dict[str, float]:
    """Return the R2 by group of regression and correction together on what was kept back."""

    def fit_without(fold: int) -> Model:
        linear = ridge.folds[fold]
        correction = _train(sample, sample.fold != fold, sample.targets - linear(sample.scores), decay)

        def corrected(scores: Array) -> Array:
            return np.asarray(linear(scores) + correction(scores))

        return corrected

    return held_out_r2(sample, fit_without)


def _train(sample: Sample, rows: Array, leftover: Array, decay: float) -> Perceptron:
    """Train a network on the frames `rows` (N,) to give what the linear part leaves over, (N, C).

    The loss is the weighted mean square error, each coefficient in units of its standard deviation. The
    scaling of inputs and outputs is folded into the returned layers.
    """
    scores, weights = sample.scores[rows], sample.weights[rows]
    mean, deviation = scores.mean(axis=0), scores.std(axis=0)
    scale = np.where(deviation > DEAD_STD, 1.0 / np.maximum(deviation, SMALL_STD), 0.0)
    unit = np.maximum(leftover[rows].std(axis=0), 1e-9)
    first, second = _layers(scores.shape[1], leftover.shape[1])
    optimiser = torch.optim.AdamW([*first.parameters(), *second.parameters()], lr=RATE, weight_decay=decay)
    inputs, targets, weight = (
        torch.tensor(array, dtype=torch.float32)
        for array in ((scores - mean) * scale, leftover[rows] / unit, weights[:, None])
    )
    for _ in range(STEPS):
        optimiser.zero_grad()
        loss = (weight * (second(torch.tanh(first(inputs))) - targets) ** 2).mean()
        loss.backward()
        optimiser.step()
    hidden, hidden_bias, output, output_bias = (
        each.detach().numpy().astype(np.float64)
        for each in (first.weight.T, first.bias, second.weight.T, second.bias)
    )
    hidden = hidden * scale[:, None]
    return Perceptron(hidden, hidden_bias - mean @ hidden, output * unit, output_bias * unit)


def _layers(inputs: int, outputs: int) -> tuple[torch.nn.Linear, torch.nn.Linear]:
    """Return two layers with the same random start every time; the second one begins at zero."""
    with torch.random.fork_rng():
        torch.manual_seed(0)
        first, second = torch.nn.Linear(inputs, UNITS), torch.nn.Linear(UNITS, outputs)
        torch.nn.init.zeros_(second.weight)
        torch.nn.init.zeros_(second.bias)
    return first, second
