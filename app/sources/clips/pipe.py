"""Read a clip or picture that can be read only once and in order: a named pipe, standard input, a device."""

from __future__ import annotations

import os
import select
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.sources.clips.clip import Clip, Item
from app.sources.clips.containers import open_stream, reason
from app.sources.clips.decoding import SILENCE
from app.sources.clips.video import VideoSource
from app.sources.contract import Source
from app.sources.playback import Playback
from app.sources.still import StillSource
from flame_model.errors import SourceError

_PATIENCE_S = 5.0
"""How long the pipe may be silent."""
_NAP_S = 0.05
"""Seconds between two attempts to read a pipe that gives nothing."""
_PROBE_S = 0.5
"""Longest time for measuring the frame rate of a program that writes no faster than the clip plays."""


def open_pipe(path: Path, playback: Playback) -> Source:
    """Open a pipe or device; a clip is not looped, because it can be read only once. Raises SourceError."""
    clip = PipedClip(Pipe(path))
    picture = clip.sole_picture()
    if picture is not None:
        return StillSource(path.name, picture, playback)
    return VideoSource(path.name, lambda: clip, replace(playback, loop=False))


class Pipe:
    """Gives the bytes of a pipe as they arrive, with a limit on silence.

    FFmpeg calls `read` and cannot pass exceptions on, so an error is kept in `failure` and ends the bytes.
    """

    def __init__(self, path: Path) -> None:
        """Open the pipe without waiting for its writer; raises SourceError."""
        self.called = str(path)
        self.failure: BaseException | None = None
        self._begun = False
        try:
            self._file = os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0)), "rb", 0)
        except OSError as error:
            raise SourceError(f"{path} cannot be opened: {reason(error)}.") from error

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, at most `size`; b"" at the end, after 5 s of silence or a failure."""
        if self.failure is not None:
            return b""
        try:
            data = self._next(size)
        except BaseException as error:
            self.failure = error
            return b""
        self._begun |= bool(data)
        return data

    def _next(self, size: int) -> bytes:
        give_up_s = time.monotonic() + _PATIENCE_S
        while (left_s := give_up_s - time.monotonic()) > 0:
            if not select.select([self._file], [], [], left_s)[0]:
                continue
            data = self._file.read(size)
            if data or (data is not None and self._begun):
                return data
            # Nothing yet; some systems also return b"" for a pipe that no program has opened for writing.
            time.sleep(_NAP_S)
        what = "stopped sending" if self._begun else "gave nothing"
        raise SourceError(f"{self.called} {what} for {_PATIENCE_S:g} s; start the program that writes to it.")

    def close(self) -> None:
        """Close the pipe; a second call does nothing."""
        self._file.close()


class PipedClip(Clip):
    """A clip that is read as it is piped in."""

    def __init__(self, pipe: Pipe) -> None:
        """Wait for the first picture; raises SourceError where none comes or its format cannot be piped."""
        self._pipe = pipe
        try:
            super().__init__(open_stream(pipe, pipe.called), pipe.called, _PROBE_S)
        except SourceError as error:
            pipe.close()
            if pipe.failure is not None:
                raise pipe.failure from error
            raise SourceError(f"{error} Pipe MPEG-TS, WebM, MKV, AVI or MJPEG, or give a file.") from error

    def pictures(self, stopping: threading.Event) -> Iterator[Item]:
        """Yield the pictures as `Clip.pictures` does, until the writer ends or is silent for 5 s."""
        yield from super().pictures(stopping)
        if isinstance(self._pipe.failure, SourceError):
            self.damage.add(SILENCE)
        elif self._pipe.failure is not None:
            raise self._pipe.failure

    def close(self) -> None:
        """Close the decoder and the pipe."""
        super().close()
        self._pipe.close()
