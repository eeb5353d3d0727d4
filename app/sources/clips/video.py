"""Play back a clip: a video file, a finite video at an address or a video that a program pipes in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from app.sources.clips.clip import FALLBACK_FPS, Clip, Item
from app.sources.clips.decoding import SILENCE
from app.sources.clips.sound import ClipSound, open_clip_sound
from app.sources.contract import Source, SourceItem, SourceNotice
from app.sources.playback import Playback, play
from flame_model.notices import counted
from mappings.frames import Frame

_WHOLE = 0.9
"""A clip shorter than this share of its stated length was cut; smaller differences are rounding."""


class VideoSource(Source):
    """Yields the frames of a clip by its own timestamps; a damaged clip ends with a notice."""

    def __init__(
        self, name: str, open_clip: Callable[[], Clip], playback: Playback, path: Path | None = None
    ) -> None:
        """Open the clip for the first round; every further round opens it again. Raises SourceError.

        `path` is its file, from which the sound is read; None for bytes that can be read only once.
        """
        self.name = name
        self.is_camera = False
        self._open_clip = open_clip
        self._playback = playback
        self._stopping = threading.Event()
        self._damage: set[str] = set()
        first = open_clip()
        self.fps = first.fps
        self.frame_count = first.frame_count
        self.size = first.size
        self._stated_s, self._start_s, self._path = first.stated_s, first.start_s, path
        self._waiting = [first]

    def __iter__(self) -> Iterator[SourceItem]:
        """Yield frames, and a notice after the last where the clip was damaged or shorter than stated."""
        interval_s = 1.0 / (self.fps or FALLBACK_FPS)
        index, time_s = -1, 0.0
        for index, time_s, image in play(self._round, self._playback, self._stopping, interval_s):
            yield Frame(index, time_s, image)
        if self._stopping.is_set():
            return
        if SILENCE in self._damage:
            yield SourceNotice(f"{self.name} stopped sending after {counted(index + 1, 'frame')}.")
        elif self._damage:
            yield SourceNotice(f"{self.name} is damaged: {counted(index + 1, 'frame')} could be read.")
        elif time_s + interval_s < _WHOLE * self._stated_s:
            length = f"{time_s + interval_s:.1f} of {self._stated_s:.1f} seconds"
            yield SourceNotice(f"{self.name} ends early, after {length} and {counted(index + 1, 'frame')}.")

    def _round(self) -> Iterator[Item]:
        """Yield the clip's pictures once from its beginning."""
        clip = self._waiting.pop() if self._waiting else self._open_clip()
        yield from clip.pictures(self._stopping)
        self.last_s = clip.last_s
        self._damage |= clip.damage

    def sound(self) -> ClipSound | None:
        """Return the sound of a file from its first picture on; None where there is none."""
        return None if self._path is None else open_clip_sound(self._path, self._start_s)

    def close(self) -> None:
        """End the iteration after the frame it is working on, which closes the file."""
        self._stopping.set()
        # A clip whose iteration never began is closed here.
        while self._waiting:
            self._waiting.pop().close()
