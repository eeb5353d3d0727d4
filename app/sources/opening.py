"""Open the source that the user named: a camera, a file, an address or the demo."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path

from app.sources.contract import ACCEPTED, BLACK, Color, Source
from app.sources.playback import Playback
from flame_model.errors import SourceError

ADDRESS_SCHEMES = ("http://", "https://", "rtsp://", "rtsps://")
_LONGEST_INDEX = 10
"""Digits of a camera index; longer numbers are refused before they are converted."""
TAKE_SUFFIXES = (".npz", ".journal")
"""Of takes, and of takes whose recording was interrupted."""
_DEVICE = re.compile(r"/dev/video\d+")


def open_source(
    spec: str | Path,
    *,
    live: bool = False,
    loop: bool = False,
    clock: Callable[[], float] = time.perf_counter,
    sleep: Callable[[float], object] = time.sleep,
    backdrop: Color = BLACK,
) -> Source:
    """Open the camera, file, address or take that `spec` names. Raises SourceError.

        with open_source("clip.mp4") as source:
            for frame in source.frames():
                ...

    The first of these that fits is opened: `demo`; an http(s) or rtsp address; a whole number (camera index);
    a device path; a file that exists; part of a camera's name. A file therefore wins over a camera's name,
    and `./0` or `./demo` is a file. The text is used unchanged, since names may begin or end with blanks.

    With `live`, recordings play at their own speed and a lost camera is opened again. Without it, every frame
    comes as fast as the caller iterates and a lost camera ends the source. `loop` repeats clips, takes and
    (offline) stills without end. `backdrop` is the sRGB colour, 0..255, behind transparent pictures. `clock`
    and `sleep` give and take seconds; tests replace them.
    """
    playback = Playback(live, loop, clock, sleep, backdrop)
    spec = str(spec)
    if not spec.strip():
        raise SourceError(f"The source is empty; give {ACCEPTED}.")
    if spec == "demo":
        return _demo(playback)
    if spec.lower().startswith(ADDRESS_SCHEMES):
        return _address(spec, playback)
    if spec.isdecimal() or _DEVICE.fullmatch(spec):
        return _camera(spec, playback)
    path = Path(spec)
    if _exists(path):
        return _file(path, playback)
    if "://" in spec:
        raise SourceError(f"The address '{spec}' is of a kind that cannot be opened; give {ACCEPTED}.")
    return _named_camera(spec, playback)


def _exists(path: Path) -> bool:
    """Return whether there is such a file; raises SourceError where the system cannot answer."""
    try:
        return path.exists()
    except OSError as error:
        raise SourceError(f"{path} cannot be opened ({error.strerror}); give {ACCEPTED}.") from error


def _demo(playback: Playback) -> Source:
    from app.sources.take import TakeSource

    with as_file(files("assets") / "takes" / "demo.npz") as path:
        return TakeSource(path, "demo", playback)


def _address(spec: str, playback: Playback) -> Source:
    from app.sources.feeds.network import open_network

    return open_network(spec, playback)


def _camera(spec: str, playback: Playback) -> Source:
    from app.sources.feeds.camera import list_cameras, open_camera

    # Operating systems number cameras with 32 bits, and OpenCV fails on larger numbers.
    if spec.isdecimal() and (len(spec) > _LONGEST_INDEX or int(spec) >= 2**31):
        raise SourceError(f"There is no camera {spec}; list the cameras with: flame-cam cameras.")
    target = int(spec) if spec.isdecimal() else spec
    names = [camera.name for camera in list_cameras() if target in (camera.index, camera.path)]
    return open_camera(lambda: target, names[0] if names else f"camera {spec}", playback)


def _file(path: Path, playback: Playback) -> Source:
    if path.is_dir():
        raise SourceError(f"{path} is a folder; give {ACCEPTED}.")
    if not (path.is_file() or path.is_block_device()):
        from app.sources.clips.pipe import open_pipe

        return open_pipe(path, playback)
    if path.stat().st_size == 0:
        raise SourceError(f"{path} is empty; give {ACCEPTED}.")
    suffix = path.suffix.lower()
    if suffix in TAKE_SUFFIXES:
        from app.sources.take import TakeSource

        return TakeSource(path, path.name, playback)
    from app.sources.pictures.formats import READ, named_as_picture, picture_kind

    if kind := picture_kind(path):
        from app.sources.pictures.opening import open_picture_source

        return open_picture_source(path, kind, playback)
    from app.sources.clips.clip import Clip
    from app.sources.clips.containers import open_file
    from app.sources.clips.video import VideoSource

    try:
        return VideoSource(path.name, lambda: Clip(open_file(path, path.name), path.name), playback, path)
    except SourceError as error:
        if named_as_picture(path):
            raise SourceError(f"{path} cannot be read as a picture: it is not one; give {READ}.") from error
        raise


def _named_camera(spec: str, playback: Playback) -> Source:
    from app.sources.feeds.camera import camera_named, list_cameras, open_camera

    name = camera_named(spec, list_cameras()).name
    return open_camera(lambda: camera_named(spec, list_cameras()).index, name, playback)
