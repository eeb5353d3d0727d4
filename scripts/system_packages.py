"""Check the system libraries that Python packages do not contain; install them on Debian and Ubuntu."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

RUN_LIBRARIES = (
    ("libEGL.so.1",),
    ("libGL.so.1",),
    ("libGLESv2.so.2",),
    ("libgthread-2.0.so.0",),
    ("libEGL_mesa.so.0", "libEGL_nvidia.so.0"),
)
"""Libraries that OpenGL, MediaPipe and OpenCV link to; one of each group has to load."""
TEST_LIBRARIES = (("libOSMesa.so.8", "libOSMesa.so.6"), ("libGLX_mesa.so.0",))
TEST_PROGRAMS = ("Xvfb", "xdotool", "strace")
"""Libraries and programs that only the tests need."""
RUN_PACKAGES = ("libegl1", "libgl1", "libgl1-mesa-dri", "libglx-mesa0", "libgles2", "libglib2.0-0")
TEST_PACKAGES = ("libosmesa6", "xvfb", "xdotool", "strace")
"""Debian packages that contain the libraries and programs above."""


def require_graphics(for_tests: bool) -> None:
    """Install what OpenGL needs on this machine, or stop with the command that does."""
    if not sys.platform.startswith("linux"):
        return
    groups = RUN_LIBRARIES + (TEST_LIBRARIES if for_tests else ())
    missing = [group[0] for group in groups if not any(map(_loads, group))]
    if for_tests:
        missing += [program for program in TEST_PROGRAMS if shutil.which(program) is None]
    if missing:
        install(RUN_PACKAGES + (TEST_PACKAGES if for_tests else ()), "it lacks " + ", ".join(missing))


def install(packages: tuple[str, ...], reason: str) -> None:
    """Install Debian packages as root, else stop with the command to run."""
    line = "apt-get install -y " + " ".join(packages)
    apt = shutil.which("apt-get")
    if apt is None:
        raise SystemExit(f"This machine is not ready: {reason}; install it with your package manager.")
    if os.geteuid() != 0:
        raise SystemExit(f"This machine is not ready: {reason}; run: sudo {line}")
    print(f"Installing system packages ({reason}): {line}", file=sys.stderr)
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for arguments in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
        if subprocess.run([apt, *arguments], env=environment, check=False).returncode != 0:
            raise SystemExit(f"apt-get {arguments[0]} failed ({reason}); run: {line}")


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
