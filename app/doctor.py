"""Examine this machine: find what is installed, what is wrong, and which command fixes it."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import platformdirs

from flame_model.errors import GraphicsError, TrackerBundleError

PACKAGES = ("mediapipe", "numpy", "opencv-python", "av", "glfw", "PyOpenGL", "imgui-bundle", "scipy")
CLASHING_OPENCV = ("opencv-python-headless", "opencv-contrib-python", "opencv-contrib-python-headless")
"""Packages that unpack into the same `cv2` folder as opencv-python."""
QUIET_MEDIAPIPE = ("0.10.30", "0.10.31")
"""Versions of MediaPipe that send no usage data to its makers. Versions from 0.10.35 on send some."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of the examination."""

    topic: str
    """What was examined, such as "opengl"."""
    text: str
    good: bool = True
    """False where something is wrong."""
    remedy: str = ""
    """The command that fixes it, or that helps where something optional is missing; "" for none."""


def examine() -> Iterator[Finding]:
    """Yield the findings of every part; an exception during the examination is a finding too."""
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
    except GraphicsError as error:
        yield Finding("opengl", str(error), good=False, remedy=error.remedy)


def _display() -> Iterator[Finding]:
    if not sys.platform.startswith("linux"):
        return
    display = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if display:
        yield Finding("display", display)
    else:
        text = "neither DISPLAY nor WAYLAND_DISPLAY is set, so no window can open"
        yield Finding("display", text, remedy="flame-cam render demo demo.gif  (needs none)")


def _cameras() -> Iterator[Finding]:
    from app.sources.feeds.camera import list_cameras

    cameras = list_cameras()
    for camera in cameras:
        yield Finding("camera", f"{camera.index}: {camera.name}")
        device = Path(camera.path)
        if device.is_absolute() and device.exists() and not os.access(device, os.R_OK | os.W_OK):
            text, remedy = f"this user may not open {device}", "sudo usermod -aG video $USER"
            yield Finding("camera", text, good=False, remedy=f"{remedy}  (then log in again)")
    if not cameras:
        yield Finding("camera", "none found", remedy="flame-cam demo  (needs none)")


def _bundle() -> Iterator[Finding]:
    from mappings.tracking.landmarker_bundle import (
        BUNDLE_ADDRESS,
        BUNDLE_VARIABLE,
        cached_bundle,
        is_official,
        locate_bundle,
    )

    cached = cached_bundle()
    if os.environ.get(BUNDLE_VARIABLE):
        try:
            yield Finding("bundle", str(locate_bundle(download=False)))
        except TrackerBundleError as error:
            yield Finding("bundle", str(error), good=False, remedy=f"unset {BUNDLE_VARIABLE}")
    elif is_official(cached):
        yield Finding("bundle", str(cached))
    else:
        damaged = cached.exists()
        text = f"{cached} is damaged" if damaged else f"{cached} does not exist yet"
        remedy = f"curl --create-dirs -o {cached} {BUNDLE_ADDRESS}  (or let the first run download it)"
        yield Finding("bundle", text, good=not damaged, remedy=remedy)


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
