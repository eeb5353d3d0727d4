"""What every source is: the one protocol, and what it yields besides pictures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

from mappings.frames import FaceObservation, Frame

ACCEPTED = (
    "a camera index, device path or part of a camera's name; a video, picture or take (.npz) file; "
    "an http(s) or rtsp address; or 'demo'"
)


@dataclass(frozen=True, slots=True)
class TakeFrame:
    """Hold one frame of a take: what the tracker saw, without the picture."""

    index: int
    """Counts the take's frames from 0, across loops."""
    time_s: float
    """Time in the source's own clock, strictly rising across loops (the observation keeps its first time)."""
    observation: FaceObservation | None
    """None where the tracker saw no face."""


@dataclass(frozen=True, slots=True)
class SourceLost:
    """Say that pictures stopped coming; yielded once per loss, and a live source goes on trying by itself."""

    text: str
    """One sentence for the notice; the next `Frame` means that the source is back."""


@dataclass(frozen=True, slots=True)
class SourceNotice:
    """Carry one sentence a person should read, such as a clip that ends before its time."""

    text: str


Color = tuple[int, int, int]
"""sRGB, 0..255."""
BLACK: Color = (0, 0, 0)
"""What players have behind transparent clips and pictures."""
SourceItem = Frame | TakeFrame | SourceLost | SourceNotice


@dataclass(frozen=True, slots=True)
class Playback:
    """Say how a source is played; the clock and the sleep are passed in so that tests need not wait."""

    live: bool
    """True: at the source's own speed. False: every frame, as fast as it is asked for."""
    loop: bool = False
    clock: Callable[[], float] = time.perf_counter
    """Seconds, rising."""
    sleep: Callable[[float], object] = time.sleep
    backdrop: Color = BLACK
    """What shows through transparent pictures."""


class Source(Protocol):
    """Give pictures (or, for a take, observations) in order, once.

    Iterate on one thread. `close` may be called from any thread and more than once: an iteration under way
    ends after the item it is working on, and what the source holds open is let go.
    """

    name: str
    """What to call the source on the screen: camera name, file name or address."""
    is_camera: bool
    """True where the picture is the user's mirror image by default."""
    fps: float | None
    """Nominal frames per second; None where unknown."""
    frame_count: int | None
    """Frames of one round, as the file states it; None where unknown or endless."""
    size: tuple[int, int] | None
    """(W, H) of the pictures as they will be shown; None for takes."""
    last_s: float = 0.0
    """Seconds that the last picture stays where the file says so, else 0; a clip knows at its end."""

    def __iter__(self) -> Iterator[SourceItem]:
        """Yield the items; `Frame.index` and times rise strictly, also across loops and losses."""
        ...

    def close(self) -> None:
        """End the iteration and let go of the file, camera or connection."""
        ...

    def __enter__(self) -> Self:
        """Return the source itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the source."""
        self.close()
