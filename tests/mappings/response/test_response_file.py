"""The files of responses: what is saved is read again, and what is damaged or outdated is one sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from flame_model.errors import FlameCamError, OutdatedFileError
from flame_model.files.npz import write_npz
from mappings.response.response import Response
from mappings.response.response_file import load_response, save_response
from mappings.scores.score_mapping import ScoreMapping
from tests.synthetic_response import plain_mapping, synthetic_response


@pytest.fixture(scope="module")
def mapping() -> ScoreMapping:
    return plain_mapping()


@pytest.fixture
def path(tmp_path: Path, mapping: ScoreMapping) -> Path:
    save_response(synthetic_response(mapping), tmp_path / "response.npz")
    return tmp_path / "response.npz"


def assert_alike(after: Any, before: Any, name: str) -> None:
    """Assert that two fields are equal in single precision; a network computes in it."""
    if isinstance(before, np.ndarray):
        np.testing.assert_allclose(after, before, rtol=1e-6, atol=1e-9, err_msg=name)
        assert after.dtype == (np.float32 if name.startswith("network") else before.dtype)
    elif is_dataclass(before):
        for field in fields(before):
            assert_alike(getattr(after, field.name), getattr(before, field.name), f"{name}.{field.name}")
    else:
        assert after == (pytest.approx(before) if isinstance(before, float) else before)


def test_what_is_saved_is_read_as_it_was(path: Path, mapping: ScoreMapping) -> None:
    saved, loaded = synthetic_response(mapping), load_response(path, mapping)
    for field in fields(Response):
        assert_alike(getattr(loaded, field.name), getattr(saved, field.name), field.name)
    assert path.stat().st_size < 50_000


def test_a_response_that_was_read_predicts_as_before(path: Path, mapping: ScoreMapping) -> None:
    saved, loaded = synthetic_response(mapping), load_response(path, mapping)
    x, shift = np.full(saved.signal_count + 3, 0.3), np.array([0.01, -0.02, 0.0])
    for before, after in zip(saved.predict(x, shift), loaded.predict(x, shift), strict=True):
        for one, other in zip(before, after, strict=True):
            assert other.dtype == np.float64
            np.testing.assert_allclose(other, one, atol=2e-6, rtol=1e-5)
    assert loaded.network.first.dtype == np.float32


Spoil = Callable[[dict[str, np.ndarray]], dict[str, np.ndarray]]


def with_changed(name: str, change: Callable[[np.ndarray], np.ndarray]) -> Spoil:
    """Return a function that changes one array of a file."""
    return lambda arrays: arrays | {name: change(arrays[name])}


FAULTS: dict[str, tuple[Spoil, str]] = {
    "version": (lambda a: a | {"version": np.array(99)}, "should be 4, received 99"),
    "no version": (lambda a: {k: v for k, v in a.items() if k != "version"}, "'version' is missing"),
    "version in words": (lambda a: a | {"version": np.array("one")}, "'version' should hold whole numbers"),
    "no scale": (lambda a: a | {"scale": 0.0 * a["scale"]}, "'scale' should be above 0, received 0"),
    "huge": (
        with_changed("network_direct", lambda direct: direct + 1e30),
        "'network_direct' should hold numbers up to 1e+06",
    ),
    "missing": (
        lambda a: {k: v for k, v in a.items() if k != "network_second"},
        "'network_second' is missing",
    ),
    "no apertures": (with_changed("shut", lambda shut: shut[:2]), "'shut' should have shape (3)"),
    "another mapping": (lambda a: a | {"mapping_key": np.array("0" * 16)}, "another mapping than 'plain'"),
    "narrow network": (
        with_changed("network_first", lambda first: first[:, :-1]),
        "'network_first' should have shape (8, 51), received (8, 50)",
    ),
    "fewer units": (
        with_changed("network_second", lambda second: second[:-1]),
        "'network_second' should have shape (8, 8), received (7, 8)",
    ),
    "fewer outputs": (
        with_changed("network_last", lambda last: last[:-1]),
        "'network_last' should have shape (115, 8), received (114, 8)",
    ),
    "too many units": (
        with_changed("network_first_bias", lambda _: np.zeros(5000)),
        "'network_first_bias' should have up to 4096 units, received 5000",
    ),
    "a network in words": (
        with_changed("network_bias", lambda bias: bias.astype(str)),
        "'network_bias' should hold numbers",
    ),
    "fewer points": (
        with_changed("points", lambda points: points[:-1]),
        "'network_last' should have shape (112, 8), received (115, 8)",
    ),
    "a point beyond": (lambda a: a | {"points": a["points"] + 400}, "should lie in 0..467"),
    "a signal beyond": (lambda a: a | {"signals": a["signals"] + 40}, "should lie in 0..51"),
    "flat centre": (lambda a: a | {"centre": np.array(0.0)}, "'centre' should have shape (51)"),
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


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_file_of_an_earlier_version_is_outdated(path: Path, mapping: ScoreMapping, version: int) -> None:
    """The first ones had no network, so the version is told before anything that is missing."""
    arrays = {name: array for name, array in np.load(path).items() if not name.startswith("network_")}
    write_npz(path, arrays | {"version": np.array(version)})
    with pytest.raises(OutdatedFileError, match="measured by an earlier version of this program") as told:
        load_response(path, mapping)
    assert "flame-cam mapping respond" in str(told.value)
