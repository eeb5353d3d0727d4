"""Write a format after all its pictures have come: until then they wait, without loss, beside the output."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.recording.formats.spool import Spool
from app.recording.output_format import LEFT_SUFFIX
from app.recording.recorded_clip import RecordedClip
from app.recording.sound.contract import Sound
from app.recording.writer import Writer
from flame_model.arrays import Picture
from flame_model.errors import OutputError, SourceError
from flame_model.files.writing.move_into_place import Place
from flame_model.notices import counted

Encode = Callable[[RecordedClip, Path], int]
"""Writes the pictures into an empty file and returns how many it holds; raises OutputError."""


class SpooledWriter(Writer):
    """A writer that keeps up with live pictures whatever their format, and encodes them in `finish`.

    A killed process and a failure to encode leave the pictures in a hidden video beside the output; an older
    output stays as it was until then.
    """

    def __init__(
        self,
        path: Path,
        size: tuple[int, int],
        fps: float,
        *,
        alpha: bool,
        encode: Encode,
        sound: Sound | None = None,
    ) -> None:
        """Create the hidden video for pictures of `size` (W, H); raises OutputError."""
        self.path = path
        self.frames = 0
        self._encode = encode
        target = Path(os.path.realpath(path))
        # A path that no file can be written to is refused now rather than after the recording.
        Place(path).discard()
        self._spooled = Place(target.with_suffix(LEFT_SUFFIX))
        self._spool = Spool(self._spooled.made, path, size, fps, alpha=alpha, sound=sound)
        self._encoded: Place | None = None

    @property
    def replaces(self) -> bool:
        """Whether an older file is at the path."""
        return os.path.lexists(self.path)

    def add(self, rgba: Picture) -> None:
        """Append one picture (H, W, 4); raises OutputError on a full disk."""
        try:
            self._spool.add(rgba)
        finally:
            self.frames, self.failure = self._spool.frames, self._spool.failure

    def finish(self) -> None:
        """Encode the pictures; raises OutputError, and then leaves them where they are."""
        with suppress(OutputError):
            # A disk that filled up meanwhile has been told of already; what came before is encoded.
            self._spool.close()
        self.frames = self._spool.frames
        if not self.frames:
            return
        place = Place(self.path)
        try:
            self.frames = self._encode(self._spool.read(), place.made)
            self._encoded = place
        except SourceError as error:
            raise OutputError(str(error)) from error
        finally:
            if self._encoded is None:
                place.discard()

    def lasts_s(self, fps: float) -> float:
        """Return how long the file plays, whatever its rate has become."""
        return self._spool.frames / fps

    def _keep(self) -> None:
        if self._encoded is not None:
            self._encoded.keep()
            self._spooled.discard()

    def _discard(self) -> None:
        for place in (self._encoded, self._spooled):
            if place is not None:
                place.discard()

    def settle(self, *, replace: bool = True) -> None:
        """Move what was encoded to the path; the hidden video stays only where nothing could be encoded."""
        if self.frames and self._encoded is None:
            return
        super().settle(replace=replace)

    def outcome(self) -> str:
        """Return a sentence about what was written where the run did not end as planned."""
        if self.frames and self._encoded is None:
            return f"{counted(self.frames, 'frame')} are in {self._spooled.made}, a video without loss."
        return super().outcome()
