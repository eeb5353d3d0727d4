"""Which names people may give to what is kept as a file or folder, in any script and on every system."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 64
"""Characters."""
_LONGEST_BYTES = 192
"""Of a file's name, which may have 255 with its ending and what a file that is being written is called."""
_DEVICE = re.compile(r"(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³])(\..*)?")
"""What Windows opens instead of a file or folder of that name."""


def plain_name(name: str) -> str:
    """Return a name with its accents as one character each, as most systems keep them; macOS may not."""
    return unicodedata.normalize("NFC", name)


def is_usable(name: str, also: str) -> bool:
    """Return whether every system can keep a file of this name, of letters, digits and the characters `also`.

    Marks that letters of many scripts are written with count as letters.
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
    """Return whether a character is a letter, a mark on one, or a digit."""
    return unicodedata.category(character)[0] in "LMN"
