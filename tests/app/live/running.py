"""The program running the demo in a real window, on a virtual display where there is none."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

from tests.app.conftest import program, program_environment
from tests.app.live.shown_window import press, shown_window, xdotool

SMALL = ("--size", "240x240")


class Running:
    """A running live run in its own process."""

    def __init__(self, folder: Path, display: str, *arguments: str, source: Path | None = None) -> None:
        """Start it with the demo, or with the source in a file."""
        shown = ("demo",) if source is None else ("--source", str(source))
        self._title = "demo" if source is None else source.stem
        self.folder = folder
        self.display = display
        self.environment = program_environment(folder, {"DISPLAY": display})
        self.process = subprocess.Popen(
            program(*shown, "--out", ".", "--countdown", "0", *SMALL, *arguments),
            cwd=folder,
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_until(self, what: str, seconds: float = 30, least: int = 5_000) -> Path:
        """Wait for a file whose name matches and that has more than `least` bytes."""
        deadline_s = time.monotonic() + seconds
        while time.monotonic() < deadline_s:
            assert self.process.poll() is None, self.process.communicate()[1]
            for path in self.folder.glob(what):
                if path.stat().st_size > least:
                    return path
            time.sleep(0.05)
        raise AssertionError(f"no {what} after {seconds} s")

    def press(self, *keys: str) -> None:
        """Press keys in its window."""
        press(shown_window(self.process, self.display, f"^flame-cam - {self._title}"), self.display, *keys)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the left button at a place of its window, move to another and let go."""
        for place, *action in ((start, "mousedown", "1"), (end, "sleep", "0.3", "mouseup", "1")):
            moves = [xdotool(), "mousemove", *map(str, place), "sleep", "0.3", *action]
            subprocess.run(moves, env=self.environment, check=True)

    def kill(self) -> None:
        """End it where it still runs."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def end(self) -> str:
        """Wait for the end and return what was written to stderr."""
        return self.process.communicate(timeout=60)[1]
