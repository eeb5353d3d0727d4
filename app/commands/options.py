"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from app.commands.values import FilePath, Number, PathText, Size, SourceText, Strength, Text, ZoomPart
from app.model.solvers import BEST_SOLVER, SCORES, SOLVERS
from flame_model.paint.hair.styles import NONE, SHORT, STYLES
from flame_model.paint.recoloring.person_colors import HAIR, PRESETS
from mappings.adjusting.parts import PART_NAMES, STRONGEST
from render.framing_names import DEFAULT_FRAMING, FRAMING_NAMES
from render.looks.names import DEFAULT_LOOK, LOOK_NAMES
from render.scene.environment_names import DEFAULT_ENVIRONMENT, ENVIRONMENT_NAMES

MOST_GIF_MB = 1e6
"""Largest value of --gif-mb."""
Decorated = TypeVar("Decorated", bound=Callable[..., Any])


def yes_option(command: Decorated) -> Decorated:
    """Add --yes; outside a terminal nothing is asked, and files are replaced without it."""
    return click.option("--yes", "replace", is_flag=True, help="Replace existing files without asking.")(
        command
    )


def debug_option(command: Decorated) -> Decorated:
    """Add --debug; `app.cli.run` looks for it before parsing, so that it works for usage errors too."""
    return click.option("--debug", is_flag=True, expose_value=False, help="Print the traceback of an error.")(
        command
    )


def size_option(default: str, words: str) -> Callable[[Decorated], Decorated]:
    """Add --size."""
    return click.option("--size", type=Size(), default=default, show_default=True, help=words)


def landmarker_option(command: Decorated) -> Decorated:
    """Add --landmarker."""
    return click.option(
        "--landmarker",
        type=FilePath(path_type=Path),
        help="FaceLandmarker bundle (.task); default: $FLAME_CAM_LANDMARKER, the cache or a download.",
    )(command)


def zoom_option(command: Decorated) -> Decorated:
    """Add --zoom."""
    return click.option(
        "--zoom",
        type=ZoomPart(),
        help="Enlarge the picture around a face that is too small, or around X,Y (each 0 to 1).",
    )(command)


def source_option(words: str) -> Callable[[Decorated], Decorated]:
    """Add --source."""
    return click.option("--source", type=SourceText(), default="0", show_default=True, help=words)


def head_option(words: str) -> Callable[[Decorated], Decorated]:
    """Add --head."""
    return click.option("--head", type=PathText(), default="builtin", show_default=True, help=words)


def mapping_option(command: Decorated) -> Decorated:
    """Add --mapping."""
    words = "Folder of a mapping; default: the head's own."
    return click.option("--mapping", type=FilePath(path_type=Path), help=words)(command)


def mirror_option(command: Decorated) -> Decorated:
    """Add --mirror and --no-mirror."""
    words = "Mirror the pictures; default: those of cameras only."
    return click.option("--mirror/--no-mirror", default=None, help=words)(command)


def model_options(command: Decorated) -> Decorated:
    """Add --head, --mapping, --identity, --solver, --landmarker and --zoom, the fields of ModelSettings."""
    options = (
        head_option("Name or file of the head, such as ict."),
        mapping_option,
        click.option(
            "--identity",
            type=FilePath(path_type=Path),
            help="File of identity coefficients (.npz or .json) that give the head another face.",
        ),
        click.option(
            "--solver",
            type=click.Choice(SOLVERS),
            help=(
                "How the head's parameters are computed; "
                f"default: {BEST_SOLVER}, or {SCORES} for a head without a measured response."
            ),
        ),
        landmarker_option,
        zoom_option,
    )
    for option in reversed(options):
        command = option(command)
    return command


def color_options(command: Decorated) -> Decorated:
    """Add --skin, --eyes, --brows and --hair-color, fields of DrawnSettings."""
    command = click.option(
        "--hair-color",
        type=click.Choice(tuple(PRESETS[HAIR])),
        help="Colour of the hair that --hair puts on; default: its own.",
    )(command)
    for part, what in (("brows", "brows"), ("eyes", "irises"), ("skin", "skin")):
        command = click.option(
            f"--{part}",
            type=click.Choice(tuple(PRESETS[part])),
            help=f"Colour of the {what}; default: the head's own.",
        )(command)
    return command


def framing_option(command: Decorated) -> Decorated:
    """Add --framing."""
    words = "How much of the head is in the picture: the face, the head, or the shoulders too."
    choice = click.Choice(FRAMING_NAMES)
    return click.option("--framing", type=choice, default=DEFAULT_FRAMING, show_default=True, help=words)(
        command
    )


def background_option(default: str | None, usual: str) -> Callable[[Decorated], Decorated]:
    """Add --background; `usual` says what it is without the option."""
    words = (
        "studio, camera (the source, blurred), transparent, a colour such as green or #rrggbb, two colours "
        f"TOP,BOTTOM, or a picture or clip; {usual}."
    )
    return click.option("--background", type=PathText(), default=default, help=words)


def look_option(command: Decorated) -> Decorated:
    """Add --look."""
    words = "How the head is drawn."
    choice = click.Choice(LOOK_NAMES)
    return click.option("--look", type=choice, default=DEFAULT_LOOK, show_default=True, help=words)(command)


def environment_option(command: Decorated) -> Decorated:
    """Add --environment."""
    words = "The light on the head in the looks studio, clay and toon."
    choice = click.Choice(ENVIRONMENT_NAMES)
    return click.option(
        "--environment", type=choice, default=DEFAULT_ENVIRONMENT, show_default=True, help=words
    )(command)


def gif_option(command: Decorated) -> Decorated:
    """Add --gif-mb."""
    return click.option(
        "--gif-mb",
        type=Number(0, MOST_GIF_MB, min_open=True),
        metavar="MB",
        help="Largest size of a GIF: its size and rate are lowered until it fits.",
    )(command)


def hair_option(command: Decorated) -> Decorated:
    """Add --hair."""
    return click.option(
        "--hair",
        type=click.Choice(STYLES),
        help=f"What hair the head wears; default: {SHORT} for the built-in head, {NONE} for others.",
    )(command)


def profile_option(words: str) -> Callable[[Decorated], Decorated]:
    """Add --profile."""
    return click.option("--profile", type=Text(), metavar="NAME", help=words)


def person_options(command: Decorated) -> Decorated:
    """Add --profile and --smoothing: the person who drives the head, and how steady it is."""
    smoothing = click.option(
        "--smoothing",
        type=Number(0, 1),
        show_default="light",
        help="0 (off) to 1; more reduces jitter and adds delay.",
    )
    profile = profile_option("Use the calibration that flame-cam calibrate saved under this name.")
    return profile(smoothing(command))


def strength_option(command: Decorated) -> Decorated:
    """Add --strength."""
    strength = click.option(
        "--strength",
        "strengths",
        type=Strength(),
        multiple=True,
        help=f"Strength of a part ({', '.join(PART_NAMES)}), 0 to {STRONGEST:g}, such as mouth=1.2; may be "
        "given for several parts; default: 1, as tracked.",
    )
    return strength(command)
