"""The small network's correction comes back as written, is quick, and a bad file gets one sentence."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from flame_model.errors import MappingFileError
from mappings.scores.layout import Layout
from mappings.scores.mapping_card import MappingCard
from mappings.scores.mapping_folder import write_mapping_folder
from mappings.scores.perceptron import Perceptron, load_perceptron
from mappings.scores.score_mapping import ScoreMapping

RNG = np.random.default_rng(0)
COUNT = Layout(20).width


def network() -> Perceptron:
    shapes = ((52, 32), (32,), (32, COUNT), (COUNT,))
    return Perceptron(*(RNG.normal(size=shape).astype(np.float32) for shape in shapes))


def folder_with(tmp_path: Path, correction: Perceptron | None) -> ScoreMapping:
    columns = {"bs2exp": 20, "bs2jaw": 3, "bs2eye": 6, "bs2eyelids": 2}
    arrays = {name: np.ones((52, count)) for name, count in columns.items()}
    write_mapping_folder(tmp_path, arrays, MappingCard("mine", 20, "ours", "a test"), correction)
    return ScoreMapping.load(tmp_path)


def test_it_adds_to_the_linear_mapping_of_its_folder(tmp_path: Path) -> None:
    correction, scores = network(), RNG.uniform(size=(4, 52))
    mapping = folder_with(tmp_path, correction)
    added = np.tanh(scores @ correction.hidden + correction.hidden_bias) @ correction.output
    expected = scores.sum(axis=1, keepdims=True) + added[:, :20] + correction.output_bias[:20]
    np.testing.assert_allclose(mapping.convert(scores).expression, expected, rtol=1e-4)
    assert folder_with(tmp_path, None).correction is None, "an earlier one does not stay"


def test_a_frame_takes_no_more_than_a_fifth_of_a_millisecond(tmp_path: Path) -> None:
    mapping, scores = folder_with(tmp_path, network()), RNG.uniform(size=52).astype(np.float32)
    mapping.coefficients(scores)
    begun_s = time.thread_time()
    for _ in range(200):
        mapping.coefficients(scores)
    assert (time.thread_time() - begun_s) / 200 <= 0.0002


def test_bad_layers_are_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "mlp.npz"
    network().save(path)
    with pytest.raises(MappingFileError, match=r"'output' should be finite numbers of shape \(32, 30\)"):
        load_perceptron(path, 30)
    path.write_text("text")
    with pytest.raises(MappingFileError, match="is not a readable perceptron"):
        load_perceptron(path, COUNT)


def test_a_correction_leaves_the_components_that_a_larger_head_has_besides(synthetic_head) -> None:
    matrix, intercept = np.zeros((52, COUNT)), np.zeros(COUNT)
    mapping = ScoreMapping("published", matrix, intercept, correction=network())
    head = replace(
        synthetic_head, expression_names=(), expression_basis=np.zeros((*synthetic_head.template.shape, 24))
    )
    scores = RNG.uniform(size=52)
    larger, given = mapping.for_head(head).coefficients(scores), mapping.coefficients(scores)
    np.testing.assert_array_equal(larger.expression, np.append(given.expression, np.zeros(4)))
    np.testing.assert_array_equal(larger.jaw, given.jaw)
