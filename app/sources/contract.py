"""The protocol of every source, with an example of your own, and the items that a source yields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from flame_model.errors import SourceError
from flame_model.files.closing import ClosedByWith
from flame_model.notices import Say
from mappings.frames import FaceObservation, Frame

if TYPE_CHECKING:
    from app.sources.clips.sound import ClipSound
    from app.sources.player import Player

ACCEPTED = (
    "a camera index, device path or part of a camera's name; a video, picture or take (.npz) file; "
    "an http(s) or rtsp address; or 'demo'"
)
"""What `open_source` takes, as error sentences list it."""


class NoCameraError(SourceError):
    """A camera was asked for, and the system has none."""


@dataclass(frozen=True, slots=True)
class TakeFrame:
    """One frame of a take: the recorded observation without the picture it was made from."""

    index: int
    """Counts the take's frames from 0 and goes on counting across loops."""
    time_s: float
    """Time in the source's own clock, strictly rising across loops; `observation.time_s` is as recorded."""
    observation: FaceObservation | None
    """None where the tracker saw no face."""


@dataclass(frozen=True, slots=True)
class SourceLost:
    """Reports that pictures stopped coming; yielded once per loss.

    A live source goes on trying by itself. The next `Frame` means that it is back.
    """

    text: str
    """One sentence for the user."""


@dataclass(frozen=True, slots=True)
class SourceNotice:
    """Reports something that the user should know, such as a clip that ends early."""

    text: str
    """One sentence for the user."""


Color = tuple[int, int, int]
"""Red, green and blue in sRGB, 0..255."""
BLACK: Color = (0, 0, 0)
"""What media players show behind transparent clips and pictures."""
SourceItem = Frame | TakeFrame | SourceLost | SourceNotice


class Source(ClosedByWith, Protocol):
    """A camera, clip, picture or take that yields its frames in order, once; `open_source` opens one.

        with open_source("clip.mp4") as source:
            for frame in source.frames(print):
                ...  # a Frame: index, time_s and image (H, W, 3) RGB uint8

    Iterate on one thread. `close` may be called from any thread and more than once: an iteration under way
    ends after the item it is working on, and the file, camera or connection is released.

    A source of your own is a class with the attributes below, `__iter__` and `close`. A class derived from
    `Source` can be used in a `with` statement:

        class Slides(Source):
            '''Shows each picture (H, W, 3) for one second.'''

            def __init__(self, pictures):
                self.name = "slides"
                self.is_camera = False
                self.fps = 1.0
                self.frame_count = len(pictures)
                self.size = (pictures[0].shape[1], pictures[0].shape[0])
                self._pictures = pictures
                self._closed = False

            def __iter__(self):
                for index, picture in enumerate(self._pictures):
                    if self._closed:
                        return
                    yield Frame(index, time_s=float(index), image=picture)

            def close(self):
                self._closed = True
    """

    name: str
    """What the screen calls the source: camera name, file name or address."""
    is_camera: bool
    """Whether the picture is mirrored by default, as users expect of their own camera."""
    fps: float | None
    """Nominal frames per second; None where unknown."""
    frame_count: int | None
    """Frames of one round, as the file states them; None where unknown or endless."""
    size: tuple[int, int] | None
    """(W, H) of the frames in pixels; None for a take, which has no pictures."""
    last_s: float = 0.0
    """Seconds that the last frame is shown, 0 where the file does not state it. A clip sets it at its end."""
    player: Player | None = None
    """Plays a take in a live run as its viewer asks; None where nothing but going on is possible."""

    def __iter__(self) -> Iterator[SourceItem]:
        """Yield frames (of a take, recorded observations) and reports, such as a loss.

        Indices and times of frames rise strictly, also across loops and losses.
        """
        ...

    def frames(self, say: Say = lambda _: None) -> Iterator[Frame]:
        """Yield the frames alone; losses and damage are reported to `say`, one sentence each.

        Raises SourceError for a take, which has observations in place of frames.
        """
        for frame in self.observable(say):
            if isinstance(frame, TakeFrame):
                raise SourceError(f"{self.name} is a take, which has no pictures; read it with load_take.")
            yield frame

    def observable(self, say: Say = lambda _: None) -> Iterator[Frame | TakeFrame]:
        """Yield the frames of pictures or of a take; losses and damage are reported to `say`."""
        for item in self:
            if isinstance(item, SourceLost | SourceNotice):
                say(item.text)
            else:
                yield item

    def sound(self) -> ClipSound | None:
        """Return the sound of one round from its first frame on, open; None where the source has none."""
        return None

    def close(self) -> None:
        """End the iteration and release the file, camera or connection."""
        ...
