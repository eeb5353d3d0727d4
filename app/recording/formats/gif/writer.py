"""Write GIF files with one palette for the whole clip, playable also where the writing ends early."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.recording.formats.disk_file import writing_error
from app.recording.formats.gif.file import GifFile
from app.recording.formats.gif.painter import Painter
from app.recording.formats.gif.palette import PaletteMaker
from app.recording.formats.png import decode_png, encode_png
from app.recording.writer import FileWriter
from flame_model.arrays import Picture
from flame_model.errors import OutputError
from flame_model.files.writing.move_into_place import Place

SPOOL_BYTES = 64 * 2**20
"""Compressed frames that are held back for the palette: about 15 s of a 512x512 head."""
DRAFT_S = 0.5
"""Seconds of frames that are added to the draft together, which is also what a killed process loses."""
_OPAQUE = np.array([0, 0, 0, 255], dtype=np.uint8)


class GifWriter(FileWriter):
    """A writer of GIF files with 255 colours and one-bit alpha that loop for ever.

    A palette for the whole clip needs all colours before the first pixel is written. So the file grows as a
    draft, `DRAFT_S` at a time, in the palette of its first block, and the frames are also held back,
    compressed, until the clip ends or they fill `SPOOL_BYTES`. Then they are written again in a palette of
    all their colours, and this file replaces the draft. Later frames are written at once in the same palette.
    """

    def __init__(self, path: Path, size: tuple[int, int], fps: float, *, alpha: bool) -> None:
        """Open the file for pictures of `size` (W, H); raises OutputError."""
        super().__init__(path)
        self._size, self._fps, self._alpha = size, fps, alpha
        self._file = self._opened(self.place.made)
        self._block: list[Picture] = []
        self._held: list[bytes] = []
        self._held_bytes = 0
        self._palette = PaletteMaker()
        self._painter: Painter | None = None
        """Paints in the palette of the whole clip; None while the file is a draft."""
        self._draft_painter: Painter | None = None
        """Paints in the palette of the draft's first block."""

    def add(self, rgba: Picture) -> None:
        """Append one picture; pixels less than half opaque become transparent."""
        if self.failure:
            raise self.failure
        rgba = rgba if self._alpha else rgba | _OPAQUE
        if self._painter:
            self._paint(self._painter, [rgba])
            return
        self._hold(rgba)
        self._block.append(rgba)
        if len(self._block) >= DRAFT_S * self._fps:
            self._draft()
        if self._held_bytes >= SPOOL_BYTES:
            self._paint_anew()

    def finish(self) -> None:
        """Write the held frames in the palette of the whole clip, and finish the file."""
        if self.failure is None and not self._painter:
            self._paint_anew()
        try:
            self._file.close()
        finally:
            self._take_over()
        if self.failure:
            raise self.failure

    def _opened(self, made: Path) -> GifFile:
        return GifFile(made, self.path, self._size, self._fps)

    def _hold(self, rgba: Picture) -> None:
        png = encode_png(rgba, alpha=self._alpha)
        self._palette.add(rgba)
        self._held.append(png)
        self._held_bytes += len(png)

    def _draft(self) -> None:
        """Write the block to the draft."""
        block, self._block = self._block, []
        if block and self._draft_painter is None:
            palette = PaletteMaker()
            for rgba in block:
                palette.add(rgba)
            self._draft_painter = Painter(palette.finish(), self._size)
        if block and self._draft_painter:
            self._paint(self._draft_painter, block)

    def _paint_anew(self) -> None:
        """Replace the draft by the held frames in one palette, where the disk has room for both files."""
        self._draft()
        if not self._held:
            return
        self._painter = Painter(self._palette.finish(), self._size)
        held, self._held = self._held, []
        try:
            place = Place(self.place.made)
        except OutputError:
            return
        try:
            final = self._opened(place.made)
            for png in held:
                final.paint(self._painter, decode_png(png))
            self._change_to(final)
        except OutputError:
            self._take_over()
        finally:
            place.discard()

    def _change_to(self, final: GifFile) -> None:
        """Replace the draft by the file `final` and go on writing to that."""
        self._file.close()
        try:
            final.file.move(self.place.made)
        except OSError as error:
            self.failure = writing_error(self.path, error)
            final.close()
        else:
            self._file = final

    def _paint(self, painter: Painter, pictures: list[Picture]) -> None:
        try:
            for rgba in pictures:
                self._file.paint(painter, rgba)
        finally:
            self._take_over()

    def _take_over(self) -> None:
        self.frames, self.failure = self._file.frames, self.failure or self._file.failure
