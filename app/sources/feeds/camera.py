"""A camera of this machine, by OpenCV."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import cv2
import numpy as np

from app.sources.contract import ACCEPTED, Playback
from app.sources.feeds.cameras import Camera, camera_backend, list_cameras
from app.sources.feeds.reconnecting import LiveSource
from flame_model.arrays import Picture
from flame_model.errors import SourceError

Target = int | str


class Capture(Protocol):
    """What is used of `cv2.VideoCapture`."""

    def isOpened(self) -> bool: ...
    def read(self) -> tuple[bool, Any]: ...
    def get(self, propId: int, /) -> float: ...
    def release(self) -> None: ...


Opener = Callable[[Target], Capture]
Lister = Callable[[], Sequence[Camera]]


def capture_with_opencv(target: Target) -> Capture:
    """Open a camera by index or device path with this system's backend."""
    # One sentence of ours is enough: OpenCV otherwise prints its own warnings for every failed attempt.
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    return cv2.VideoCapture(target, camera_backend())


class CameraFeed:
    """Read RGB pictures from an open capture."""

    def __init__(self, capture: Capture) -> None:
        """Take over an open capture."""
        self._capture = capture
        fps = capture.get(cv2.CAP_PROP_FPS)
        self.fps: float | None = fps if fps > 0 else None

    def read(self) -> Picture | None:
        """Wait for the next picture; None where the camera gave none."""
        ok, bgr = self._capture.read()
        return np.asarray(cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB), dtype=np.uint8) if ok else None

    def close(self) -> None:
        """Let go of the camera."""
        self._capture.release()


def open_camera(
    find: Callable[[], Target],
    name: str,
    playback: Playback,
    opener: Opener = capture_with_opencv,
    lister: Lister = list_cameras,
) -> LiveSource:
    """Open a camera as a live source; raises SourceError where there is none or it is busy.

    `find` names the camera anew for each attempt, since an index may change when a plug is pulled.
    """

    def open_feed() -> CameraFeed:
        target = find()
        capture = opener(target)
        if not capture.isOpened():
            capture.release()
            raise SourceError(_not_opened(target, lister()))
        return CameraFeed(capture)

    return LiveSource(name, open_feed, playback, is_camera=True, no_picture=_busy(name))


def camera_named(part: str, cameras: Sequence[Camera]) -> Camera:
    """Return the one camera whose name contains `part`, whatever the case.

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
        raise SourceError(f"'{part}' fits several cameras: {listing(matches)}; give the index of one.")
    found = f"cameras found: {listing(cameras)}"
    raise SourceError(f"There is no file and no camera called '{part}' ({found}); give {ACCEPTED}.")


def listing(cameras: Sequence[Camera]) -> str:
    """Return cameras as `0 (name), 2 (name)`, or `none`."""
    return ", ".join(f"{camera.index} ({camera.name})" for camera in cameras) or "none"


def _not_opened(target: Target, cameras: Sequence[Camera]) -> str:
    known = [camera for camera in cameras if target in (camera.index, camera.path)]
    if known:
        return _busy(f"Camera {target} ({known[0].name})")
    return f"There is no camera {target}; cameras found: {listing(cameras)}. `flame-cam cameras` lists them."


def _busy(name: str) -> str:
    return (
        f"{name} is there but gives no picture; close the program that is using it or check its permission."
    )
