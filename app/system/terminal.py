"""Write text to the terminal, with control characters made visible and long names shortened.

A name can come from a file, an archive, an address or a camera, and may hold characters that hide text or
command the terminal. So all output goes through this module.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import click

T = TypeVar("T")

LONGEST_WORD = 300
"""Characters in a word; names of files have at most 255."""
LONGEST_LINE = 1500
"""Characters in a line."""
_GAP = " ... "
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode categories that are made visible.

They are controls, formats (bidi overrides, zero width), surrogates, private and unassigned characters, and
separators of lines and paragraphs.
"""
_JOINERS = "\u200c\u200d"
"""Format characters that words of Persian and Indian languages and emoji need; they hide nothing."""


def printable(text: str) -> str:
    """Return `text` as one line that shows every character, with very long words shortened in the middle.

    Control characters, terminal escapes, bidi overrides and undecodable bytes become `\\x1b` and the like.
    Letters of every script stay.
    """
    visible = "".join(character if _is_harmless(character) else _escaped(character) for character in text)
    words = re.sub(r"\S+", lambda word: _shortened(word[0], LONGEST_WORD), visible)
    return _shortened(words, LONGEST_LINE)


def tell(*lines: str, err: bool = False) -> None:
    """Write lines to stdout, or to stderr with `err`."""
    for line in lines:
        click.echo(printable(line), err=err)


def say(text: str) -> None:
    """Write a notice to stderr, after the name of the program."""
    tell(f"flame-cam: {text}", err=True)


def with_progress_bar(
    items: Iterable[T], total: float | None = None, *, title: str = "", unit: str = " frames"
) -> Iterator[T]:
    """Yield `items` with a progress bar, which is shown where stderr is a terminal and removed at the end."""
    # Importing it would take a quarter of the time of --help.
    from tqdm import tqdm

    bar: Any = tqdm(items, printable(title), total, unit=unit, disable=None, leave=False)
    return iter(bar)


def _is_harmless(character: str) -> bool:
    return unicodedata.category(character) not in _HIDDEN or character in _JOINERS


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _shortened(text: str, limit: int) -> str:
    """Return `text` with its middle left out where it is longer than `limit`."""
    if len(text) <= limit:
        return text
    kept = limit - len(_GAP)
    return text[: kept - kept // 2] + _GAP + text[len(text) - kept // 2 :]
