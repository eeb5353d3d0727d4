"""What the animated picture files have in common: one self-contained piece for each frame.

After every frame the counts at the head of the file are brought up to date, so that the file is whole at any
moment: there is nothing left to do at the end, and nothing is lost when there is none.
"""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path

import numpy as np

from app.recording.formats.disk import DiskFile, writing_error
from app.recording.formats.file_writer import FileWriter
from flame_model.arrays import Picture

Box = tuple[int, int, int, int]
"""x, y, width, height in pixels."""


class ChunkedWriter(FileWriter):
    """Append the changed part of each picture as one piece of the file; subclasses make the pieces."""

    tail = b""
    """What ends the file; each frame overwrites the one before."""

    def __init__(self, path: Path, size: tuple[int, int], fps: float) -> None:
        """Open the file for pictures of `size` (W, H); raises OutputError."""
        super().__init__(path)
        self.size = size
        self.fps = fps
        self._before: Picture | None = None
        self._end = 0
        self._file = DiskFile(self.place.made)

    @abstractmethod
    def _head(self) -> bytes:
        """Return the beginning of a file of `frames` frames that end at `_end`; its length never changes."""

    @abstractmethod
    def _piece(self, rgba: Picture, box: Box) -> bytes:
        """Return frame number `frames`, which shows `box` of the picture."""

    def add(self, rgba: Picture) -> None:
        """Append one picture."""
        if self.failure:
            raise self.failure
        box = (0, 0, *self.size) if self._before is None else changed_box(self._before, rgba)
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
        self._before = rgba
        self._file.seek(0)
        self._file.write(self._head())

    def _fail(self, error: OSError) -> None:
        """Cut the unfinished frame off and raise the sentence."""
        self._file.settle(self.tail)
        self.failure = writing_error(self.path, error)
        raise self.failure

    def finish(self) -> None:
        """Close the file, which is whole already."""
        self._file.close()


def changed_box(before: Picture, after: Picture) -> Box:
    """Return the smallest box at even coordinates that holds every changed pixel; 2 x 2 at least."""
    height, width = after.shape[:2]
    changed = _packed(before) != _packed(after)
    columns, rows = np.flatnonzero(changed.any(axis=0)), np.flatnonzero(changed.any(axis=1))
    if not len(rows):
        return 0, 0, min(2, width), min(2, height)
    x, y = int(columns[0]) // 2 * 2, int(rows[0]) // 2 * 2
    return x, y, int(columns[-1]) + 1 - x, int(rows[-1]) + 1 - y


def _packed(rgba: Picture) -> np.ndarray:
    """Return (H, W): each pixel as one number, which compares four times as fast."""
    return np.ascontiguousarray(rgba).view(np.uint32)[..., 0]
