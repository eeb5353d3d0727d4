"""Read whole files that other people made, each within a limit; every failure is an UnreadableError."""

from __future__ import annotations

import io
import json
import stat
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from flame_model.errors import FlameCamError, MissingFileError, UnreadableError
from flame_model.files.checks import one_line

BUDGET = 2**30
"""Bytes of memory that reading one file may take; the largest published head takes a fifth of it."""
TEXT_LIMIT = 2**20
"""Bytes of a text file: the longest of ours, a profile, has 20,000."""


class Budget:
    """Count the memory that reading one file takes; raises UnreadableError where it is used up."""

    def __init__(self, path: Path, limit: int = BUDGET) -> None:
        self._path, self._limit, self._taken = path, limit, 0

    def take(self, count: int) -> None:
        """Reserve `count` bytes before they are needed."""
        self._taken += count
        if self._taken > self._limit:
            raise UnreadableError(
                self._path,
                f"it asks for {_amount(self._taken)} of memory, {_amount(self._limit)} is the limit",
            )


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn whatever goes wrong while `path` is read into an UnreadableError; errors of ours pass.

    A damaged file raises what the standard library or NumPy happen to trip over: mutated at random, files
    gave 17 kinds, SyntaxError, RecursionError and MemoryError among them. So nothing but reading belongs in
    the block.
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
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open an ordinary file for reading; a pipe or device could last for ever and is refused."""
    with reading(path):
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableError(path, "it is a folder" if path.is_dir() else "it is no ordinary file")
        with path.open("rb") as stream:
            yield stream


def read_bytes(path: Path, limit: int) -> bytes:
    """Return all of a file of up to `limit` bytes."""
    with opened(path) as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        size = max(path.stat().st_size, len(content))
        raise UnreadableError(path, f"it has {_amount(size)}, {_amount(limit)} is the limit")
    return content


def read_text(path: Path, limit: int = TEXT_LIMIT) -> str:
    """Return a text in UTF-8, without the byte order mark that Windows editors put in front."""
    content = read_bytes(path, limit)
    with reading(path):
        return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8-sig").read()


def read_json(path: Path, limit: int = TEXT_LIMIT) -> Any:
    """Return what a JSON file holds; NaN, Infinity and keys that stand twice are refused."""
    text = read_text(path, limit)
    with reading(path):
        return parsed_json(text)


def parsed_json(text: str | bytes) -> Any:
    """Return what a JSON text holds, as `read_json` does; raises ValueError or RecursionError."""
    return json.loads(text, parse_constant=_no_number, object_pairs_hook=_table)


def read_toml(path: Path, limit: int = TEXT_LIMIT) -> dict[str, Any]:
    """Return the table of a TOML file."""
    text = read_text(path, limit)
    with reading(path):
        return tomllib.loads(text)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _table(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise ValueError(f"the key {one_line(twice, 40)!r} stands twice")
    return table


def _amount(count: int) -> str:
    """Return a number of bytes in the unit that suits it."""
    for unit, size in (("GB", 2**30), ("MB", 2**20)):
        if count >= size:
            return f"{count / size:,.1f} {unit}"
    return f"{count} bytes"
