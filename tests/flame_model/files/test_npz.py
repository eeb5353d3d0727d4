"""Only wanted arrays are read, all headers before any data, within one budget."""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from flame_model.errors import UnreadableError
from flame_model.files.npz import array_names, read_npy, read_npz
from flame_model.files.reading import Budget


def npy(header: str, data: bytes = b"") -> bytes:
    encoded = header.encode()
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(encoded)) + encoded + data


def archive(folder: Path, method: int = zipfile.ZIP_DEFLATED, **members: bytes) -> Path:
    path = folder / "arrays.npz"
    with zipfile.ZipFile(path, "w", method) as file:
        for name, content in members.items():
            file.writestr(f"{name}.npy", content)
    return path


def saved(array: Any) -> bytes:
    memory = io.BytesIO()
    np.save(memory, array)
    return memory.getvalue()


@pytest.mark.parametrize(
    "array",
    [
        np.arange(6.0).reshape(2, 3),
        np.asfortranarray(np.arange(6, dtype=np.int16).reshape(2, 3)),
        np.array(2.5),
        np.zeros((2, 0, 3)),
        np.arange(4, dtype=">i4"),
        np.array(["ü", "abc"]),
        np.array(""),
        np.array([b"x"]),
        np.array([1 + 2j]),
        np.array([True]),
    ],
)
def test_arrays_come_back_as_numpy_wrote_them(tmp_path: Path, array: np.ndarray) -> None:
    path = archive(tmp_path, a=saved(array))
    (tmp_path / "a.npy").write_bytes(saved(array))
    for read in (read_npz(path, ("a",))["a"], read_npy(tmp_path / "a.npy")):
        np.testing.assert_array_equal(read, array)
        assert (read.dtype, read.shape) == (array.dtype, array.shape)


@pytest.mark.parametrize(
    "header",
    [
        "{'shape': (2,), 'fortran_order': False, 'descr': '<f4'}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (2L,), }     \n",
        '{"descr": "<f4", "fortran_order": True, "shape": (2, )}',
    ],
)
def test_headers_of_other_programs_are_read(tmp_path: Path, header: str) -> None:
    (tmp_path / "a.npy").write_bytes(npy(header, struct.pack("<2f", 1.0, 2.0)))
    assert read_npy(tmp_path / "a.npy").tolist() == [1.0, 2.0]


@pytest.mark.parametrize(
    "header",
    [
        "{'descr': '|O', 'fortran_order': False, 'shape': (2,)}",
        "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 1000000000000000)}",
        "{'descr': '<f4', 'fortran_order': False",
        "{'descr': '<f4', 'shape': (2,)}",
        "__import__('os')",
        "'''",
        "",
    ],
)
def test_headers_of_anything_else_are_refused(tmp_path: Path, header: str) -> None:
    content = npy(header, bytes(8))
    (tmp_path / "a.npy").write_bytes(content)
    with pytest.raises(UnreadableError):
        read_npy(tmp_path / "a.npy")
    with pytest.raises(UnreadableError, match=r"array 'a'"):
        read_npz(archive(tmp_path, a=content), ("a",))


def test_what_nobody_wants_may_be_anything(tmp_path: Path) -> None:
    objects = saved(np.array([{}], dtype=object))
    path = archive(
        tmp_path, a=saved(1.0), objects=objects, broken=b"?", huge=npy("{'descr': '<f8', 'shape': (9")
    )
    assert set(read_npz(path, ("a", "absent"))) == {"a"}
    assert set(read_npz(path, ("a",), optional=("objects", "broken"))) == {"a"}
    assert array_names(path) == ["a", "objects", "broken", "huge"]
    with pytest.raises(UnreadableError, match="'objects': it holds pickled objects"):
        read_npz(path, ("a", "objects"))


def test_all_arrays_count_together_before_any_is_read(tmp_path: Path) -> None:
    zeros = saved(np.zeros(2**18, np.float32))
    path = archive(tmp_path, **{f"a{index}": zeros for index in range(64)})
    assert path.stat().st_size < 100_000
    names = array_names(path)
    tracemalloc.start()
    with pytest.raises(UnreadableError, match=r"asks for 33\.0 MB of memory; the limit is 32\.0 MB"):
        read_npz(path, names, Budget(path, 2**25))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**21
    assert len(read_npz(path, names[:32], Budget(path, 2**25))) == 32


def test_what_is_converted_when_it_is_used_counts_twice(tmp_path: Path) -> None:
    path = archive(tmp_path, doubles=saved(np.zeros(2**16)), texts=saved(np.zeros(2**16, "U1")))
    for name, cost in (("doubles", 16), ("texts", 68)):
        read_npz(path, (name,), Budget(path, cost * 2**16))
        with pytest.raises(UnreadableError, match="the limit is"):
            read_npz(path, (name,), Budget(path, cost * 2**16 - 1))


@pytest.mark.parametrize("declared", [0, 40, 2**31 - 1])
def test_a_lie_about_a_members_size_is_noticed(tmp_path: Path, declared: int) -> None:
    path = archive(tmp_path, a=saved(np.zeros(100)))
    content = bytearray(path.read_bytes())
    place = content.find(b"PK\x01\x02")
    content[place + 24 : place + 28] = struct.pack("<I", declared)
    path.write_bytes(content)
    with pytest.raises(UnreadableError):
        read_npz(path, ("a",))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_that_cannot_be_unpacked_in_steps_are_refused(tmp_path: Path, method: int) -> None:
    with pytest.raises(UnreadableError, match=r"a\.npy is packed by another method than deflate"):
        read_npz(archive(tmp_path, method, a=saved(np.zeros(100))), ("a",))


def test_a_list_of_members_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "many.npz"
    with zipfile.ZipFile(path, "w") as file:
        for index in range(15_000):
            file.writestr(f"{index:0300}", b"")
    with pytest.raises(UnreadableError, match="list of members is too long"):
        read_npz(path, ("a",))


def test_a_flipped_bit_is_noticed(tmp_path: Path) -> None:
    path = archive(tmp_path, zipfile.ZIP_STORED, a=saved(np.zeros(100)))
    content = bytearray(path.read_bytes())
    content[300] ^= 1
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match="CRC"):
        read_npz(path, ("a",))


def test_texts_hold_characters_only(tmp_path: Path) -> None:
    for code in (0x110000, 0xD800):
        bad = np.array(["a"]).view(np.uint32) * 0 + code
        with pytest.raises(UnreadableError, match="no characters"):
            read_npz(archive(tmp_path, a=saved(bad.view("U1"))), ("a",))


def test_archives_and_single_arrays_are_not_mistaken_for_each_other(tmp_path: Path) -> None:
    path = archive(tmp_path, a=saved(1.0))
    (tmp_path / "a.npy").write_bytes(saved(1.0))
    with pytest.raises(UnreadableError, match="an archive, not a single array"):
        read_npy(path)
    with pytest.raises(UnreadableError, match="a single array, not an archive"):
        read_npz(tmp_path / "a.npy", ("a",))
