"""Recordings and screenshots of a live run; they never delay the picture."""

from __future__ import annotations

from pathlib import Path

from app.recording import Recorder, RecordingReport
from app.recording.formats.png import encode_png
from app.recording.kept_files import KeptFiles
from app.recording.opening import notes_on, playable_rate
from flame_model.arrays import Picture
from flame_model.errors import OutputError
from flame_model.files.writing.whole_file import write_whole
from flame_model.notices import Say, counted


class Recordings:
    """The recording that runs, and earlier ones whose files are still being finished."""

    def __init__(self, size: tuple[int, int], fps: float, files: KeptFiles, say: Say) -> None:
        self.fps = fps
        """Frame rate of recordings that are started later."""
        self._size = size
        self._files = files
        self._say = say
        self._running: Recorder | None = None
        self._began_s: float | None = None
        self._finishing: list[Recorder] = []

    def start(self, path: Path) -> None:
        """Start recording to `path`. Raises OutputError where it cannot be written."""
        for note in notes_on(path, self._size):
            self._say(note)
        self._running = Recorder(path, self._size, playable_rate(path, self.fps))
        self._began_s = None

    def toggle(self) -> None:
        """Start a recording under a name of its own, or stop the one that runs."""
        if self._running is not None:
            self._running.finish()
            self._finishing.append(self._running)
            self._running = None
            return
        try:
            self.start(self._files.named_now(".mp4"))
        except OutputError as error:
            self._say(str(error))

    def wants(self, time_s: float) -> bool:
        """Return whether a picture of `time_s` would be recorded."""
        return self._running is not None and self._running.wants(time_s)

    def offer(self, picture: Picture, time_s: float) -> None:
        """Record the picture (H, W, 4) of `time_s`; the caller must not change it afterwards."""
        if self._running is not None:
            self._began_s = time_s if self._began_s is None else self._began_s
            self._running.offer(picture, time_s)

    def screenshot(self, picture: Picture) -> None:
        """Write one picture under a name of its own."""
        try:
            path = self._files.named_now(".png")
            write_whole(path, lambda file: file.write(encode_png(picture, alpha=False)))
        except OutputError as error:
            self._say(f"no screenshot: {error}")
        else:
            self._say(f"screenshot {path}")

    def status(self, now_s: float) -> str:
        """Return the status of the running recording, "" without one; notices report finished ones."""
        for recorder in list(self._finishing):
            report = recorder.report()
            if report is not None:
                self._finishing.remove(recorder)
                self._say(described(report))
        if self._running is None:
            return ""
        seconds = int(now_s - self._began_s) if self._began_s is not None else 0
        missed = f", {counted(self._running.missed, 'frame')} missed" if self._running.missed else ""
        return f"recording {clock_time(seconds)}{missed}"

    def close(self) -> list[RecordingReport]:
        """Finish every file, wait for it, and return the reports."""
        unfinished = [*self._finishing, *([self._running] if self._running is not None else [])]
        self._finishing, self._running = [], None
        for recorder in unfinished:
            recorder.finish()
        return [recorder.stop() for recorder in unfinished]


def described(report: RecordingReport) -> str:
    """Return the notice about a finished recording."""
    if report.error is not None:
        return report.error
    if report.frames == 0:
        return f"nothing was recorded to {report.path}: no picture came"
    missed = f", {counted(report.missed, 'frame')} missed" if report.missed else ""
    return f"recorded {report.seconds:.1f} s to {report.path}{missed}"


def clock_time(seconds: float) -> str:
    """Return a duration as minutes and seconds, such as 00:12."""
    return f"{int(seconds) // 60:02}:{int(seconds) % 60:02}"
