"""A response is saved and loaded, and predicts with the right slopes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from flame_model.errors import FlameCamError
from flame_model.files.npz import write_npz
from mappings.response.response import Response, mapping_key
from mappings.scores.score_mapping import ScoreMapping
from tests.synthetic_response import plain_mapping, synthetic_response


@pytest.fixture(scope="module")
def mapping() -> ScoreMapping:
    return plain_mapping()


@pytest.fixture
def path(tmp_path: Path, mapping: ScoreMapping) -> Path:
    synthetic_response(mapping).save(tmp_path / "response.npz")
    return tmp_path / "response.npz"


def test_what_is_saved_is_read_as_it_was(path: Path, mapping: ScoreMapping) -> None:
    saved, loaded = synthetic_response(mapping), Response.load(path, mapping)
    for field in fields(Response):
        before, after = getattr(saved, field.name), getattr(loaded, field.name)
        if isinstance(before, np.ndarray):
            np.testing.assert_allclose(after, before, rtol=1e-6, atol=1e-9, err_msg=field.name)
            assert after.dtype == before.dtype
        else:
            assert after == before
    assert path.stat().st_size < 500_000


def test_a_prediction_and_its_slopes_belong_together(mapping: ScoreMapping) -> None:
    response = synthetic_response(mapping, bent=0.1)
    x = np.random.default_rng(1).uniform(0.0, 1.0, len(response.centre))
    predicted, slopes = response.predict(x)
    for index in range(len(x)):
        step = np.zeros(len(x))
        step[index] = 1e-4
        difference = (response.predict(x + step)[0] - response.predict(x - step)[0]) / 2e-4
        np.testing.assert_allclose(slopes[:, index], difference, atol=1e-6)
    assert predicted.shape == (55,)
    np.testing.assert_array_equal(response.predict(response.centre)[0], response.constant)
    np.testing.assert_array_equal(response.predict_points(response.centre), response.point_constant)


Spoil = Callable[[dict[str, np.ndarray]], dict[str, np.ndarray]]
FAULTS: dict[str, tuple[Spoil, str]] = {
    "version": (lambda a: a | {"version": np.array(99)}, "should be 1, received 99"),
    "no version": (lambda a: {k: v for k, v in a.items() if k != "version"}, "'version' is missing"),
    "version in words": (lambda a: a | {"version": np.array("one")}, "'version' should hold whole numbers"),
    "no scale": (lambda a: a | {"scale": 0.0 * a["scale"]}, "'scale' should be above 0, received 0"),
    "huge": (lambda a: a | {"linear": a["linear"] + 1e30}, "'linear' should hold numbers up to 1e+06"),
    "missing": (lambda a: {k: v for k, v in a.items() if k != "linear"}, "'linear' is missing"),
    "another mapping": (lambda a: a | {"mapping_key": np.array("0" * 16)}, "another mapping than 'plain'"),
    "short quadratic": (lambda a: a | {"quadratic": a["quadratic"][:, :-1]}, "received (55, 1175)"),
    "short linear": (lambda a: a | {"linear": a["linear"][:, :-1]}, "'linear' should have shape (55, 48)"),
    "fewer points": (lambda a: a | {"points": a["points"][:-1]}, "'point_constant' should have shape"),
    "a point beyond": (lambda a: a | {"points": a["points"] + 400}, "should lie in 0..467"),
    "a signal beyond": (lambda a: a | {"signals": a["signals"] + 40}, "should lie in 0..51"),
    "flat centre": (lambda a: a | {"centre": np.array(0.0)}, "'centre' should have shape (48)"),
    "frames in words": (lambda a: a | {"frames": np.array("many")}, "'frames' should hold whole numbers"),
    "not a number": (lambda a: a | {"r2": a["r2"] * np.nan}, "'r2' should hold finite numbers"),
    "words": (lambda a: a | {"scale": np.full(len(a["scale"]), "x")}, "'scale' should hold numbers"),
}


@pytest.mark.parametrize(("spoil", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_a_faulty_file_is_one_sentence(path: Path, mapping: ScoreMapping, spoil: Spoil, words: str) -> None:
    write_npz(path, spoil(dict(np.load(path))))
    with pytest.raises(FlameCamError, match=re.escape(words)) as told:
        Response.load(path, mapping)
    assert str(path) in str(told.value)
    assert "flame-cam mapping respond" in str(told.value)
    assert "\n" not in str(told.value)


def test_what_is_no_archive_is_one_sentence(tmp_path: Path, mapping: ScoreMapping) -> None:
    (tmp_path / "response.npz").write_text("text")
    with pytest.raises(FlameCamError, match="not a readable response"):
        Response.load(tmp_path / "response.npz", mapping)


def test_a_mapping_has_a_key_of_its_own_up_to_single_precision() -> None:
    mapping = ScoreMapping.default()
    nearly = replace(mapping, matrix=mapping.matrix.astype(np.float32).astype(np.float64))
    other = replace(mapping, intercept=mapping.intercept + 0.01)
    assert mapping_key(mapping) == mapping_key(nearly)
    assert mapping_key(mapping) != mapping_key(other)
