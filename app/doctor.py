"""Examine this machine: what flame-cam finds here, what is wrong, and the command that mends it."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import platformdirs

from flame_model.errors import FlameCamError

PACKAGES = ("mediapipe", "numpy", "opencv-python", "av", "glfw", "PyOpenGL", "imgui-bundle", "scipy")
CLASHING_OPENCV = ("opencv-python-headless", "opencv-contrib-python", "opencv-contrib-python-headless")
"""They unpack into the same `cv2` folder as opencv-python."""
QUIET_MEDIAPIPE = ("0.10.30", "0.10.31")
"""The versions that flame-cam is installed with; those from 0.10.35 on send usage data to their makers."""


@dataclass(frozen=True, slots=True)
class Finding:
    """State one thing the examination found."""

    topic: str
    text: str
    good: bool = True
    """False for what is wrong."""
    remedy: str = ""
    """The command that mends it, or helps where only something is missing; empty where there is none."""


def examine() -> Iterator[Finding]:
    """Yield a finding for every part; an examination that breaks is itself a finding."""
    parts: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("versions", _versions),
        ("mediapipe", _mediapipe),
        ("opencv", _opencv),
        ("opengl", _opengl),
        ("display", _display),
        ("cameras", _cameras),
        ("bundle", _bundle),
        ("cache", _cache),
    )
    for topic, part in parts:
        try:
            yield from part()
        except Exception as error:
            yield Finding(topic, f"{type(error).__name__}: {error}", good=False)


def _versions() -> Iterator[Finding]:
    system = f"Python {platform.python_version()} on {platform.platform(terse=True)} {platform.machine()}"
    yield Finding("flame-cam", f"{version('flame-cam')}, {system}")
    missing = [name for name in PACKAGES if not _installed(name)]
    found = ", ".join(f"{name} {version(name)}" for name in PACKAGES if name not in missing)
    yield Finding("packages", found)
    if missing:
        remedy = f"{Path(sys.executable).name} -m pip install --force-reinstall flame-cam"
        yield Finding("packages", "missing: " + ", ".join(missing), good=False, remedy=remedy)


def _mediapipe() -> Iterator[Finding]:
    if _installed("mediapipe") and (found := version("mediapipe")) not in QUIET_MEDIAPIPE:
        text = f"{found} may send usage data to its makers; {' and '.join(QUIET_MEDIAPIPE)} do not"
        yield Finding("mediapipe", text, good=False, remedy=f"pip install mediapipe=={QUIET_MEDIAPIPE[-1]}")


def _opencv() -> Iterator[Finding]:
    clashing = [name for name in CLASHING_OPENCV if _installed(name)]
    if clashing:
        names = " ".join(clashing)
        remedy = f"pip uninstall -y {names} && pip install --force-reinstall opencv-python"
        text = f"{names} is installed beside opencv-python, into the same folder"
        yield Finding("opencv", text, good=False, remedy=remedy)


def _opengl() -> Iterator[Finding]:
    from render.platform.offscreen import OffscreenContext

    try:
        with OffscreenContext():
            from render.platform.driver import driver_name

            yield Finding("opengl", driver_name())
    except FlameCamError as error:
        yield Finding("opengl", str(error), good=False, remedy=getattr(error, "remedy", ""))


def _display() -> Iterator[Finding]:
    if not sys.platform.startswith("linux"):
        return
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if display:
        yield Finding("display", display)
    else:
        text = "neither DISPLAY nor WAYLAND_DISPLAY is set: no window can open here"
        yield Finding("display", text, remedy="flame-cam render demo demo.gif  (needs none)")


def _cameras() -> Iterator[Finding]:
    from app.sources.feeds.camera import list_cameras

    cameras = list_cameras()
    for camera in cameras:
        yield Finding("camera", f"{camera.index}: {camera.name}")
        device = Path(camera.path)
        if device.is_absolute() and device.exists() and not os.access(device, os.R_OK | os.W_OK):
            text, remedy = f"{device} may not be opened by this user", "sudo usermod -aG video $USER"
            yield Finding("camera", text, good=False, remedy=f"{remedy}  (then log in again)")
    if not cameras:
        yield Finding("camera", "none found", remedy="flame-cam demo  (needs none)")


def _bundle() -> Iterator[Finding]:
    from mappings.tracking.bundle import BUNDLE_ADDRESS, BUNDLE_VARIABLE, cached_bundle, locate_bundle

    try:
        yield Finding("bundle", str(locate_bundle(download=False)))
    except FlameCamError as error:
        remedy = f"curl --create-dirs -o {cached_bundle()} {BUNDLE_ADDRESS}  (or let a first run download it)"
        if os.environ.get(BUNDLE_VARIABLE):
            remedy = f"unset {BUNDLE_VARIABLE}"
        # One that is not there yet comes by itself with the first run that tracks.
        good = not os.environ.get(BUNDLE_VARIABLE) and not cached_bundle().exists()
        yield Finding("bundle", str(error).partition(";")[0], good, remedy)


def _cache() -> Iterator[Finding]:
    folder = platformdirs.user_cache_path("flame-cam", appauthor=False)
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    if nearest.is_dir() and os.access(nearest, os.W_OK):
        yield Finding("cache", str(folder))
    else:
        text = f"{folder} cannot be written ({nearest} is in the way or read-only)"
        yield Finding("cache", text, good=False, remedy=f"chmod u+w {nearest}")


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True
