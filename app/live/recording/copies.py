"""Copies of a recording, written on a thread while the window goes on: other formats, and parts of it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from app.recording.converting import WHOLE, Part, convert
from app.recording.recorded_clip import RecordedClip
from flame_model.errors import FlameCamError
from flame_model.notices import Say

Done = Callable[[Path], object]


class Copies:
    """The copies that are being written, and those whose end has not been told yet."""

    def __init__(self, say: Say, *, gif_bytes: int | None = None) -> None:
        """Tell `say` what was written; `gif_bytes` is the largest size of a GIF."""
        self._say = say
        self._gif_bytes = gif_bytes
        self._running: list[_Copy] = []

    def start(self, path: Path, out: Path, part: Part = WHOLE, done: Done = lambda _: None) -> None:
        """Begin to write a part of the recording `path` to `out`; call `done` with `out` in its end."""
        self._running.append(_Copy(path, out, part, done, self._gif_bytes))

    def advance(self) -> str:
        """Tell of the copies that have ended, and return the status of the others."""
        for copy in list(self._running):
            if not copy.running:
                self._running.remove(copy)
                self._say(copy.told())
                if copy.error is None:
                    copy.done(copy.out)
        return ", ".join(copy.status for copy in self._running)

    def close(self, say: Say) -> None:
        """Wait until every copy is written, and tell `say`, which outlives the window."""
        for copy in self._running:
            if copy.running:
                say(f"writing {copy.out}")
            copy.join()
            say(copy.told())
        self._running = []


class _Copy:
    """A thread that writes one copy."""

    def __init__(self, path: Path, out: Path, part: Part, done: Done, gif_bytes: int | None) -> None:
        self.out, self.done = out, done
        self.share = 0.0
        self.error: Exception | None = None
        self._path, self._part, self._gif_bytes = path, part, gif_bytes
        self._chosen = ""
        self._thread = threading.Thread(target=self._run, name="copy")
        self._thread.start()

    @property
    def running(self) -> bool:
        return self._thread.is_alive()

    @property
    def status(self) -> str:
        share = f": {100 * self.share:.0f} %" if self.share else ""
        return f"writing {self.out.name}{share}"

    def join(self) -> None:
        self._thread.join()

    def told(self) -> str:
        if self.error is not None:
            return f"no copy was written: {self.error}"
        chosen = f" ({self._chosen})" if self._chosen else ""
        return f"saved {megabytes(size_of(self.out))} to {self.out}{chosen}"

    def _run(self) -> None:
        try:
            convert(
                RecordedClip(self._path),
                self.out,
                self._part,
                gif_bytes=self._gif_bytes,
                progress=self._see,
                say=self._choose,
            )
        except FlameCamError as error:
            self.error = error

    def _choose(self, what: str) -> None:
        self._chosen = what

    def _see(self, share: float) -> None:
        self.share = share


def size_of(path: Path) -> int:
    """Return the bytes of a file, or of the files in a folder; 0 where it is gone."""
    try:
        files = [path] if path.is_file() else [each for each in path.iterdir() if each.is_file()]
        return sum(file.stat().st_size for file in files)
    except OSError:
        return 0


def megabytes(count: int) -> str:
    """Return bytes as megabytes, such as "4.2 MB"; small files with the first digit that is not 0."""
    millions = count / 1e6
    return f"{millions:.1f} MB" if millions >= 0.1 else f"{max(millions, 0.01):.2f} MB"
