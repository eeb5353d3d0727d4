"""Pickles of arrays are read, everything else in a pickle is refused and never runs."""

from __future__ import annotations

import pickle
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import sparse

from flame_model.errors import HeadFileError
from flame_model.safe_pickle import load_arrays

DENSE = np.array([[0.0, 1.5, 0.0], [2.0, 0.0, -3.0]])


def _file(folder: Path, content: bytes | object) -> Path:
    path = folder / "head.pkl"
    path.write_bytes(content if isinstance(content, bytes) else pickle.dumps(content, protocol=2))
    return path


@pytest.mark.parametrize("protocol", range(6))
def test_arrays_of_every_protocol_come_back(tmp_path: Path, protocol: int) -> None:
    boxed = np.array(None, dtype=object)
    boxed[()] = np.arange(3)
    arrays = OrderedDict(
        floats=np.arange(24, dtype=np.float64).reshape(2, 3, 4),
        fortran=np.asfortranarray(DENSE.astype(np.float32)),
        big_endian=np.arange(5, dtype=">i4"),
        strided=np.arange(20, dtype=np.uint8)[::3],
        scalar=np.float32(0.25),
        objects=np.array([1, 2.5, True], dtype=object),
        boxed=boxed,
    )
    loaded = load_arrays(_file(tmp_path, pickle.dumps(arrays, protocol=protocol)))
    assert set(loaded) == set(arrays)
    for name in set(arrays) - {"boxed"}:
        np.testing.assert_array_equal(loaded[name], np.asarray(arrays[name]).astype(loaded[name].dtype))
    np.testing.assert_array_equal(loaded["boxed"], [0, 1, 2])


@pytest.mark.parametrize("kind", ["csc_matrix", "csr_matrix", "coo_matrix", "csc_array", "coo_array"])
@pytest.mark.parametrize("protocol", [0, 2, 5])
def test_sparse_matrices_come_written_out(tmp_path: Path, kind: str, protocol: int) -> None:
    matrix = getattr(sparse, kind)(DENSE)
    loaded = load_arrays(_file(tmp_path, pickle.dumps({"J_regressor": matrix}, protocol=protocol)))
    np.testing.assert_array_equal(loaded["J_regressor"], DENSE)


def test_entries_that_are_no_arrays_are_left_out(tmp_path: Path) -> None:
    content = {"bs_type": "lrotmin", "groups": {"a": [1]}, "weights": DENSE, "scale": 2.0}
    assert set(load_arrays(_file(tmp_path, content))) == {"weights", "scale"}


def test_a_real_python_2_file_with_chumpy_and_scipy_objects(test_data: Path) -> None:
    arrays = load_arrays(test_data / "heads" / "python2_chumpy_flame_layout.pkl")
    assert arrays["v_template"].shape == (384, 3)
    assert arrays["shapedirs"].shape == (384, 3, 400)
    np.testing.assert_allclose(arrays["J_regressor"] @ arrays["v_template"], arrays["J"], atol=1e-12)
    np.testing.assert_allclose(arrays["weights"].sum(axis=1), 1.0)


class _Attack:
    def __init__(self, call: Callable[..., Any], *args: Any) -> None:
        self.reduced = (call, args)

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return self.reduced


@pytest.mark.parametrize(
    ("call", "asked"),
    [(Path.touch, "getattr"), (eval, "eval"), (np.load, "numpy"), (bytes.fromhex, "getattr")],
)
def test_calls_are_refused_by_name_and_do_not_run(
    tmp_path: Path, call: Callable[..., Any], asked: str
) -> None:
    marker = tmp_path / "ran"
    arguments = (marker,) if call is Path.touch else (f"open({str(marker)!r}, 'w')",)
    path = _file(tmp_path, {"v_template": DENSE, "x": _Attack(call, *arguments)})
    with pytest.raises(HeadFileError, match=rf"head\.pkl: refused: this pickle asks for .*{asked}"):
        load_arrays(path)
    assert not marker.exists()


LOOSE_STATES = {
    "attributes set on an allowed class": b"cnumpy\nndarray\nN(S'array'\nI1\nd\x86b.",
    "a dotted way out of an allowed name": b"\x80\x04\x8c\x05numpy\x8c\x0cndarray.dump\x93.",
    "a persistent id": b"(Pid\n.",
    "an extension code": b"(\x82\x01.",
    "a memo place that reserves gigabytes": b"\x80\x02}r\xff\xff\xff\x7f.",
    "a length beyond the file": b"\x80\x05\x96\xff\xff\xff\xff\xff\x00\x00\x00.",
    "empty": b"",
    "text": b"v -0.1 0.2 0.3\n",
    "a list": pickle.dumps([1, 2]),
    "truncated": pickle.dumps({"v_template": np.arange(100.0)})[:-200],
}


@pytest.mark.parametrize("content", LOOSE_STATES.values(), ids=LOOSE_STATES.keys())
def test_broken_and_forged_files_get_one_sentence(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(HeadFileError, match=r"head\.pkl: ") as caught:
        load_arrays(_file(tmp_path, content))
    assert "\n" not in str(caught.value)
    assert set(load_arrays(_file(tmp_path, {"weights": DENSE}))) == {"weights"}


def test_arrays_of_anything_but_numbers_are_refused(tmp_path: Path) -> None:
    forged = pickle.dumps({"weights": np.zeros(1)}, protocol=2).replace(b"f8", b"O8")
    with pytest.raises(HeadFileError, match="'weights' cannot be read: it holds values of type 'O8'"):
        load_arrays(_file(tmp_path, forged))


def test_a_sparse_matrix_with_a_giant_shape_is_refused(tmp_path: Path) -> None:
    matrix = sparse.csc_matrix(DENSE)
    matrix._shape = (2**20, 2**20)
    with pytest.raises(HeadFileError, match="a sparse matrix of 1048576 x 1048576"):
        load_arrays(_file(tmp_path, {"J_regressor": matrix}))


def test_lists_that_name_each_other_end_in_a_sentence(tmp_path: Path) -> None:
    array = np.zeros(2000, dtype=object)
    for _ in range(6):
        outer = np.empty(2000, dtype=object)
        outer[:] = [array] * 2000
        array = outer
    with pytest.raises(HeadFileError, match="lists of lists"):
        load_arrays(_file(tmp_path, {"x": array}))


@pytest.mark.parametrize("name", ["missing.pkl", "."])
def test_unreadable_paths_get_a_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(HeadFileError, match="cannot be read"):
        load_arrays(tmp_path / name)
