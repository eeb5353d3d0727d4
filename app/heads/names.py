"""Which names a head may be added under."""

from __future__ import annotations

import re
import unicodedata

from flame_model.errors import InputError
from flame_model.head_io import BUILTIN

ICT = "ict"
LONGEST_NAME = 64

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
"""What Windows opens instead of a folder of that name."""


def possible_name(words: str) -> str:
    """Return a name that a head may have and that is as close to `words` as may be."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    name = re.sub(r"[^A-Za-z0-9_-]+", "-", plain).strip("-")[:LONGEST_NAME].lower()
    try:
        return check_name(name, of_ict=False)
    except InputError:
        return "me"


def check_name(name: str, *, of_ict: bool) -> str:
    """Return `name` when a head may have it; raises InputError.

    It becomes a folder on every system, so it is made of letters, digits, -, _ and . only.
    """
    plain = name.casefold()
    if (
        not _NAME.fullmatch(name)
        or name.endswith(".")
        or len(name) > LONGEST_NAME
        or _DEVICE.fullmatch(plain)
    ):
        raise InputError(
            f"{name!r} cannot be a head's name: up to {LONGEST_NAME} letters, digits, '-', '_' and '.' can, "
            "starting with a letter or digit; choose another with --name NAME."
        )
    if plain == BUILTIN or (plain == ICT and not of_ict):
        raise InputError(f"The name {name!r} is taken by another head; choose another with --name NAME.")
    return name
