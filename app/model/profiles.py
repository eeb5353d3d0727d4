"""Profiles by name: one file for each person in the user's config folder."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from app.system.names import LONGEST, is_usable, plain_name
from flame_model.errors import InputError
from flame_model.files.checks import shown
from flame_model.files.standing import is_file
from flame_model.notices import Say
from mappings.person.profile import Profile
from mappings.person.profile_file import load_profile, save_profile


def profile_path(name: str) -> Path:
    """Return where the profile `name` is kept; raises InputError for a name no file can have everywhere."""
    plain = plain_name(name)
    if not is_usable(plain, also="-_"):
        raise InputError(
            f"{shown(name)} cannot be a profile's name: up to {LONGEST} letters of any script, digits, '-' "
            "and '_' can."
        )
    folder = platformdirs.user_config_path("flame-cam", appauthor=False)
    return folder / "profiles" / f"{plain}.toml"


def named_profile(name: str | None, say: Say | None = None) -> Profile | None:
    """Return the profile of a name, None for no name or one that is not there yet, which `say` is told of.

    Raises InputError where it is broken.
    """
    if name is None:
        return None
    path = profile_path(name)
    if is_file(path):
        return load_profile(path)
    if say is not None:
        say(
            f"there is no profile {name} yet; going on without; make it with: "
            f"flame-cam calibrate --profile {name}"
        )
    return None


def keep_profile(profile: Profile, name: str | None) -> str:
    """Keep a profile under a name and return a sentence that says where; raises OutputError."""
    if name is None:
        return "calibrated for this run; start with --profile NAME to keep it"
    path = profile_path(name)
    save_profile(profile, path)
    return f"calibrated; profile {name} is kept in {path}"
