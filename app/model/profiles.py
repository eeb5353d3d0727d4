"""Load and save profiles by name; each person has one file in the user's config folder."""

from __future__ import annotations

from pathlib import Path

import platformdirs

from app.system.file_names import LONGEST, is_usable, plain_name
from flame_model.errors import InputError
from flame_model.files.checks import shown
from flame_model.files.paths import is_file
from flame_model.notices import Say
from mappings.person.profile import Profile
from mappings.person.profile_file import load_profile, save_profile


def profile_path(name: str) -> Path:
    """Return the file of the profile `name`. Raises InputError for a name that some file systems refuse."""
    plain = plain_name(name)
    if not is_usable(plain, also="-_"):
        raise InputError(
            f"{shown(name)} cannot be a profile's name; use up to {LONGEST} letters of any script, digits, "
            "'-' and '_'."
        )
    folder = platformdirs.user_config_path("flame-cam", appauthor=False)
    return folder / "profiles" / f"{plain}.toml"


def profile_names() -> list[str]:
    """Return the names of the profiles that there are."""
    return sorted(path.stem for path in profile_path("me").parent.glob("*.toml"))


def named_profile(name: str | None, say: Say | None = None) -> Profile | None:
    """Return the profile called `name`, None without a name or where there is no such profile yet.

    In the latter case `say` gets a notice. Raises InputError where the profile's file is broken.
    """
    if name is None:
        return None
    path = profile_path(name)
    if is_file(path):
        return load_profile(path)
    if say is not None:
        say(
            f"there is no profile {name} yet, so the run goes on without one; make it with: "
            f"flame-cam calibrate --profile {name}"
        )
    return None


def keep_profile(profile: Profile, name: str | None) -> str:
    """Save a profile under a name and return a notice with its file. Raises OutputError."""
    if name is None:
        return "calibrated for this run only; start with --profile NAME to save it"
    path = profile_path(name)
    save_profile(profile, path)
    return f"calibrated; the profile {name} is kept in {path}"
