"""Types of option values, which refuse unusable values before anything is opened."""

from __future__ import annotations

import math
import os
import re
from typing import Any

import click

from mappings.adjusting.parts import PART_NAMES, STRONGEST
from mappings.downloads.address import parts
from mappings.tracking.views.zoom import MOST_ZOOM, Zoom

SMALLEST_SIDE, LARGEST_SIDE = 16, 8192
"""Limits of --size, pixels."""
LONGEST_NAME, LONGEST_PATH = 255, 4095
"""Limits of file systems and of Linux, bytes."""
MOST_FRAMES = 10**9
"""Largest value of --frames, a year at 30 frames a second."""
_CAMERA = re.compile(r"\d{1,3}")

Context = click.Context | None
Parameter = click.Parameter | None


class Text(click.ParamType):
    """Text that is not blank."""

    name = "text"

    def convert(self, value: Any, param: Parameter, ctx: Context) -> str:
        """Return the text, or fail."""
        if not str(value).strip():
            self.fail("an empty name is not allowed; leave the option out or give it a value.", param, ctx)
        try:
            held = b"\0" not in os.fsencode(value)
        except UnicodeError:
            held = False
        if not held:
            self.fail(f"{value!r} holds a character that is not allowed in names.", param, ctx)
        return str(value)


class SourceText(Text):
    """The name of a source: a camera, a file or an address."""

    name = "source"

    def convert(self, value: Any, param: Parameter, ctx: Context) -> str:
        """Return the text, or fail where no source can have this name."""
        given = super().convert(value, param, ctx)
        text = given.strip()
        if "://" in text:
            split = parts(text)
            if split is None or not split.hostname:
                self.fail(f"{text!r} is not a complete address such as https://host/clip.mp4.", param, ctx)
        elif text.isdecimal() and not _CAMERA.fullmatch(text):
            self.fail(f"there is no camera {text}; list the cameras with: flame-cam cameras.", param, ctx)
        else:
            _check_length(self, text, param, ctx)
        return given


class PathText(Text):
    """A name or the path of a file."""

    def convert(self, value: Any, param: Parameter, ctx: Context) -> str:
        """Return the text, or fail where neither can be called so."""
        text = super().convert(value, param, ctx)
        _check_length(self, text, param, ctx)
        return text


class FilePath(click.Path):
    """The path of a file or folder."""

    def convert(self, value: Any, param: Parameter, ctx: Context) -> Any:
        """Return the path, or fail where no file can have this name."""
        text = Text().convert(os.fspath(value), param, ctx)
        _check_length(self, text, param, ctx)
        return super().convert(value, param, ctx)


class Number(click.FloatRange):
    """A finite number within limits."""

    def convert(self, value: Any, param: Parameter, ctx: Context) -> float:
        """Return the number, or fail."""
        number = float(super().convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{value!r} is not a finite number.", param, ctx)
        return number


class Strength(click.ParamType):
    """A strength PART=NUMBER of what was tracked, parsed into a pair."""

    name = "PART=NUMBER"

    def convert(self, value: Any, param: Parameter, ctx: Context) -> tuple[str, float]:
        """Return the part and its strength, or fail."""
        if isinstance(value, tuple):
            return value
        part, _, text = value.partition("=")
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if part.strip() not in PART_NAMES or not 0.0 <= number <= STRONGEST:
            self.fail(
                f"{value!r} is not a strength (0 to {STRONGEST:g}) such as mouth=1.2; "
                f"parts are {', '.join(PART_NAMES)}.",
                param,
                ctx,
            )
        return part.strip(), number


class Count(click.IntRange):
    """A whole number from 1 to a limit."""

    def __init__(self, most: int) -> None:
        super().__init__(1, most)

    def convert(self, value: Any, param: Parameter, ctx: Context) -> int:
        """Return the number, or fail."""
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            self.fail(f"{value!r} is not a whole number from 1 to {self.max}.", param, ctx)


class Size(click.ParamType):
    """A size WIDTHxHEIGHT in pixels, parsed into a pair of integers."""

    name = "WxH"

    def convert(self, value: Any, param: Parameter, ctx: Context) -> tuple[int, int]:
        """Return (width, height), or fail."""
        if isinstance(value, tuple):
            return value
        match = re.fullmatch(r"(\d{1,5})x(\d{1,5})", value.strip().lower())
        if match is None:
            self.fail(f"{value!r} is not a size such as 720x720.", param, ctx)
        width, height = int(match[1]), int(match[2])
        if not all(SMALLEST_SIDE <= side <= LARGEST_SIDE for side in (width, height)):
            self.fail(f"{value!r} has a side outside {SMALLEST_SIDE} to {LARGEST_SIDE} pixels.", param, ctx)
        return width, height


class ZoomPart(click.ParamType):
    """A zoom FACTOR or FACTOR,X,Y; X and Y are fractions of the picture's width and height."""

    name = "FACTOR[,X,Y]"

    def convert(self, value: Any, param: Parameter, ctx: Context) -> Zoom:
        """Return the zoom, or fail."""
        if isinstance(value, Zoom):
            return value
        try:
            factor, *middle = (float(number) for number in value.split(","))
        except ValueError:
            factor, middle = math.nan, []
        if len(middle) not in (0, 2) or not 1.0 <= factor <= MOST_ZOOM:
            self.fail(
                f"{value!r} is not a zoom (1 to {MOST_ZOOM:g}) such as 3 or 3,0.5,0.25.",
                param,
                ctx,
            )
        if not all(0.0 <= share <= 1.0 for share in middle):
            self.fail(f"{value!r} is a zoom outside the picture; X and Y are 0 to 1.", param, ctx)
        return Zoom(factor, (middle[0], middle[1]) if middle else None)


def _check_length(kind: click.ParamType, text: str, param: Parameter, ctx: Context) -> None:
    longest = max(len(os.fsencode(part)) for part in re.split(r"[/\\]" if os.name == "nt" else "/", text))
    if longest > LONGEST_NAME or len(os.fsencode(text)) > LONGEST_PATH:
        limits = f"a name has at most {LONGEST_NAME} bytes, a path {LONGEST_PATH}"
        kind.fail(f"{text!r} is too long; {limits}.", param, ctx)
