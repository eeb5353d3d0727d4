"""Options and value types that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from app.commands.values import FilePath, Number, PathText, Size, SourceText, Text, ZoomPart

Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def yes_option(command: Decorated) -> Decorated:
    """Add --yes; a script, which nobody can ask, gets what it says without it."""
    return click.option("--yes", "replace", is_flag=True, help="Replace what is there unasked.")(command)


def debug_option(command: Decorated) -> Decorated:
    """Add --debug; `app.cli.run` looks for it before parsing, so that usage errors obey it too."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Show the traceback of an error.")(
        command
    )


def size_option(default: str) -> Callable[[Decorated], Decorated]:
    """Add --size."""
    return click.option("--size", type=Size(), default=default, show_default=True)


def landmarker_option(command: Decorated) -> Decorated:
    """Add --landmarker."""
    return click.option(
        "--landmarker",
        type=FilePath(path_type=Path),
        help="FaceLandmarker bundle (.task); else $FLAME_CAM_LANDMARKER, the cache, a download.",
    )(command)


def zoom_option(command: Decorated) -> Decorated:
    """Add --zoom."""
    return click.option(
        "--zoom",
        type=ZoomPart(),
        help="Track a part of the picture, for a face too small: around it, or at X,Y in 0..1.",
    )(command)


def source_option(words: str) -> Callable[[Decorated], Decorated]:
    """Add --source."""
    return click.option("--source", type=SourceText(), default="0", show_default=True, help=words)


def head_option(words: str) -> Callable[[Decorated], Decorated]:
    """Add --head."""
    return click.option("--head", type=PathText(), default="builtin", show_default=True, help=words)


def model_options(command: Decorated) -> Decorated:
    """Add --head, --mapping, --identity, --solver, --landmarker, --zoom: what moves a head."""
    options = (
        head_option("Name or file of a head."),
        click.option("--mapping", type=FilePath(path_type=Path), help="Folder of a score mapping."),
        click.option(
            "--identity",
            type=FilePath(path_type=Path),
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
    words = "Your own calibration, as flame-cam calibrate makes it."
    return click.option("--profile", type=Text(), metavar="NAME", help=words)(command)


def person_options(command: Decorated) -> Decorated:
    """Add --profile and --smoothing: who moves the head, and how steadily."""
    smoothing = click.option(
        "--smoothing",
        type=Number(0, 1),
        show_default="light",
        help="Calms trembling, costs promptness; 0 is off.",
    )
    return profile_option(smoothing(command))
