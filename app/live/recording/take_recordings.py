"""Record takes in a live run: what the tracker sees, next to whatever else runs."""

from __future__ import annotations

from app.live.recording.recordings import clock_time
from app.live.threads.animating import LiveFrame
from app.recording.kept_files import KeptFiles
from app.recording.take_recorder import TakeRecorder, TakeReport
from app.recording.take_saving import left_journals
from flame_model.errors import OutputError
from flame_model.notices import Say, counted
from mappings.mirror import mirror_observation
from mappings.records.take import MOST_FRAMES
from mappings.records.take_journal import SUFFIX

_LONG = 3600
"""Frames of a take that needs seconds to be written: three for two minutes at 30 a second."""


class TakeRecordings:
    """The take that is being recorded, and earlier ones that are still being written.

    `see` is called on the tracking thread, everything else on the main thread.
    """

    def __init__(self, files: KeptFiles, say: Say) -> None:
        """Name takes by `files`, and tell `say` about those that have ended."""
        self._files = files
        self._say = say
        self._running: TakeRecorder | None = None
        self._finishing: list[TakeRecorder] = []

    def toggle(self) -> None:
        """Begin a take, or end the one that is being recorded."""
        if self._running is not None:
            self.finish()
            return
        try:
            path = self._files.named_now(".npz", SUFFIX)
            for left in left_journals(path.parent):
                self._say(
                    f"{left} is left of a recording that was interrupted; make a take of it by: "
                    f"flame-cam takes list {path.parent}"
                )
            self._running = TakeRecorder(path)
        except OutputError as error:
            self._say(str(error))

    def finish(self) -> None:
        """End the take that is being recorded, where there is one."""
        if self._running is not None:
            self._end(self._running)

    def see(self, live_frame: LiveFrame) -> None:
        """Record what the tracker saw, with the person's own left and right; repeated frames do not count."""
        running, seen = self._running, live_frame.observation
        if running is not None and live_frame.fresh:
            if seen is not None and live_frame.mirrored:
                seen = mirror_observation(seen)
            running.add(seen, live_frame.time_s)

    def status(self) -> str:
        """Return the status of the take that is being recorded, "" without one; notices report ended ones."""
        running = self._running
        if running is not None and running.report() is not None:
            self._end(running)
        elif running is not None and running.frames >= MOST_FRAMES:
            # A longer take could not be read again.
            self._end(running)
            self.toggle()
        for recorder in list(self._finishing):
            if report := recorder.report():
                self._finishing.remove(recorder)
                self._say(told(report))
        if self._running is None:
            return ""
        missed = f", {counted(self._running.missed, 'frame')} missed" if self._running.missed else ""
        return f"take {clock_time(self._running.seconds)}{missed}"

    def close(self, say: Say) -> None:
        """End every take, wait until it is written, and tell `say`, which outlives the window."""
        self.finish()
        for recorder in self._finishing:
            if recorder.frames > _LONG and recorder.report() is None:
                say(f"writing the take {recorder.path}")
            say(told(recorder.stop()))
        self._finishing = []

    def _end(self, running: TakeRecorder) -> None:
        running.finish()
        self._finishing.append(running)
        self._running = None


def told(report: TakeReport) -> str:
    """Return the notice about a take that has ended."""
    held = f"{report.seconds:.1f} s ({counted(report.frames, 'frame')})"
    if report.frames == 0:
        return report.error or f"no take was recorded to {report.path}: no frame came"
    if report.path.suffix == SUFFIX:
        folder = report.path.parent
        where = f"{held} are in {report.path}; make a take of it by: flame-cam takes list {folder}"
        return f"{report.error} {where}"
    missed = f", {counted(report.missed, 'frame')} missed" if report.missed else ""
    kept = f"recorded a take of {held} to {report.path}{missed}"
    return kept if report.error is None else f"{report.error} It had {kept}"
