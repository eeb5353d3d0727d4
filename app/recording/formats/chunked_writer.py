"""The common part of animated PNG and WebP: one self-contained piece of the file for each frame.

After each frame the counts at the head of the file are updated, so that the file is complete at any moment.
Nothing is left to do at the end, and nothing is lost where the process is killed.
"""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path

import numpy as np

from app.recording.formats.disk_file import DiskFile, writing_error
from app.recording.writer import FileWriter
from flame_model.arrays import Picture

Box = tuple[int, int, int, int]
"""x, y, width, height in pixels."""


class ChunkedWriter(FileWriter):
    """A writer that appends the changed part of each picture as one piece; subclasses encode the pieces."""

    tail = b""
    """Bytes that end the file; the next frame overwrites them."""

    def __init__(self, path: Path, size: tuple[int, int], fps: float) -> None:
        """Open the file for pictures of `size` (W, H); raises OutputError."""
        super().__init__(path)
        self.size = size
        self.fps = fps
        self._previous: Picture | None = None
        self._end = 0
        """Position after the last piece."""
        self._file = DiskFile(self.place.made)

    @abstractmethod
    def _head(self) -> bytes:
        """Return the head of a file of `frames` frames that end at `_end`; its length must never change."""

    @abstractmethod
    def _piece(self, rgba: Picture, box: Box) -> bytes:
        """Return the piece for frame number `frames`, which replaces `box` by the picture's pixels."""

    def add(self, rgba: Picture) -> None:
        """Append one picture (H, W, 4); raises OutputError on a full disk."""
        if self.failure:
            raise self.failure
        box = (0, 0, *self.size) if self._previous is None else changed_box(self._previous, rgba)
        if self.frames == 0:
            self._end = self._file.write(self._head())
        piece = self._piece(rgba, box)
        self._file.seek(self._end)
        self._file.write(piece)
        if self._file.error is None:
            self._file.mark()
        self._file.write(self.tail)
        if self._file.error:
            self._fail(self._file.error)
        self._end += len(piece)
        self.frames += 1
        self._previous = rgba
        self._file.seek(0)
        self._file.write(self._head())

    def _fail(self, error: OSError) -> None:
        """Cut off the unfinished frame and raise OutputError."""
        self._file.settle(self.tail)
        self.failure = writing_error(self.path, error)
        raise self.failure

    def finish(self) -> None:
        """Close the file, which is already complete; raises OutputError where it was removed for good."""
        self._file.close()
        if self._file.error and self.failure is None:
            self.frames = 0
            self.failure = writing_error(self.path, self._file.error)
            raise self.failure


def changed_box(before: Picture, after: Picture) -> Box:
    """Return the smallest box that holds every changed pixel, from even coordinates on; at least 2 x 2."""
    height, width = after.shape[:2]
    changed = _packed(before) != _packed(after)
    columns, rows = np.flatnonzero(changed.any(axis=0)), np.flatnonzero(changed.any(axis=1))
    if not len(rows):
        return 0, 0, min(2, width), min(2, height)
    x, y = int(columns[0]) // 2 * 2, int(rows[0]) // 2 * 2
    return x, y, int(columns[-1]) + 1 - x, int(rows[-1]) + 1 - y


def _packed(rgba: Picture) -> np.ndarray:
    """Return each pixel as one number (H, W), which is compared four times as fast."""
    return np.ascontiguousarray(rgba).view(np.uint32)[..., 0]
