"""A clip behind the head in the live window, played at its own speed on a thread of its own."""

from __future__ import annotations

from app.live.threads.slot import Slot, SlotClosed
from app.live.threads.worker import Worker
from app.pipeline.backgrounds import Backgrounds
from app.sources import Source
from mappings.frames import Frame
from render.scene.background import AnyBackground, PictureBackground

JOIN_S = 0.5
"""Longest wait for the thread at the end."""


class PlayingBackground(Backgrounds):
    """The newest frame of a clip; decoding never delays the window."""

    def __init__(self, source: Source) -> None:
        """Take a source that is open live and in a loop, and close it with the background."""
        super().__init__()
        self._source = source
        self._frames: Slot[Frame] = Slot()
        self._worker = Worker("background", source.frames(), self._frames)
        self._worker.start()

    @property
    def now(self) -> AnyBackground:
        """The newest frame, the studio before the first. Raises what ended the clip."""
        try:
            frame = self._frames.take(0.0)
        except SlotClosed:
            frame = None
            if self._worker.error is not None:
                raise self._worker.error from None
        if frame is not None:
            self.shown = PictureBackground(frame.image)
        return self.shown

    def close(self) -> None:
        """End the thread and close the clip."""
        self._frames.close()
        self._source.close()
        self._worker.join(JOIN_S)
