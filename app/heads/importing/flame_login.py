"""Download an edition from FLAME's site with the user's own login, which is neither kept nor shown."""

from __future__ import annotations

import os
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from app.heads.importing.flame_editions import Download
from flame_model.errors import DownloadError, InputError
from mappings.downloads.download import FetchError, Wanted
from mappings.downloads.download import download as fetch

SITE = "https://flame.is.tue.mpg.de"
USER_VARIABLE = "FLAME_CAM_FLAME_USER"
PASSWORD_VARIABLE = "FLAME_CAM_FLAME_PASSWORD"
"""Environment variables for the login."""
ADDRESS_VARIABLE = "FLAME_CAM_FLAME_URL"
"""Environment variable for another address of the download form: a mirror, or a test's."""

_FORM_ADDRESS = "https://download.is.tue.mpg.de/download.php"
MOST_BYTES = 2**30
"""Limit of a download; FLAME's largest archive has a fifth of it."""
_WRONG_LOGIN = (401, 403)
"""HTTP statuses of a refused login."""


@dataclass(frozen=True, slots=True)
class Login:
    """A user's login for one download; its representation hides both parts."""

    user: str = field(repr=False)
    password: str = field(repr=False)


def login_from_environment() -> Login | None:
    """Return the login from the two environment variables, None where one is missing."""
    user, password = os.environ.get(USER_VARIABLE), os.environ.get(PASSWORD_VARIABLE)
    return Login(user, password) if user and password else None


def download_edition(download: Download, login: Login, folder: Path) -> Path:
    """Download the archive of an edition into `folder` and return its path.

    Raises InputError for a login that is refused, DownloadError where the site cannot be reached or sends
    something else.
    """
    form = os.environ.get(ADDRESS_VARIABLE) or _FORM_ADDRESS
    wanted = Wanted(
        f"{form}?domain=flame&sfile={download.archive}&resume=1",
        download.archive,
        MOST_BYTES,
        form={"username": login.user, "password": login.password},
    )
    target = folder / download.archive
    try:
        with target.open("wb") as file:
            kind = fetch(wanted, file)
    except FetchError as error:
        if error.status in _WRONG_LOGIN:
            raise _refused(download) from None
        raise
    if zipfile.is_zipfile(target):
        return target
    if "html" in kind:
        raise _refused(download)
    raise DownloadError(
        f"FLAME's site sent {target.stat().st_size} bytes that are no whole {download.archive}; try again."
    )


def _refused(download: Download) -> InputError:
    return InputError(
        f"FLAME's site did not accept this login for {download.edition}; check user and password, and "
        f"that the account at {SITE} has accepted this edition's licence."
    )
