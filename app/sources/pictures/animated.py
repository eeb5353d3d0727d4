"""Play back an animated picture as a clip."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Final

from PIL import Image

from app.sources.contract import Source, SourceItem, SourceNotice
from app.sources.frame_rate import frame_rate
from app.sources.pictures.color import hdr_coding
from app.sources.pictures.converting import displayed
from app.sources.pictures.formats import Kind
from app.sources.pictures.frame_delays import UNSTATED_S, delays_of
from app.sources.pictures.pillow_reader import CUT, open_picture, reading_picture
from app.sources.playback import LONGEST_PAUSE_S, Playback, play
from flame_model.arrays import Picture
from flame_model.errors import SourceError
from flame_model.notices import counted
from mappings.frames import Frame

_TICKS_S = {"GIF": 0.01}
_TICK_S = 0.001
"""Precision of the delays of formats other than GIF."""
_MOST_PICTURES = 10**6
"""Larger counts are false statements: a damaged PNG may state two thousand million pictures."""


class AnimatedSource(Source):
    """Yields the pictures of a GIF, WebP, PNG or AVIF by their own delays; a damaged file ends with a notice.

    One picture at a time is decoded. The number of loops in the file is ignored; `Playback.loop` decides.
    """

    def __init__(self, path: Path, kind: Kind, span: range, playback: Playback) -> None:
        """Read the delays and the first picture; `span` holds the indices of the shown pictures.

        Raises SourceError.
        """
        self.name = path.name
        self.is_camera = False
        self._path: Final = path
        self._kind: Final = kind
        self._span: Final = span[:_MOST_PICTURES]
        self._playback: Final = playback
        self._stopping: Final = threading.Event()
        self._damaged = False
        with reading_picture(path):
            self._hdr = hdr_coding(path, kind)
            stated = delays_of(path, kind)[: len(self._span)]
        delays_s = stated + [UNSTATED_S] * (len(self._span) - len(stated))
        self._times_s = list(accumulate(delays_s[:-1], initial=0.0))
        self.last_s = min(delays_s[-1], LONGEST_PAUSE_S)
        self.fps = frame_rate(self._times_s, (), _TICKS_S.get(kind, _TICK_S))
        self.frame_count = len(stated) or len(self._span)
        self.size = self._first_size()

    def _first_size(self) -> tuple[int, int]:
        with reading_picture(self._path), open_picture(self._path, self._kind) as picture:
            picture.seek(self._span.start)
            height, width = self._displayed(picture).shape[:2]
        return width, height

    def _displayed(self, picture: Image.Image) -> Picture:
        return displayed(picture, self._playback.backdrop, self._hdr)

    def __iter__(self) -> Iterator[SourceItem]:
        """Yield frames, and a notice after the last where not all pictures could be read."""
        index = -1
        for index, time_s, image in play(self._round, self._playback, self._stopping, self.last_s):
            yield Frame(index, time_s, image)
        if self._damaged and not self._stopping.is_set():
            yield SourceNotice(f"{self.name} is damaged: {counted(index + 1, 'frame')} could be read.")

    def _round(self) -> Iterator[tuple[float, Picture]]:
        """Decode the animation once from its beginning, up to the first damage."""
        with reading_picture(self._path):
            picture = open_picture(self._path, self._kind)
        self._damaged = picture.info[CUT]
        with picture:
            for place, time_s in zip(self._span, self._times_s, strict=True):
                try:
                    with reading_picture(self._path):
                        picture.seek(place)
                        image = self._displayed(picture)
                except SourceError:
                    self._damaged = True
                    return
                yield time_s, self._fitted(image)

    def _fitted(self, image: Picture) -> Picture:
        """Return the picture cropped to the size of the first one; a GIF may grow midway."""
        width, height = self.size
        return image[:height, :width]

    def close(self) -> None:
        """End the iteration after the frame it is working on, which closes the file."""
        self._stopping.set()
