"""What is behind the head: a colour, a picture, a clip, or the source's own picture, blurred."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from app.sources import Source, open_source
from app.sources.contract import BLACK, Color
from flame_model.arrays import Float32Array, Picture
from flame_model.errors import InputError
from flame_model.files.closing import ClosedByWith
from mappings.frames import Frame
from render.scene.background import BACKGROUND_NAMES, STUDIO, AnyBackground, Background, PictureBackground

CAMERA = "camera"
"""The background that shows the source's picture, blurred."""
BLURRED_HEIGHT = 90
"""Pixels of the picture that is blurred; nothing finer stays visible."""
SMOOTH = 3
"""Factor by which it is enlarged smoothly; textures are enlarged by straight lines, whose bends are seen."""
BLUR = 0.055
"""Standard deviation of the blur as a share of the height; chosen by eye, so that no face is recognised."""
DIMMED = 0.72
"""Brightness of the blurred picture, before which the head stands out; chosen by eye."""


class Backgrounds(ClosedByWith):
    """The background of one picture after another; this one never changes."""

    def __init__(self, shown: AnyBackground = STUDIO) -> None:
        self.shown = shown

    @property
    def now(self) -> AnyBackground:
        """The background of the next picture."""
        return self.shown

    def see(self, image: Picture | None) -> None:
        """Take the source's picture of the next picture."""

    def advance(self, time_s: float) -> None:
        """Go on to the time of the next picture, in seconds that do not fall."""

    def close(self) -> None:
        """Close what the background is read from."""


class BlurredSource(Backgrounds):
    """The source's own picture, blurred; the studio before the first one."""

    def __init__(self) -> None:
        super().__init__()
        self._image: Picture | None = None

    def see(self, image: Picture | None) -> None:
        """Blur the source's picture, where it is another array."""
        if image is not None and image is not self._image:
            self._image, self.shown = image, PictureBackground(blurred(image))


class ClipBackground(Backgrounds):
    """A picture or a clip, which begins again at its end."""

    def __init__(self, source: Source) -> None:
        """Take an open source in a loop, which is closed with the background."""
        super().__init__()
        self._source = source
        self._frames = source.frames()
        self._next: Frame | None = next(self._frames, None)

    def advance(self, time_s: float) -> None:
        """Show the frame that the clip has at this time."""
        newest: Frame | None = None
        while self._next is not None and self._next.time_s <= time_s:
            newest, self._next = self._next, next(self._frames, None)
        if newest is not None:
            self.shown = PictureBackground(newest.image)

    def close(self) -> None:
        """Close the clip."""
        self._source.close()


def open_backgrounds(text: str, of_clip: Callable[[Source], Backgrounds] = ClipBackground) -> Backgrounds:
    """Return the backgrounds that `text` names: what `Background.parse` knows, `camera`, or a file.

    `of_clip` makes the background of an open picture or clip; a live run plays it at its own speed. Raises
    InputError where the text names none of them, and SourceError where the file cannot be read.
    """
    known = Background.known(text)
    if known is not None:
        return Backgrounds(known)
    if shows_source(text):
        return BlurredSource()
    return of_clip(_open_file(text, live=of_clip is not ClipBackground))


def _open_file(text: str, *, live: bool) -> Source:
    """Open the picture or clip that a background names, in a loop. Raises InputError or SourceError."""
    path = Path(text)
    try:
        there = path.is_file()
    except OSError:
        there = False
    if not there:
        names = ", ".join((*BACKGROUND_NAMES, CAMERA))
        raise InputError(
            f"The background {text!r} is neither known nor a file; use {names}, #rrggbb, two colours "
            "such as white,#8090a0, or the path of a picture or clip."
        )
    # An absolute path is a file, whatever it is called; "demo" alone would be the take.
    source = open_source(path.absolute(), live=live, loop=True)
    if source.size is None:
        source.close()
        raise InputError(f"{path} is a take without pictures; name a picture or a clip as background.")
    return source


def shows_source(text: str) -> bool:
    """Return whether a background shows the source's pictures, which a take lacks."""
    return text.strip().lower() == CAMERA


def backdrop_of(text: str) -> Color:
    """Return the colour behind transparent parts of the source's pictures: the background's own, or black.

    Black is what players show behind transparent clips.
    """
    background = Background.known(text)
    if background is None or background.color is None:
        return BLACK
    red, green, blue = (round(255 * channel) for channel in background.color)
    return red, green, blue


def blurred(picture: Picture) -> Picture:
    """Return a picture (H, W, 3) blurred and dimmed, SMOOTH times BLURRED_HEIGHT high.

    It is rounded at random, because the steps of 8 bits would be seen in gradients that are as slow.
    """
    height, width = picture.shape[:2]
    size = max(round(BLURRED_HEIGHT * width / height), 1), BLURRED_HEIGHT
    small = DIMMED * cv2.resize(picture, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    soft = cv2.GaussianBlur(small, (0, 0), BLUR * BLURRED_HEIGHT, borderType=cv2.BORDER_REPLICATE)
    large = cv2.resize(soft, (SMOOTH * size[0], SMOOTH * size[1]), interpolation=cv2.INTER_CUBIC)
    return np.clip(large + _grain(large.shape[:2]), 0, 255).astype(np.uint8)


@cache
def _grain(size: tuple[int, int]) -> Float32Array:
    """Return random numbers (H, W, 1) from 0 to 1, always the same."""
    return np.random.default_rng(0).random((*size, 1), dtype=np.float32)
