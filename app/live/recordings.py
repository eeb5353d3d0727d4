"""Recordings and screenshots of a live run; none of them ever holds up the picture."""

from __future__ import annotations

import os
import time
from itertools import chain, count
from pathlib import Path

from app.recording import Recorder, RecordingReport
from app.recording.formats.png import encode_png
from app.recording.opening import notes_on
from app.recording.rates import playable_rate
from flame_model.arrays import Picture
from flame_model.errors import OutputError
from flame_model.files.writing.unwritable import reason_of
from flame_model.files.writing.whole import write_whole
from flame_model.notices import Say

NAME_FORMAT = "flame-cam-%Y%m%d-%H%M%S"
"""Names files in the current folder after the moment they were begun."""


class Recordings:
    """Hold the recording that runs and those whose files are being finished."""

    def __init__(self, size: tuple[int, int], fps: float, say: Say) -> None:
        self.fps = fps
        """Of the recordings that begin from now on."""
        self._size = size
        self._say = say
        self._running: Recorder | None = None
        self._began_s: float | None = None
        self._finishing: list[Recorder] = []

    def start(self, path: Path) -> None:
        """Begin to record to `path`; raises OutputError where it cannot be written."""
        for note in notes_on(path, self._size):
            self._say(note)
        self._running = Recorder(path, self._size, playable_rate(path, self.fps))
        self._began_s = None

    def toggle(self) -> None:
        """Begin a recording in the current folder, or stop the one that runs."""
        if self._running is not None:
            self._running.finish()
            self._finishing.append(self._running)
            self._running = None
            return
        try:
            self.start(named_now(".mp4"))
        except OutputError as error:
            self._say(str(error))

    def wants(self, time_s: float) -> bool:
        """Tell whether a picture of `time_s` would be recorded."""
        return self._running is not None and self._running.wants(time_s)

    def offer(self, picture: Picture, time_s: float) -> None:
        """Record the picture (H, W, 4) of `time_s`; it must not be changed afterwards."""
        if self._running is not None:
            self._began_s = time_s if self._began_s is None else self._began_s
            self._running.offer(picture, time_s)

    def screenshot(self, picture: Picture) -> None:
        """Write one picture to the current folder."""
        try:
            path = named_now(".png")
            write_whole(path, lambda file: file.write(encode_png(picture, alpha=False)))
        except OutputError as error:
            self._say(f"No screenshot: {error}")
        else:
            self._say(f"screenshot {path}")

    def status(self, now_s: float) -> str:
        """Return what to show about the running recording, empty without one; tell of finished ones."""
        for recorder in list(self._finishing):
            report = recorder.report()
            if report is not None:
                self._finishing.remove(recorder)
                self._say(described(report))
        if self._running is None:
            return ""
        seconds = int(now_s - self._began_s) if self._began_s is not None else 0
        missed = f", {self._running.missed} frames missed" if self._running.missed else ""
        return f"recording {seconds // 60:02}:{seconds % 60:02}{missed}"

    def close(self) -> list[RecordingReport]:
        """Finish every file, wait for it and return how each went."""
        unfinished = [*self._finishing, *([self._running] if self._running is not None else [])]
        self._finishing, self._running = [], None
        for recorder in unfinished:
            recorder.finish()
        return [recorder.stop() for recorder in unfinished]


def described(report: RecordingReport) -> str:
    """Return one sentence about a finished recording."""
    if report.error is not None:
        return report.error
    if report.frames == 0:
        return f"nothing was recorded: {report.path} got no picture"
    missed = f", {report.missed} frames missed" if report.missed else ""
    return f"recorded {report.seconds:.1f} s to {report.path}{missed}"


def named_now(suffix: str) -> Path:
    """Return a file of the current folder named after this moment, with its folder; none stands there yet.

    Raises OutputError where the current folder is gone.
    """
    try:
        first = Path.cwd() / (time.strftime(NAME_FORMAT) + suffix)
    except OSError as error:
        raise OutputError(f"The current folder cannot be written to: {reason_of(error)}.") from error
    others = (first.with_stem(f"{first.stem}-{number}") for number in count(2))
    return next(each for each in chain([first], others) if not os.path.lexists(each))
