"""Show the demo in a window, or render it to out/demo.gif where there is no display."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import glfw

OUTPUT = Path("out/demo.gif")
GIF_SIZE, GIF_FPS = "320x320", "12.5"
"""Size and rate of the GIF, chosen by eye for less than 5 MB. A GIF counts in hundredths of a second: frames
take 8 each at this rate, and would take 6 or 7 at 15 frames per second."""


def main() -> int:
    """Run the demo and return its exit code."""
    if _has_display():
        return _flame_cam("demo")
    OUTPUT.parent.mkdir(exist_ok=True)
    print(f"There is no display here, so the demo is rendered to {OUTPUT}.")
    return _flame_cam("render", "demo", str(OUTPUT), "--size", GIF_SIZE, "--fps", GIF_FPS)


def _has_display() -> bool:
    glfw.ERROR_REPORTING = False
    if not glfw.init():
        return False
    glfw.terminate()
    return True


def _flame_cam(*arguments: str) -> int:
    return subprocess.run([sys.executable, "-m", "app.cli", *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
