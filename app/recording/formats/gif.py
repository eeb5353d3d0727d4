"""GIF with one palette made from the whole clip, playable also where the writing was cut short."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from app.recording.formats.disk import writing_error
from app.recording.formats.encoding import Encoding, Format
from app.recording.formats.file_writer import FileWriter
from app.recording.formats.gif_palette import Painter, PaletteMaker
from app.recording.formats.png import decode_png, encode_png
from flame_model.arrays import Picture
from flame_model.errors import OutputError
from flame_model.files.writing.placing import Place

SPOOL_BYTES = 64 * 2**20
"""Compressed frames held back for the palette: about 15 s of a 512x512 head."""
DRAFT_S = 0.5
"""Frames that the draft takes together, the first with its palette; what a killed process loses."""
_OPAQUE = np.array([0, 0, 0, 255], dtype=np.uint8)
_FORMAT = Format("gif", "gif", {"loop": "0"}, {}, tail=b";")


class GifWriter(FileWriter):
    """Write a GIF of 255 colours and one-bit alpha that loops for ever.

    A palette for the whole clip needs every colour before the first pixel is written. So the file grows as a
    draft, half a second at a time in the colours of the first, and the frames are held back, compressed,
    until the clip ends or `SPOOL_BYTES` are full. Then they are painted anew in the colours of all of them
    and take the draft's place; what comes later is written at once in these colours.
    """

    def __init__(self, path: Path, size: tuple[int, int], fps: float, *, alpha: bool) -> None:
        """Open the file for pictures of `size` (W, H); raises OutputError."""
        super().__init__(path)
        self._size, self._fps, self._alpha = size, fps, alpha
        self._file = self._opened(self.place.made)
        self._block: list[Picture] = []
        self._held: list[bytes] = []
        self._held_bytes = 0
        self._palette = PaletteMaker(size)
        self._painter: Painter | None = None
        """In the colours of the whole clip; None while there is a draft."""
        self._draft_painter: Painter | None = None

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
        """Paint what was held back and finish the file."""
        if self.failure is None and not self._painter:
            self._paint_anew()
        try:
            self._file.close()
        finally:
            self._take_over()
        if self.failure:
            raise self.failure

    def _opened(self, made: Path) -> Encoding:
        file = Encoding(made, self.path, _FORMAT, self._fps)
        file.stream.width, file.stream.height = self._size
        file.stream.pix_fmt = "pal8"
        return file

    def _hold(self, rgba: Picture) -> None:
        png = encode_png(rgba, alpha=self._alpha)
        self._palette.look_at(rgba)
        self._held.append(png)
        self._held_bytes += len(png)

    def _draft(self) -> None:
        """Write the block in the colours of the first one."""
        block, self._block = self._block, []
        if block and self._draft_painter is None:
            palette = PaletteMaker(self._size)
            for rgba in block:
                palette.look_at(rgba)
            # Kept for all that follows, as a painter remembers what it has matched: a new one for each block
            # took 11.5 s of processor time for 150 frames of 256x256, one for all 8.7 s.
            self._draft_painter = Painter(palette.finish(), self._size)
        if block and self._draft_painter:
            self._paint(self._draft_painter, block)

    def _paint_anew(self) -> None:
        """Put all that was held back in the draft's place; where the disk has no room for both it stays."""
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
                self._encode(final, self._painter, decode_png(png))
            self._change_to(final)
        except OutputError:
            self._take_over()
        finally:
            place.discard()

    def _change_to(self, final: Encoding) -> None:
        """Go on with the file that is painted anew, in the place of the draft."""
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
                self._encode(self._file, painter, rgba)
        finally:
            self._take_over()

    def _encode(self, file: Encoding, painter: Painter, rgba: Picture) -> None:
        frame = painter.paint(rgba)
        frame.time_base = 1 / file.rate
        file.encode(frame)

    def _take_over(self) -> None:
        self.frames, self.failure = self._file.frames, self.failure or self._file.failure
