"""Recordings and screenshots of a live run; they never delay the picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.live.recording.copies import megabytes, size_of
from app.live.recording.countdown import Countdown
from app.recording import Recorder, RecordingReport
from app.recording.formats.png import encode_png
from app.recording.kept_files import KeptFiles
from app.recording.output_format import holds_alpha, holds_sound, notes_on, playable_rate
from app.recording.sound.contract import LiveSound
from flame_model.arrays import Picture
from flame_model.errors import OutputError
from flame_model.files.writing.whole_file import write_whole
from flame_model.notices import Say, counted

Show = Callable[[Path, str], bool]


class Recordings:
    """The recording that runs, the countdown before it, and earlier ones that are still being finished."""

    def __init__(
        self,
        size: tuple[int, int],
        fps: float,
        files: KeptFiles,
        say: Say,
        *,
        countdown: Countdown,
        transparent: bool = False,
        gif_bytes: int | None = None,
        microphone: Callable[[], LiveSound] | None = None,
    ) -> None:
        """Record pictures of `size` (W, H) under names by `files`.

        `transparent` pictures are recorded so where the format can be; `gif_bytes` is that of `open_writer`.
        `microphone` opens the sound of each.
        """
        self.show: Show = lambda _, __: False
        """What a recording that has ended is told to, as its path with a sentence; `say` where it returns
        False."""
        self.fps = fps
        """Frame rate of recordings that are started later."""
        self._size = size
        self._files = files
        self._say = say
        self._countdown = countdown
        self._transparent, self._gif_bytes = transparent, gif_bytes
        self._microphone = microphone
        self._running: Recorder | None = None
        self._began_s: float | None = None
        self._finishing: list[Recorder] = []

    def start(self, path: Path) -> None:
        """Start recording to `path`. Raises OutputError where it cannot be written."""
        for note in notes_on(path, self._size):
            self._say(note)
        self._running = Recorder(
            path,
            self._size,
            playable_rate(path, self.fps),
            alpha=self._transparent and holds_alpha(path),
            gif_bytes=self._gif_bytes,
            sound=self._microphone() if self._microphone is not None and holds_sound(path) else None,
            say=self._say,
        )
        self._began_s = None

    def toggle(self) -> None:
        """Count down to a recording under a name of its own; or stop counting; or end what runs."""
        if self._running is not None:
            self._running.finish()
            self._finishing.append(self._running)
            self._running = None
        elif not self.cancel():
            self._countdown.start()
            self.advance()

    def cancel(self) -> bool:
        """Stop counting down; return whether anything was counted."""
        return self._countdown.cancel()

    def advance(self) -> None:
        """Begin the recording when the countdown is over, and tell of those that are finished."""
        if self._countdown.over():
            try:
                self.start(self._files.named_now(".webm" if self._transparent else ".mp4"))
            except OutputError as error:
                self._say(str(error))
        for recorder in list(self._finishing):
            report = recorder.report()
            if report is not None:
                self._finishing.remove(recorder)
                self._tell(report)

    def _tell(self, report: RecordingReport) -> None:
        text = described(report)
        if not report.frames or not self.show(report.path, text):
            self._say(text)

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

    @property
    def count(self) -> int | None:
        """Seconds until a recording begins, None while nothing is counted down."""
        return self._countdown.left

    def clock(self, now_s: float) -> str:
        """Return the length of the running recording, such as 00:12; "" without one."""
        if self._running is None:
            return ""
        return clock_time(now_s - self._began_s if self._began_s is not None else 0.0)

    @property
    def status(self) -> str:
        """Return how many frames the running recording has missed, and what is still being written."""
        missed = 0 if self._running is None else self._running.missed
        parts = [f"{counted(missed, 'frame')} of the recording missed"] if missed else []
        return ", ".join([*parts, *(f"writing {recorder.path.name}" for recorder in self._finishing)])

    def close(self, say: Say = lambda _: None) -> list[RecordingReport]:
        """Finish every file, wait for it, and return the reports; tell `say` of files that take a while."""
        unfinished = [*self._finishing, *([self._running] if self._running is not None else [])]
        self._finishing, self._running = [], None
        for recorder in unfinished:
            recorder.finish()
            if recorder.path.suffix.lower() in (".gif", ".webm") and recorder.report() is None:
                say(f"writing {recorder.path}")
        return [recorder.stop() for recorder in unfinished]


def described(report: RecordingReport) -> str:
    """Return the notice about a finished recording."""
    if report.error is not None:
        return report.error
    if report.frames == 0:
        return f"nothing was recorded to {report.path}: no picture came"
    missed = f", {counted(report.missed, 'frame')} missed" if report.missed else ""
    size = megabytes(size_of(report.path))
    return f"recorded {report.seconds:.1f} s ({size}) to {report.path}{missed}"


def clock_time(seconds: float) -> str:
    """Return a duration as minutes and seconds, such as 00:12."""
    return f"{int(seconds) // 60:02}:{int(seconds) % 60:02}"
