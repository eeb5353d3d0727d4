"""Which names a head may be added under."""

from __future__ import annotations

import re

from app.system.names import LONGEST, is_usable, plain_name
from flame_model.errors import InputError
from flame_model.files.checks import shown
from flame_model.heads import BUILTIN

ICT = "ict"


def possible_name(words: str) -> str:
    """Return a name that a head may have and that is as close to `words` as may be."""
    name = re.sub(r"[^\w-]+", "-", plain_name(words)).strip("-")[:LONGEST].lower()
    try:
        return check_name(name, of_ict=False)
    except InputError:
        return "me"


def check_name(name: str, *, of_ict: bool) -> str:
    """Return `name` as a head's folder is called; raises InputError where none may be on some system."""
    plain = plain_name(name)
    if not is_usable(plain, also="-_."):
        raise InputError(
            f"{shown(name)} cannot be a head's name: up to {LONGEST} letters of any script, digits, '-', '_' "
            "and '.' can, starting with a letter or digit; choose another with --name NAME."
        )
    if plain.casefold() == BUILTIN or (plain.casefold() == ICT and not of_ict):
        raise InputError(f"The name {plain!r} is taken by another head; choose another with --name NAME.")
    return plain
