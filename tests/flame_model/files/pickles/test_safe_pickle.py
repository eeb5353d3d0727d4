"""Arrays in a pickle are read; everything else in a pickle is refused and never runs."""

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
from flame_model.files.pickles.safe_pickle import load_arrays

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
    with pytest.raises(HeadFileError, match=rf"head\.pkl is refused: this pickle asks for .*{asked}"):
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
    with pytest.raises(HeadFileError, match=r"head\.pkl") as caught:
        load_arrays(_file(tmp_path, content))
    assert "\n" not in str(caught.value)
    assert set(load_arrays(_file(tmp_path, {"weights": DENSE}))) == {"weights"}


def test_arrays_of_anything_but_numbers_are_refused(tmp_path: Path) -> None:
    forged = pickle.dumps({"weights": np.zeros(1)}, protocol=2).replace(b"f8", b"O8")
    with pytest.raises(HeadFileError, match=r"'weights' cannot be read \(it holds values of type 'O8'\)"):
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
    with pytest.raises(HeadFileError, match=r"(not a readable|There is no) pickle of arrays"):
        load_arrays(tmp_path / name)


def _keyed(key: bytes) -> bytes:
    """Return a pickled dictionary whose key is built by the opcodes `key`."""
    return b"\x80\x02}" + key + b"K\x01s."


HOSTILE_KEYS = {
    "a tuple": b"K\x01\x85",
    "tuples nested deeper than the stack": b")" + b"\x85" * 400_000,
    "a tuple that doubles": b"K\x01\x85q\x00" + b"h\x00\x86q\x00" * 60,
    "a number": b"G" + bytes(8),
    "an integer whose hash can be chosen": b"\x8a\x10" + (2**61 - 1).to_bytes(16, "little"),
    "none": b"N",
    "a record": b"cnumpy\nndarray\n)R",
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("key", HOSTILE_KEYS.values(), ids=HOSTILE_KEYS.keys())
def test_only_texts_and_small_integers_are_keys(tmp_path: Path, key: bytes) -> None:
    with pytest.raises(HeadFileError, match="keys should be texts or integers"):
        load_arrays(_file(tmp_path, _keyed(key)))


def test_texts_bytes_and_integers_are_keys(tmp_path: Path) -> None:
    loaded = load_arrays(_file(tmp_path, pickle.dumps({b"a": DENSE, "b": DENSE, 3: DENSE}, protocol=4)))
    assert set(loaded) == {"a", "b"}


@pytest.mark.timeout(20)
def test_steps_and_copies_are_counted(tmp_path: Path) -> None:
    with pytest.raises(HeadFileError, match="more than 1000000 steps"):
        load_arrays(_file(tmp_path, b"\x80\x02" + b"N0" * 600_000 + b"N."))
    copying = b"\x80\x02](" + b"N" * 50_000 + b"eq\x00" + b"c__builtin__\nlist\nh\x00\x85R0" * 5000 + b"."
    with pytest.raises(HeadFileError, match=r"asks for 1\.0 GB of memory"):
        load_arrays(_file(tmp_path, copying))


def test_names_that_share_one_buffer_count_each(tmp_path: Path) -> None:
    shared = np.zeros(2_000_000)
    arrays = {f"region {index}": shared for index in range(40)}
    with pytest.raises(HeadFileError, match=r"of memory; the limit is 1\.0 GB"):
        load_arrays(_file(tmp_path, arrays))
    assert set(load_arrays(tmp_path / "head.pkl", wanted=("region 7",))) == {"region 7"}


def test_lengths_of_columns_that_overflow_are_refused(tmp_path: Path) -> None:
    matrix = sparse.csc_matrix(np.ones((5, 4)))
    matrix.indptr = np.array([0, 2**62, 2**63 - 1, -(2**62), 5])
    matrix.indices, matrix.data = np.zeros(5, dtype=np.int64), np.ones(5)
    with pytest.raises(HeadFileError, match="a sparse matrix of 5 entries"):
        load_arrays(_file(tmp_path, {"J_regressor": matrix}))


def test_python_2s_strings_hold_any_byte_in_text_too(tmp_path: Path) -> None:
    raw = np.arange(256, dtype=np.uint8)
    state = (
        b"cnumpy.core.multiarray\n_reconstruct\n(cnumpy\nndarray\n(I0\ntS'b'\ntR(I1\n(I256\ntcnumpy\ndtype\n"
    )
    state += (
        b"(S'u1'\nI0\nI1\ntR(I3\nS'|'\nNNNI-1\nI-1\nI0\ntbI00\nS"
        + ascii(raw.tobytes())[1:].encode()
        + b"\ntb"
    )
    loaded = load_arrays(_file(tmp_path, b"(dS'x'\n" + state + b"s."))
    np.testing.assert_array_equal(loaded["x"], raw)
