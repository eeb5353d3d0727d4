"""Parse and compare the names of FLAME's editions, such as "2020", "FLAME 2020" and "FLAME2020"."""

from __future__ import annotations

import re
from typing import NamedTuple

_YEAR = re.compile(r"(?<!\d)(2017|2019|2020|2023)(?!\d)")
_OPEN = re.compile(r"(?<![a-z])open(?![a-z])")
_NO_JAW = re.compile(r"no[ _-]?jaw")


class Edition(NamedTuple):
    """The properties of an edition that decide its components.

    The male, female and generic models of an edition share the expression components.
    """

    years: frozenset[str]
    """More than one where a file name fits several editions, none where the year is unknown."""
    is_open: bool = False
    without_jaw: bool = False

    def __str__(self) -> str:
        """Return the edition in words, such as "FLAME 2023 Open, no jaw"."""
        extra = " Open" * self.is_open + ", no jaw" * self.without_jaw
        return f"FLAME {' or '.join(sorted(self.years))}{extra}"


def edition_of(text: str) -> Edition | None:
    """Return the edition that a text names, None where it names none."""
    plain = text.casefold()
    years = frozenset(_YEAR.findall(plain))
    return Edition(years, bool(_OPEN.search(plain)), bool(_NO_JAW.search(plain))) if years else None


def differ(one: Edition | None, other: Edition | None) -> bool:
    """Return whether two editions have different components; False where one of them is unknown."""
    if one is None or other is None:
        return False
    return one.years.isdisjoint(other.years) or one[1:] != other[1:]
