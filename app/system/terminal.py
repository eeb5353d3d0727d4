"""Text on its way to a person: what may hide in names or run away with a terminal is made visible and short.

A name can come from a file, an archive, an address or a camera, so everything that is said goes through here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import click

T = TypeVar("T")

LONGEST_WORD = 300
"""A file's name has up to 255 characters; what is longer is no name a person would read."""
LONGEST_LINE = 1500
_GAP = " ... "
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Unicode's controls, formats (bidi overrides, zero width), surrogates, private and unassigned characters,
and its separators of lines."""
_JOINERS = "\u200c\u200d"
"""Formats that words of Persian, of Indian languages and emoji need; they hide nothing."""


def printable(text: str) -> str:
    """Return `text` as one line that shows every character, shortened in the middle where it is very long.

    Control characters, escapes of terminals, bidi overrides and undecodable bytes appear as `\\x1b`; letters
    of every script stay.
    """
    visible = "".join(character if _is_harmless(character) else _escaped(character) for character in text)
    words = re.sub(r"\S+", lambda word: _shortened(word[0], LONGEST_WORD), visible)
    return _shortened(words, LONGEST_LINE)


def tell(*lines: str, err: bool = False) -> None:
    """Write lines to stdout, or to stderr with `err`."""
    for line in lines:
        click.echo(printable(line), err=err)


def say(text: str) -> None:
    """Tell the person at the terminal what the program has to say, on stderr."""
    tell(f"flame-cam: {text}", err=True)


def watched(
    items: Iterable[T], total: float | None = None, *, title: str = "", unit: str = " frames"
) -> Iterator[T]:
    """Yield `items` under a bar on stderr that is shown where somebody watches and goes at the end."""
    # A quarter of the time that --help takes.
    from tqdm import tqdm

    bar: Any = tqdm(items, printable(title), total, unit=unit, disable=None, leave=False)
    return iter(bar)


def _is_harmless(character: str) -> bool:
    return unicodedata.category(character) not in _HIDDEN or character in _JOINERS


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _shortened(text: str, limit: int) -> str:
    """Return `text` with what is too much taken out of its middle: both ends of a name tell most."""
    if len(text) <= limit:
        return text
    kept = limit - len(_GAP)
    return text[: kept - kept // 2] + _GAP + text[len(text) - kept // 2 :]
