"""A small network learns what is not linear, and what it learnt runs without torch."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.training.mapping import perceptron_fit
from app.training.mapping.ridge_fit import fit_ridge
from app.training.mapping.sample import make_sample
from mappings.scores.perceptron import load_perceptron


def test_it_explains_more_of_a_curve_on_people_kept_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(perceptron_fit, "DECAYS", (0.03,))
    scores = np.random.default_rng(0).uniform(size=(600, 52)) * (np.arange(52) < 4)
    curved = np.tile(np.sin(6.0 * scores[:, :4]), (1, 4))[:, :13]
    sample = make_sample(scores, curved, np.repeat([0, 1], 300), None)
    ridge = fit_ridge(sample)
    correction, _, reached = perceptron_fit.fit_perceptron(sample, ridge)
    assert ridge.held_out_r2["expression"] < 0.8
    assert reached["expression"] > 0.95
    correction.save(tmp_path / "mlp.npz")
    read = load_perceptron(tmp_path / "mlp.npz", 13)
    assert np.abs(ridge.whole(scores) + read(scores) - curved).mean() < 0.1
