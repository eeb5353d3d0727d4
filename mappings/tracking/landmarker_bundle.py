"""Find, check or download the FaceLandmarker bundle that the tracker runs on."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from pathlib import Path

import platformdirs

from flame_model.errors import DownloadError, OutputError, TrackerBundleError, UnreadableError
from flame_model.files.paths import at_home, is_file
from flame_model.files.writing.whole_file import write_whole
from flame_model.files.zip_files import open_zip, read_member
from mappings.downloads.address import parts, shown, without_login

BUNDLE_NAME = "face_landmarker.task"
BUNDLE_ADDRESS = (
    "https://storage.googleapis.com/mediapipe-models/face_landmarker/face_landmarker/float16/1/" + BUNDLE_NAME
)
BUNDLE_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
"""SHA-256 of the bundle of version float16/1, which is under the Apache-2.0 licence."""
BUNDLE_BYTES = 3_758_596
BUNDLE_VARIABLE = "FLAME_CAM_LANDMARKER"
"""Environment variable that names a bundle."""
MIRROR_VARIABLE = "FLAME_CAM_LANDMARKER_URL"
"""Environment variable with another http(s) address to download the same bundle from."""

_LARGEST = 2**26
"""Largest bundle in bytes that is accepted; the known one has a seventeenth of it."""


def locate_bundle(explicit: str | Path | None = None, download: bool = True, progress: bool = True) -> Path:
    """Return the bundle to use: `explicit`, $FLAME_CAM_LANDMARKER, the cached one, else a fresh download.

    A file that was named may be any whole task file, so that another version can be tried. A file in the
    cache or from the network has to have the known SHA-256. Without `download` nothing is fetched. `progress`
    draws a bar on stderr. Raises TrackerBundleError.
    """
    if explicit is not None:
        return _checked(Path(explicit), "--landmarker")
    if named := os.environ.get(BUNDLE_VARIABLE):
        return _checked(at_home(named), BUNDLE_VARIABLE)
    cached = cached_bundle()
    if is_official(cached):
        return cached
    if not download:
        state = "is damaged" if cached.exists() else "is not there yet"
        raise TrackerBundleError(f"{cached} {state}; {_by_hand(cached)}.")
    return _download(cached, progress)


def cached_bundle() -> Path:
    """Return the path of the downloaded bundle, whether it exists or not."""
    return platformdirs.user_cache_path("flame-cam", appauthor=False) / "models" / BUNDLE_NAME


def is_official(path: Path) -> bool:
    """Return whether `path` is a file with the known SHA-256."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == BUNDLE_SHA256
    except OSError:
        return False


def _checked(path: Path, origin: str) -> Path:
    """Return `path` if it is a whole task file, which is a zip archive of models; raises TrackerBundleError.

    The checksum of each model is compared, since a damaged model can end the process from within MediaPipe.
    """
    if not is_file(path):
        raise TrackerBundleError(
            f"{origin} names {path}, which is not a file; get one from {BUNDLE_ADDRESS}."
        )
    try:
        if path.stat().st_size > _LARGEST:
            raise UnreadableError(path, f"{_LARGEST} bytes is the limit")
        with open_zip(path) as archive:
            for entry in archive.infolist():
                read_member(archive, entry, _LARGEST)
    except UnreadableError as error:
        size = path.stat().st_size
        raise TrackerBundleError(
            f"{origin} names {path} ({size} bytes), which is not a whole task file ({error.reason}); "
            f"get one from {BUNDLE_ADDRESS}."
        ) from error
    return path


def _download(target: Path, progress: bool) -> Path:
    """Download the bundle to `target`, whole and with the right SHA-256 or not at all."""
    # Importing requests takes a tenth of a second, which a start with a downloaded bundle does not need.
    from mappings.downloads.download import Wanted, download

    address = os.environ.get(MIRROR_VARIABLE) or BUNDLE_ADDRESS
    split = parts(address)
    if split is None or split.scheme not in ("https", "http") or not split.hostname:
        raise TrackerBundleError(
            f"{MIRROR_VARIABLE} is {without_login(address)!r}, which is not an http or https address; "
            "unset it."
        )
    _make_folder(target)
    # The bundle is received in memory, so that an interrupted download leaves no file behind.
    received = io.BytesIO()
    try:
        download(Wanted(address, target.name, BUNDLE_BYTES, exactly=True), received, progress)
    except DownloadError as error:
        raise TrackerBundleError(f"{str(error).rstrip('.')}; {_by_hand(target)}.") from error
    if hashlib.sha256(received.getvalue()).hexdigest() != BUNDLE_SHA256:
        raise TrackerBundleError(
            f"What {shown(address)} sent is not the bundle (its SHA-256 differs); {_by_hand(target)}."
        )
    try:
        write_whole(target, lambda file: file.write(received.getvalue()))
    except OutputError as error:
        raise TrackerBundleError(f"{str(error).rstrip('.')}; {_by_hand(target)}.") from error
    return target


def _make_folder(target: Path) -> None:
    """Create the cache folder and check that it is writable before anything is downloaded."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=target.parent):
            pass
    except OSError as error:
        raise TrackerBundleError(f"Cannot write {target} ({error.strerror}); {_by_hand(target)}.") from error


def _by_hand(target: Path) -> str:
    """Return the clause that says how to get the bundle without the program."""
    return f"download {BUNDLE_ADDRESS} and put it at {target}, or name a copy with --landmarker FILE"
