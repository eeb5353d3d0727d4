"""Record a take: observations go to a journal as they come, and at the end the journal becomes the take."""

from __future__ import annotations

import queue
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from app.recording.take_saving import save_journal
from app.system.daemon import Daemon
from flame_model.errors import OutputError
from flame_model.files.writing.write_errors import reason_of
from mappings.frames import FaceObservation
from mappings.records.take_journal import SUFFIX, TakeJournal

SYNC_S = 0.5
"""Seconds after which the disk has what was recorded, so that a power cut loses at most a second."""
_WAITING = 2048
"""Frames that wait for the disk, a minute at 30 a second and 12 MB."""
_NAP_S = 0.1
"""Longest wait for a frame before looking whether the recording has ended."""


@dataclass(frozen=True, slots=True)
class TakeReport:
    """Result of the recording of a take."""

    path: Path
    """The take, or the journal where the take could not be written."""
    frames: int
    missed: int
    """Frames that came faster than the disk took them."""
    seconds: float
    """From the first to the last frame."""
    error: str | None
    """Sentence about the error that ended the recording early, else None."""


class TakeRecorder:
    """A take that is being recorded; its journal lies beside the file that it becomes."""

    def __init__(self, path: Path) -> None:
        """Create the journal and start the thread that writes it; raises OutputError."""
        self.path = path
        self.missed = 0
        self.seconds = 0.0
        """From the first to the newest frame."""
        process = psutil.Process()
        self._journal = TakeJournal(path.with_suffix(SUFFIX), (process.pid, process.create_time()))
        self._begun_s: float | None = None
        self._waiting: queue.Queue[tuple[FaceObservation | None, float]] = queue.Queue(_WAITING)
        self._written_s = 0.0
        self._error: str | None = None
        self._finishing = False
        self._report: TakeReport | None = None
        self._thread = Daemon("take", self._run)
        self._thread.start()

    @property
    def frames(self) -> int:
        """Number of frames that were written."""
        return self._journal.frames

    def add(self, observation: FaceObservation | None, time_s: float) -> None:
        """Hand over the observation of a frame without waiting; times that do not rise are left out."""
        begun_s = time_s if self._begun_s is None else self._begun_s
        taken_s = time_s - begun_s
        if self._finishing or (self._begun_s is not None and taken_s <= self.seconds):
            return
        try:
            self._waiting.put_nowait((observation, taken_s))
        except queue.Full:
            self.missed += 1
            return
        self._begun_s, self.seconds = begun_s, taken_s

    def finish(self) -> None:
        """Ask for the take to be written, without waiting for it."""
        self._finishing = True

    def report(self) -> TakeReport | None:
        """Return the result, None while the recording or the writing goes on."""
        return self._report

    def stop(self) -> TakeReport:
        """End the recording, wait for the take and return the result; may be called again."""
        self.finish()
        self._thread.join()
        assert self._report is not None
        return self._report

    def _run(self) -> None:
        try:
            self._write()
        except OSError as error:
            self._finishing = True
            self._error = f"{self.path} cannot be written any further ({reason_of(error)})."
        self._report = self._finished()

    def _write(self) -> None:
        """Append the frames that come to the journal until the recording ends; raises OSError."""
        synced_s, synced = time.monotonic(), 0
        while not (self._finishing and self._waiting.empty()):
            with suppress(queue.Empty):
                observation, time_s = self._waiting.get(timeout=_NAP_S)
                self._journal.add(observation, time_s)
                self._written_s = time_s
            if self.frames > synced and time.monotonic() - synced_s > SYNC_S:
                self._journal.sync()
                synced_s, synced = time.monotonic(), self.frames

    def _finished(self) -> TakeReport:
        """Turn the journal into the take and return the report."""
        path, error = self.path, self._error
        try:
            save_journal(self._journal, path)
        except Exception as refusal:
            # Whatever it was, the journal is there and the user has to know.
            known = isinstance(refusal, OutputError)
            path = self._journal.path
            error = error or (str(refusal) if known else f"{self.path} cannot be written: {refusal}.")
        return TakeReport(path, self.frames, self.missed, self._written_s, error)
