"""A response is saved and loaded, and predicts with the right slopes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from flame_model.errors import FlameCamError
from flame_model.files.npz import write_npz
from mappings.person.apertures import MOUTH
from mappings.response.response import Response, mapping_key
from mappings.response.response_file import load_response, save_response
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX
from tests.synthetic_response import plain_mapping, synthetic_response


@pytest.fixture(scope="module")
def mapping() -> ScoreMapping:
    return plain_mapping()


@pytest.fixture
def path(tmp_path: Path, mapping: ScoreMapping) -> Path:
    save_response(synthetic_response(mapping), tmp_path / "response.npz")
    return tmp_path / "response.npz"


def assert_alike(after: Any, before: Any, name: str) -> None:
    """Assert that two fields are equal in single precision."""
    if isinstance(before, np.ndarray):
        np.testing.assert_allclose(after, before, rtol=1e-6, atol=1e-9, err_msg=name)
        assert after.dtype == before.dtype
    elif is_dataclass(before):
        for field in fields(before):
            assert_alike(getattr(after, field.name), getattr(before, field.name), f"{name}.{field.name}")
    else:
        assert after == (pytest.approx(before) if isinstance(before, float) else before)


def test_what_is_saved_is_read_as_it_was(path: Path, mapping: ScoreMapping) -> None:
    saved, loaded = synthetic_response(mapping), load_response(path, mapping)
    for field in fields(Response):
        assert_alike(getattr(loaded, field.name), getattr(saved, field.name), field.name)
    assert path.stat().st_size < 500_000


@pytest.mark.parametrize("predict", ["predict", "predict_points", "predict_apertures"])
def test_a_prediction_and_its_slopes_belong_together(mapping: ScoreMapping, predict: str) -> None:
    response = synthetic_response(mapping, bent=0.1)
    # The mouth is open: shut lips have a slope by which they can part, though they are reported as shut.
    x = np.random.default_rng(1).uniform(0.1, 0.3, len(response.centre))
    x[np.flatnonzero(response.signals == MEDIAPIPE_INDEX["jawOpen"])] = 1.0
    values = getattr(response, predict)
    predicted, slopes = values(x)
    assert slopes.shape == (len(predicted), len(x))
    for index in range(len(x)):
        step = np.zeros(len(x))
        step[index] = 1e-4
        difference = (values(x + step)[0] - values(x - step)[0]) / 2e-4
        np.testing.assert_allclose(slopes[:, index], difference, atol=1e-6)


def test_pressed_lips_are_shut_and_can_part(mapping: ScoreMapping) -> None:
    response = synthetic_response(mapping)
    x = response.centre.copy()
    apertures = []
    for close in (0.2, 0.6, 1.0):
        x[np.flatnonzero(response.signals == MEDIAPIPE_INDEX["mouthClose"])] = close
        opened, slopes = response.predict_apertures(x)
        apertures.append(opened[MOUTH])
        assert slopes[MOUTH].min() < -0.01, "more mouthClose shuts the mouth further"
    assert np.ptp(apertures[1:]) < 0.001
    assert apertures[-1] == pytest.approx(response.apertures.shut[MOUTH], abs=0.001)


Spoil = Callable[[dict[str, np.ndarray]], dict[str, np.ndarray]]


def with_changed(name: str, change: Callable[[np.ndarray], np.ndarray]) -> Spoil:
    """Return a function that changes one array of a file."""
    return lambda arrays: arrays | {name: change(arrays[name])}


FAULTS: dict[str, tuple[Spoil, str]] = {
    "version": (lambda a: a | {"version": np.array(99)}, "should be 2, received 99"),
    "no version": (lambda a: {k: v for k, v in a.items() if k != "version"}, "'version' is missing"),
    "version in words": (lambda a: a | {"version": np.array("one")}, "'version' should hold whole numbers"),
    "no scale": (lambda a: a | {"scale": 0.0 * a["scale"]}, "'scale' should be above 0, received 0"),
    "huge": (
        lambda a: a | {"reports_linear": a["reports_linear"] + 1e30},
        "'reports_linear' should hold numbers up to 1e+06",
    ),
    "missing": (lambda a: {k: v for k, v in a.items() if k != "apart_linear"}, "'apart_linear' is missing"),
    "old": (lambda a: a | {"version": np.array(1)}, "was measured by an earlier version of this program"),
    "no apertures": (lambda a: a | {"shut": a["shut"][:2]}, "'shut' should have shape (3)"),
    "another mapping": (lambda a: a | {"mapping_key": np.array("0" * 16)}, "another mapping than 'plain'"),
    "short quadratic": (
        lambda a: a | {"reports_quadratic": a["reports_quadratic"][:, :-1]},
        "received (55, 1175)",
    ),
    "short linear": (
        lambda a: a | {"reports_linear": a["reports_linear"][:, :-1]},
        "should have shape (55, 48)",
    ),
    "fewer points": (lambda a: a | {"points": a["points"][:-1]}, "'places_constant' should have shape"),
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
        load_response(path, mapping)
    assert str(path) in str(told.value)
    assert "flame-cam mapping respond" in str(told.value)
    assert "\n" not in str(told.value)


def test_what_is_no_archive_is_one_sentence(tmp_path: Path, mapping: ScoreMapping) -> None:
    (tmp_path / "response.npz").write_text("text")
    with pytest.raises(FlameCamError, match="not a readable response"):
        load_response(tmp_path / "response.npz", mapping)


def test_a_mapping_has_a_key_of_its_own_up_to_single_precision() -> None:
    mapping = ScoreMapping.default()
    nearly = replace(mapping, matrix=mapping.matrix.astype(np.float32).astype(np.float64))
    other = replace(mapping, intercept=mapping.intercept + 0.01)
    assert mapping_key(mapping) == mapping_key(nearly)
    assert mapping_key(mapping) != mapping_key(other)
