"""Cameras of this machine, by OpenCV: list them, find one by name, open one as a source."""

from __future__ import annotations

import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import cv2
import numpy as np
from cv2_enumerate_cameras import enumerate_cameras

from app.sources.contract import ACCEPTED, NoCameraError
from app.sources.feeds.reconnecting import LiveSource
from app.sources.playback import Playback
from flame_model.arrays import Picture
from flame_model.errors import SourceError

_BACKENDS = {
    # DirectShow opens in a fraction of the seconds that Media Foundation takes.
    "Windows": cv2.CAP_DSHOW,
    "Darwin": cv2.CAP_AVFOUNDATION,
    "Linux": cv2.CAP_V4L2,
}

Target = int | str
"""A camera's index or device path."""


class Capture(Protocol):
    """The part of `cv2.VideoCapture` that is used."""

    def isOpened(self) -> bool: ...
    def read(self) -> tuple[bool, Any]: ...
    def get(self, propId: int, /) -> float: ...
    def release(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Camera:
    """One camera of this machine."""

    index: int
    name: str
    path: str
    """Device path; empty where the system has none."""


Opener = Callable[[Target], Capture]
Lister = Callable[[], Sequence[Camera]]


def list_cameras() -> list[Camera]:
    """Return the cameras of this machine by index; an empty list where there are none.

    A listing that fails (no permission, no such service) counts as none; cameras still open by index.
    """
    try:
        found = enumerate_cameras(_camera_backend())
    # The library raises NotImplementedError where it has no lister for this system.
    except (OSError, RuntimeError, NotImplementedError):
        return []
    cameras = [Camera(info.index, info.name or f"camera {info.index}", info.path or "") for info in found]
    return sorted(cameras, key=lambda camera: camera.index)


def camera_named(part: str, cameras: Sequence[Camera]) -> Camera:
    """Return the one camera whose name contains `part`, in upper or lower case.

    A camera with exactly that name wins over those that merely contain it. Raises SourceError where none
    or several match.
    """
    wanted = part.casefold()
    matches = [camera for camera in cameras if wanted in camera.name.casefold()]
    exact = [camera for camera in matches if wanted == camera.name.casefold()]
    matches = exact or matches
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise SourceError(
            f"The name '{part}' fits several cameras: {_listed(matches)}; give the index of one."
        )
    found = f"cameras found: {_listed(cameras)}"
    raise SourceError(f"There is no file and no camera called '{part}' ({found}); give {ACCEPTED}.")


def capture_with_opencv(target: Target) -> Capture:
    """Open a camera by index or device path with this system's backend."""
    # OpenCV would print warnings of its own for every failed attempt, beside the one error sentence.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    return cv2.VideoCapture(target, _camera_backend())


class CameraFeed:
    """Takes RGB pictures from an open capture."""

    def __init__(self, capture: Capture) -> None:
        """Take over an open capture."""
        self._capture = capture
        fps = capture.get(cv2.CAP_PROP_FPS)
        self.fps: float | None = fps if fps > 0 else None

    def next_picture(self) -> Picture | None:
        """Wait for the next picture; None where the camera gave none."""
        ok, bgr = self._capture.read()
        return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), dtype=np.uint8) if ok else None

    def close(self) -> None:
        """Release the camera."""
        self._capture.release()


def open_camera(
    find: Callable[[], Target],
    name: str,
    playback: Playback,
    opener: Opener = capture_with_opencv,
    lister: Lister = list_cameras,
) -> LiveSource:
    """Open a camera as a live source; raises SourceError where there is none or another program uses it.

    `find` returns the camera's index or path anew for each attempt, since an index may change when a camera
    is unplugged.
    """

    def open_feed() -> CameraFeed:
        target = find()
        capture = opener(target)
        if not capture.isOpened():
            capture.release()
            cameras = lister()
            raise (SourceError if cameras else NoCameraError)(_not_opened(target, cameras))
        return CameraFeed(capture)

    return LiveSource(name, open_feed, playback, is_camera=True, no_picture=_busy(name))


def _camera_backend() -> int:
    """Return OpenCV's capture backend for this system, the same for listing and for opening."""
    return _BACKENDS.get(platform.system(), cv2.CAP_ANY)


def _listed(cameras: Sequence[Camera]) -> str:
    """Return cameras as `0 (name), 2 (name)`, or `none`."""
    return ", ".join(f"{camera.index} ({camera.name})" for camera in cameras) or "none"


def _not_opened(target: Target, cameras: Sequence[Camera]) -> str:
    """Return the sentence for a camera that cannot be opened."""
    known = [camera for camera in cameras if target in (camera.index, camera.path)]
    if known:
        return _busy(f"Camera {target} ({known[0].name})")
    return f"There is no camera {target}; cameras found: {_listed(cameras)}. Give {ACCEPTED}."


def _busy(name: str) -> str:
    """Return the sentence for a camera that is connected and gives no picture."""
    return (
        f"{name} is connected but gives no picture; close the program that uses it, or allow this program to "
        "use the camera."
    )
