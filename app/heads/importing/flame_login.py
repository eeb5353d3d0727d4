"""Get an edition from FLAME's site with the user's own login, which is neither kept nor shown."""

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
ADDRESS_VARIABLE = "FLAME_CAM_FLAME_URL"
"""Another address of the download form: a mirror, or a test's."""

_FORM_ADDRESS = "https://download.is.tue.mpg.de/download.php"
MOST_BYTES = 2**30
"""FLAME's largest archive has a fifth of it."""
_WRONG_LOGIN = (401, 403)


@dataclass(frozen=True, slots=True)
class Login:
    """Hold a user's login for one download; printing it shows nothing."""

    user: str = field(repr=False)
    password: str = field(repr=False)


def login_from_environment() -> Login | None:
    """Return the login that two variables hold, None where one is missing."""
    user, password = os.environ.get(USER_VARIABLE), os.environ.get(PASSWORD_VARIABLE)
    return Login(user, password) if user and password else None


def download_edition(download: Download, login: Login, folder: Path) -> Path:
    """Return the archive of an edition, put into `folder`; raises InputError for a login that is refused.

    Raises DownloadError where the site cannot be reached or sends something else.
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
    raise DownloadError(f"The site sent {target.stat().st_size} bytes that are no whole {download.archive}.")


def _refused(download: Download) -> InputError:
    return InputError(
        f"The site did not accept this login for {download.edition}: check user and password, and that the "
        f"account at {SITE} has accepted this edition's licence."
    )
