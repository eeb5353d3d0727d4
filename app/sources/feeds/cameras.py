"""Which cameras there are, by index, name and device path."""

from __future__ import annotations

import platform
from dataclasses import dataclass

import cv2
from cv2_enumerate_cameras import enumerate_cameras

_BACKENDS = {
    # DirectShow opens in a fraction of the seconds Media Foundation takes.
    "Windows": cv2.CAP_DSHOW,
    "Darwin": cv2.CAP_AVFOUNDATION,
    "Linux": cv2.CAP_V4L2,
}


@dataclass(frozen=True, slots=True)
class Camera:
    """Name one camera of this machine."""

    index: int
    name: str
    path: str
    """Device path; empty where the system has none."""


def camera_backend() -> int:
    """Return OpenCV's capture backend for this system, the same for listing and for opening."""
    return _BACKENDS.get(platform.system(), cv2.CAP_ANY)


def list_cameras() -> list[Camera]:
    """Return the cameras of this machine by index; an empty list where there are none.

    A listing that fails (no permission, no such service) counts as none: the caller still can open by index.
    """
    try:
        found = enumerate_cameras(camera_backend())
    except (OSError, RuntimeError, NotImplementedError):
        return []
    cameras = [Camera(info.index, info.name or f"camera {info.index}", info.path or "") for info in found]
    return sorted(cameras, key=lambda camera: camera.index)
