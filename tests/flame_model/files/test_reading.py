"""Text files are decoded correctly and within a limit, or refused with a short reason."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from flame_model.errors import InputError, MissingFileError, SourceError, UnreadableError
from flame_model.files.reading import Budget, expecting, read_bytes, read_json, read_text, read_toml, reading


def file(folder: Path, content: bytes) -> Path:
    path = folder / "file"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_byte_order_mark_is_no_part_of_a_text(tmp_path: Path, mark: bytes) -> None:
    assert read_text(file(tmp_path, mark + "ü\r\n".encode())) == "ü\n"
    assert read_json(file(tmp_path, mark + b'{"a": [1]}')) == {"a": [1]}
    assert read_toml(file(tmp_path, mark + b"a = 1")) == {"a": 1}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"[NaN]", "NaN is not a number"),
        (b"[-Infinity]", "-Infinity is not a number"),
        (b'{"a": 1, "a": 2}', "the key 'a' appears twice"),
        (b"[" * 100_000, "recursion"),
        (b"9" * 5000, "4300 digits"),
        (b"\xff", "codec can't decode"),
        (b"", "Expecting value"),
    ],
)
def test_json_that_says_nothing_is_refused_with_the_reason(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    with pytest.raises(UnreadableError, match=reason) as caught:
        read_json(file(tmp_path, content))
    assert str(tmp_path / "file") in str(caught.value)


@pytest.mark.parametrize("value", [b"9" * 5000, b"[" * 50_000, b"{a=" * 5000, b'"', b"\xff"])
def test_toml_that_python_trips_over_is_refused(tmp_path: Path, value: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_toml(file(tmp_path, b"a = " + value))


def test_a_limit_holds_before_all_is_read(tmp_path: Path) -> None:
    assert len(read_bytes(file(tmp_path, b"x" * 99), 99)) == 99
    with pytest.raises(UnreadableError, match="it has 100 bytes; the limit is 99 bytes"):
        read_bytes(file(tmp_path, b"x" * 100), 99)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(MissingFileError, match="no such file"):
        read_text(tmp_path / "none")
    with pytest.raises(UnreadableError, match="it is a folder"):
        read_text(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pipes that have names of files")
def test_a_pipe_is_refused_instead_of_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableError, match="not an ordinary file"):
        read_json(tmp_path / "pipe")


def test_a_budget_adds_up_and_says_what_was_asked_for() -> None:
    budget = Budget(Path("x.npz"), 2**30)
    budget.take(2**30)
    with pytest.raises(UnreadableError, match=r"x\.npz .*asks for 1\.5 GB of memory; the limit is 1\.0 GB"):
        budget.take(2**29)


def test_expecting_names_the_kind_of_file_and_what_mends_it(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as missing, expecting("take", "Record it again.", error=SourceError):
        read_text(tmp_path / "a.npz")
    assert str(missing.value) == f"There is no take {tmp_path / 'a.npz'}. Record it again."
    with pytest.raises(InputError) as folder, expecting("take"):
        read_text(tmp_path)
    assert str(folder.value) == f"{tmp_path} is not a readable take (it is a folder)."
    assert not isinstance(folder.value, UnreadableError)


@pytest.mark.parametrize("error", [SyntaxError("a\nb"), MemoryError(), RecursionError("deep"), EOFError()])
def test_whatever_a_reader_trips_over_is_one_line(error: Exception) -> None:
    with pytest.raises(UnreadableError) as caught, reading(Path("x")):
        raise error
    assert caught.value.reason
    assert "\n" not in str(caught.value)


def test_long_and_deep_values_are_short_in_a_message() -> None:
    from flame_model.files.checks import shown

    deep = json.loads("[" * 500 + "]" * 500)
    for value in ("x" * 10_000, list(range(10_000)), deep, 16**5000, {"a": "\x1b[31m"}):
        assert len(shown(value)) < 200
        assert shown(value).isprintable()
