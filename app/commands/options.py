"""Options and value types that several commands share."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from mappings.tracking.zoom import MOST_ZOOM, Zoom

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

SMALLEST_SIDE, LARGEST_SIDE = 16, 8192


class SizeType(click.ParamType):
    """Parse WIDTHxHEIGHT in pixels into a pair of integers."""

    name = "WxH"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
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


class OutputType(click.Path):
    """Take the path of an output; an empty one would mean the current folder."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path or fail."""
        if isinstance(value, str) and not value.strip():
            self.fail("the output has no name; give one.", param, ctx)
        return super().convert(value, param, ctx)


def yes_option(command: Decorated) -> Decorated:
    """Add --yes; a script, which nobody can ask, gets what it says without it."""
    return click.option("--yes", "replace", is_flag=True, help="Replace what is there unasked.")(command)


class ZoomType(click.ParamType):
    """Parse FACTOR or FACTOR,X,Y into a Zoom; X and Y are shares of the picture's width and height."""

    name = "FACTOR[,X,Y]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Zoom:
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


def debug_option(command: Decorated) -> Decorated:
    """Add --debug; `app.cli.run` looks for it before parsing, so that usage errors obey it too."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error.")(
        command
    )


def size_option(default: str) -> Callable[[Decorated], Decorated]:
    """Add --size."""
    return click.option("--size", type=SizeType(), default=default, show_default=True)


def landmarker_option(command: Decorated) -> Decorated:
    """Add --landmarker."""
    return click.option(
        "--landmarker",
        type=click.Path(path_type=Path),
        help="FaceLandmarker bundle (.task); else $FLAME_CAM_LANDMARKER, the cache, a download.",
    )(command)


def zoom_option(command: Decorated) -> Decorated:
    """Add --zoom."""
    return click.option(
        "--zoom",
        type=ZoomType(),
        help="Track a part of the picture, for a face too small: around it, or at X,Y in 0..1.",
    )(command)


def model_options(command: Decorated) -> Decorated:
    """Add --head, --mapping, --identity, --solver, --landmarker, --zoom: what moves a head."""
    options = (
        click.option("--head", default="builtin", show_default=True, help="Name or file of a head."),
        click.option("--mapping", type=click.Path(path_type=Path), help="Folder of a score mapping."),
        click.option(
            "--identity",
            type=click.Path(path_type=Path),
            help="Identity coefficients (.npz or .json) for the head.",
        ),
        click.option(
            "--solver",
            type=click.Choice(("scores", "landmarks", "hybrid")),
            help="What to take the parameters from; default: hybrid, scores where the head has no response.",
        ),
        landmarker_option,
        zoom_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


def profile_option(command: Decorated) -> Decorated:
    """Add --profile."""
    return click.option(
        "--profile", metavar="NAME", help="Your own calibration, as flame-cam calibrate makes it."
    )(command)


def person_options(command: Decorated) -> Decorated:
    """Add --profile and --smoothing: who moves the head, and how steadily."""
    smoothing = click.option(
        "--smoothing",
        type=click.FloatRange(0, 1),
        show_default="light",
        help="Calms trembling, costs promptness; 0 is off.",
    )
    return profile_option(smoothing(command))


def say(text: str) -> None:
    """Tell the person at the terminal what a source has to say."""
    click.echo(f"flame-cam: {text}", err=True)
