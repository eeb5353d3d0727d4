"""Values of options: what no command could use is refused here, before anything is opened."""

from __future__ import annotations

import math
import os
import re
from typing import Any

import click

from mappings.downloads.address import parts
from mappings.tracking.views.zoom import MOST_ZOOM, Zoom

SMALLEST_SIDE, LARGEST_SIDE = 16, 8192
LONGEST_NAME, LONGEST_PATH = 255, 4095
"""Bytes that file systems and Linux take."""
MOST_FRAMES = 10**9
"""A year at 30 frames a second."""
_CAMERA = re.compile(r"\d{1,3}")

Context = click.Context | None
Parameter = click.Parameter | None


class Text(click.ParamType):
    """Take text that says something."""

    name = "text"

    def convert(self, value: Any, param: Parameter, ctx: Context) -> str:
        """Return the text or fail."""
        if not str(value).strip():
            self.fail("an empty name says nothing; leave the option out or give it a value.", param, ctx)
        try:
            held = b"\0" not in os.fsencode(value)
        except UnicodeError:
            held = False
        if not held:
            self.fail(f"{value!r} holds a character that no name can.", param, ctx)
        return str(value)


class SourceText(Text):
    """Take what may name a source: a camera, a file, an address."""

    name = "source"

    def convert(self, value: Any, param: Parameter, ctx: Context) -> str:
        """Return the text or fail where no source can have this name."""
        given = super().convert(value, param, ctx)
        text = given.strip()
        if "://" in text:
            split = parts(text)
            if split is None or not split.hostname:
                self.fail(f"{text!r} is not a whole address, such as https://host/clip.mp4.", param, ctx)
        elif text.isdecimal() and not _CAMERA.fullmatch(text):
            self.fail(f"there is no camera {text}; flame-cam cameras lists those there are.", param, ctx)
        else:
            _check_length(self, text, param, ctx)
        return given


class PathText(Text):
    """Take a name or the path of a file."""

    def convert(self, value: Any, param: Parameter, ctx: Context) -> str:
        """Return the text or fail where neither can be called so."""
        text = super().convert(value, param, ctx)
        _check_length(self, text, param, ctx)
        return text


class FilePath(click.Path):
    """Take the path of a file or folder."""

    def convert(self, value: Any, param: Parameter, ctx: Context) -> Any:
        """Return the path or fail where no file can have this name."""
        text = Text().convert(os.fspath(value), param, ctx)
        _check_length(self, text, param, ctx)
        return super().convert(value, param, ctx)


class Number(click.FloatRange):
    """Take a finite number within limits."""

    def convert(self, value: Any, param: Parameter, ctx: Context) -> float:
        """Return the number or fail."""
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return number


class Count(click.IntRange):
    """Take a whole number from 1."""

    def __init__(self, most: int) -> None:
        super().__init__(1, most)

    def convert(self, value: Any, param: Parameter, ctx: Context) -> int:
        """Return the number or fail."""
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            self.fail(f"{value!r} is not a whole number from 1 to {self.max}.", param, ctx)


class Size(click.ParamType):
    """Parse WIDTHxHEIGHT in pixels into a pair of integers."""

    name = "WxH"

    def convert(self, value: Any, param: Parameter, ctx: Context) -> tuple[int, int]:
        """Return (width, height) or fail with the value received."""
        if isinstance(value, tuple):
            return value
        match = re.fullmatch(r"(\d{1,5})x(\d{1,5})", value.strip().lower())
        if match is None:
            self.fail(f"{value!r} is not a size such as 720x720.", param, ctx)
        width, height = int(match[1]), int(match[2])
        if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in (width, height)):
            self.fail(f"{value!r} is outside {SMALLEST_SIDE} to {LARGEST_SIDE} pixels a side.", param, ctx)
        return width, height


class ZoomPart(click.ParamType):
    """Parse FACTOR or FACTOR,X,Y into a Zoom; X and Y are shares of the picture's width and height."""

    name = "FACTOR[,X,Y]"

    def convert(self, value: Any, param: Parameter, ctx: Context) -> Zoom:
        """Return the zoom or fail with the value received."""
        if isinstance(value, Zoom):
            return value
        try:
            factor, *middle = (float(number) for number in value.split(","))
        except ValueError:
            factor, middle = math.nan, []
        if len(middle) not in (0, 2) or not 1.0 <= factor <= MOST_ZOOM:
            self.fail(f"{value!r} is not a zoom such as 3 or 3,0.5,0.25 (1 to {MOST_ZOOM:g}).", param, ctx)
        if not all(0.0 <= share <= 1.0 for share in middle):
            self.fail(f"{value!r} looks beside the picture: X and Y go from 0 to 1.", param, ctx)
        return Zoom(factor, (middle[0], middle[1]) if middle else None)


def _check_length(kind: click.ParamType, text: str, param: Parameter, ctx: Context) -> None:
    longest = max(len(os.fsencode(part)) for part in re.split(r"[/\\]" if os.name == "nt" else "/", text))
    if longest > LONGEST_NAME or len(os.fsencode(text)) > LONGEST_PATH:
        limits = f"a name has {LONGEST_NAME} bytes at most, a path {LONGEST_PATH}"
        kind.fail(f"{text!r} is too long: {limits}.", param, ctx)
