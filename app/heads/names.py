"""Check the names under which heads are added."""

from __future__ import annotations

import re

from app.system.file_names import LONGEST, is_usable, plain_name
from flame_model.errors import InputError
from flame_model.files.checks import shown
from flame_model.find_heads import BUILTIN

ICT = "ict"
"""Reserved for ICT-FaceKit, which `flame-cam heads add ict` downloads."""


def possible_name(words: str) -> str:
    """Return a valid head name made of `words`, or "me" where nothing valid is left of them."""
    name = re.sub(r"[^\w-]+", "-", plain_name(words)).strip("-")[:LONGEST].lower()
    try:
        return check_name(name, of_ict=False)
    except InputError:
        return "me"


def check_name(name: str, *, of_ict: bool) -> str:
    """Return `name` in the form its folder has; raises InputError for names that some system cannot store.

    `of_ict` allows the name that is reserved for ICT-FaceKit.
    """
    plain = plain_name(name)
    if not is_usable(plain, also="-_."):
        raise InputError(
            f"{shown(name)} cannot be a head's name; choose another with --name NAME: up to {LONGEST} "
            "letters of any script, digits, '-', '_' and '.', starting with a letter or digit."
        )
    if plain.casefold() == BUILTIN or (plain.casefold() == ICT and not of_ict):
        raise InputError(f"The name {plain!r} is taken by another head; choose another with --name NAME.")
    return plain
