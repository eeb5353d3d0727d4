"""Read whole files within a size limit; every failure is an UnreadableError."""

from __future__ import annotations

import io
import json
import stat
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from flame_model.errors import FlameCamError, InputError, MissingFileError, UnreadableError
from flame_model.files.checks import one_line

BUDGET = 2**30
"""Bytes of memory that reading one file may take; the largest published head takes a fifth of it."""
TEXT_LIMIT = 2**20
"""Bytes of a text file; the longest that this program writes, a profile, has 20,000."""


class Budget:
    """A count of the memory that reading one file takes."""

    def __init__(self, path: Path, limit: int = BUDGET) -> None:
        self._path, self._limit, self._taken = path, limit, 0

    def take(self, count: int) -> None:
        """Reserve `count` bytes before they are allocated; raises UnreadableError beyond the limit."""
        self._taken += count
        if self._taken > self._limit:
            raise UnreadableError(
                self._path,
                f"it asks for {_amount(self._taken)} of memory; the limit is {_amount(self._limit)}",
            )


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn every exception in the block into an UnreadableError about `path`; FlameCamErrors pass unchanged.

    A damaged file can raise almost anything in the standard library and NumPy: randomly mutated files raised
    17 kinds of exception, among them SyntaxError, RecursionError and MemoryError. The block should therefore
    contain nothing but the reading.
    """
    try:
        yield
    except FlameCamError:
        raise
    except FileNotFoundError as error:
        raise MissingFileError(path, "there is no such file") from error
    except OSError as error:
        raise UnreadableError(path, error.strerror or one_line(error) or "it is damaged") from error
    except Exception as error:
        raise UnreadableError(path, one_line(error).rstrip(".") or type(error).__name__) from error


@contextmanager
def expecting(what: str, remedy: str = "", *, error: type[InputError] = InputError) -> Iterator[None]:
    """Turn an UnreadableError in the block into an `error` that names the kind of file and what mends it.

    `what` is a noun such as "take"; `remedy` is a full sentence such as "Record it again.". They make
    "There is no take a.npz. Record it again." and "a.npz is not a readable take (REASON). Record it again.".
    """
    try:
        yield
    except MissingFileError as missing:
        raise error(f"There is no {what} {missing.path}. {remedy}".strip()) from missing
    except UnreadableError as unreadable:
        sentence = f"{unreadable.path} is not a readable {what} ({unreadable.reason}). {remedy}"
        raise error(sentence.strip()) from unreadable


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open an ordinary file for reading; a pipe or device, which may never end, is refused."""
    with reading(path):
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableError(path, "it is a folder" if path.is_dir() else "it is not an ordinary file")
        with path.open("rb") as stream:
            yield stream


def read_bytes(path: Path, limit: int) -> bytes:
    """Return the content of a file of up to `limit` bytes."""
    with opened(path) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        size = max(path.stat().st_size, len(content))
        raise UnreadableError(path, f"it has {_amount(size)}; the limit is {_amount(limit)}")
    return content


def read_text(path: Path, limit: int = TEXT_LIMIT) -> str:
    """Return a UTF-8 text, without the byte order mark that Windows editors prepend."""
    content = read_bytes(path, limit)
    with reading(path):
        return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig").read()


def read_json(path: Path, limit: int = TEXT_LIMIT) -> Any:
    """Return the value in a JSON file; NaN, Infinity and repeated keys are refused."""
    text = read_text(path, limit)
    with reading(path):
        return parsed_json(text)


def parsed_json(text: str | bytes) -> Any:
    """Return the value of a JSON text as `read_json` does; raises ValueError or RecursionError."""
    return json.loads(text, parse_constant=_refuse_constant, object_pairs_hook=_table)


def read_toml(path: Path, limit: int = TEXT_LIMIT) -> dict[str, Any]:
    """Return the table in a TOML file."""
    text = read_text(path, limit)
    with reading(path):
        return tomllib.loads(text)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a number")


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return the dictionary of JSON pairs; raises ValueError for a repeated key."""
    table: dict[str, Any] = {}
    for key, value in pairs:
        if key in table:
            raise ValueError(f"the key {one_line(key, 40)!r} appears twice")
        table[key] = value
    return table


def _amount(count: int) -> str:
    """Return a number of bytes in a readable unit."""
    for unit, size in (("GB", 2**30), ("MB", 2**20)):
        if count >= size:
            return f"{count / size:,.1f} {unit}"
    return f"{count} bytes"
