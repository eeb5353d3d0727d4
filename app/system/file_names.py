"""Names of heads and profiles: which can be the name of a file on every system, in any script."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 64
"""Characters in a name."""
_LONGEST_BYTES = 192
"""Bytes in a name. File names may have 255, with a suffix and the marks of a file that is being written."""
_DEVICE = re.compile(r"(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\..*)?")
"""Devices that Windows opens instead of a file or folder of that name."""


def plain_name(name: str) -> str:
    """Return a name with each accented letter as one character (NFC); macOS may store it otherwise."""
    return unicodedata.normalize("NFC", name)


def is_usable(name: str, also: str) -> bool:
    """Return whether a name of letters, digits and the characters `also` can name a file on every system.

    Combining marks, which many scripts need, count as letters.
    """
    return (
        0 < len(name) <= LONGEST
        and len(name.encode("utf-8", "surrogatepass")) <= _LONGEST_BYTES
        and (_is_letter(name[0]) or name[0] == "_")
        and all(_is_letter(character) or character in also for character in name)
        and not name.endswith(".")
        and not _DEVICE.fullmatch(name.casefold())
    )


def _is_letter(character: str) -> bool:
    """Return whether a character is a letter, a combining mark or a digit."""
    return unicodedata.category(character)[0] in "LMN"
