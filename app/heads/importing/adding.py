"""Add a head by name: obtain its file, read it, prepare it and keep it."""

from __future__ import annotations

import mimetypes
import os
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from app.heads.importing.flame_editions import Download
from app.heads.importing.flame_login import Login, download_edition
from app.heads.importing.preparation_steps import HEAD_READINGS, Preparation, prepare_head
from app.heads.importing.read_head import read_any_head
from app.heads.names import ICT, check_name, possible_name
from app.heads.origin import Origin, write_origin
from app.heads.store import announce_replacement, check_replacement, new_head_folder
from flame_model.errors import DownloadError, FlameCamError, InputError, OutputError
from flame_model.files.paths import is_file
from flame_model.files.writing.write_errors import reason_of
from flame_model.head import Head
from flame_model.ict import ICT_ADDRESS, is_ict
from flame_model.notices import Say
from mappings.downloads.address import shown, without_login
from mappings.downloads.download import Wanted
from mappings.downloads.download import download as fetch

Obtain = Callable[[Path], Path]
"""Takes an empty folder to download into and returns the path of the head's file, there or elsewhere."""

ICT_VARIABLE = "FLAME_CAM_ICT_URL"
"""Environment variable for another address of ICT-FaceKit's archive: a mirror, or a test's."""
MOST_ICT_BYTES = 2**28
"""Limit of the download; the archive has a fifth of it."""


@dataclass(frozen=True, slots=True)
class AddHeadSettings:
    """The settings of `flame-cam heads add`, except for where the head comes from."""

    name: str | None = None
    """None for the name of the source."""
    landmarker: Path | None = None
    """The tracker's bundle; None for the usual places."""
    readings: int = HEAD_READINGS
    """Readings in each round of measuring the head's response; 0 leaves the response out."""
    replace: bool = True
    """Whether an older head of that name is replaced without asking."""


def add_file(path: Path, settings: AddHeadSettings, say: Say) -> Head:
    """Add the head in a file or archive; raises FlameCamError, and no head is added or changed then."""
    if not is_file(path):
        raise InputError(
            f"There is no file {path}; give a FLAME .pkl or .npz, the .zip it came in, ict or flame."
        )
    if (mimetypes.guess_type(path)[0] or "").startswith(("image/", "video/")):
        raise InputError(
            f"{path} is a photo or video, not a head; fit a head to the face in it "
            f"(flame-cam heads fit {shlex.quote(str(path))} --name {possible_name(path.stem)})."
        )
    of_ict = is_ict(path)
    name = settings.name or (ICT if of_ict else path.stem)
    return _add(check_name(name, of_ict=of_ict), lambda _: path, str(path), settings, say)


def add_ict(settings: AddHeadSettings, say: Say) -> Head:
    """Download ICT-FaceKit from its official address and add it; raises as `add_file`."""
    address = os.environ.get(ICT_VARIABLE) or ICT_ADDRESS

    def download(folder: Path) -> Path:
        archive = folder / f"{ICT}.zip"
        with archive.open("wb") as file:
            fetch(Wanted(address, archive.name, MOST_ICT_BYTES), file)
        if not is_ict(archive):
            raise DownloadError(
                f"{shown(address)} sent {archive.stat().st_size} bytes that are no ICT-FaceKit archive; "
                "try again later."
            )
        return archive

    return _add(
        check_name(settings.name or ICT, of_ict=True), download, without_login(address), settings, say
    )


def add_edition(download: Download, login: Login, settings: AddHeadSettings, say: Say) -> Head:
    """Download an edition of FLAME with the user's own login and add it; raises as `add_file`."""
    return _add(
        check_name(settings.name or Path(download.archive).stem, of_ict=False),
        lambda folder: download_edition(download, login, folder),
        download.archive,
        settings,
        say,
    )


def _add(name: str, obtain: Obtain, where: str, settings: AddHeadSettings, say: Say) -> Head:
    """Obtain, read and prepare the head in a hidden folder, which becomes `name` where all of it succeeds."""
    check_replacement(name, where, replace=settings.replace)
    try:
        with new_head_folder(name) as folder:
            with TemporaryDirectory(prefix=".source-", dir=folder) as scratch:
                path = obtain(Path(scratch))
                imported = read_any_head(path, Path(scratch), say)
                origin = Origin.of(path, where, imported.companions.used)
            announce_replacement(name, say)
            prepared = prepare_head(
                name, Preparation(imported, folder, settings.landmarker, say, settings.readings)
            )
            write_origin(origin, folder)
        return prepared
    except OSError as error:
        raise OutputError(
            f"The head {name!r} cannot be written ({reason_of(error)}); make sure that its disk has room."
        ) from error
    except KeyboardInterrupt:
        raise FlameCamError("Interrupted; no head was added and none was changed.") from None
