"""Profiles by name: one file for each person in the user's config folder."""

from __future__ import annotations

import re
from pathlib import Path

import platformdirs

from flame_model.errors import InputError
from mappings.profile import Profile
from mappings.profile_file import load_profile

LONGEST_NAME = 64
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")


def profile_path(name: str) -> Path:
    """Return where the profile `name` is kept; raises InputError for a name no file can have everywhere."""
    if not _NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        raise InputError(
            f"{name!r} cannot be a profile's name: up to {LONGEST_NAME} letters, digits, '-' and '_' can."
        )
    folder = platformdirs.user_config_path("flame-cam", appauthor=False)
    return folder / "profiles" / f"{name}.toml"


def named_profile(name: str | None, *, missing: Profile | None = None) -> Profile | None:
    """Return the profile of a name, None for no name; raises InputError where it is broken.

    Where there is none yet return `missing`; without that it is an error.
    """
    if name is None:
        return None
    path = profile_path(name)
    if path.is_file():
        return load_profile(path)
    if missing is None:
        raise InputError(f"There is no profile {name!r}; make one with: flame-cam calibrate --profile {name}")
    return missing
