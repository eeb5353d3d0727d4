"""`flame-cam` and `flame-cam demo`: open the live window."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from app.commands.options import (
    Decorated,
    background_option,
    color_options,
    debug_option,
    environment_option,
    framing_option,
    gif_option,
    hair_option,
    look_option,
    mirror_option,
    model_options,
    person_options,
    size_option,
    strength_option,
    yes_option,
)
from app.commands.values import FilePath, Number, Text
from app.live.recording.countdown import DEFAULT_S
from app.live.recording.countdown import LONGEST_S as LONGEST_COUNTDOWN_S
from app.system.terminal import say

LONGEST_S = 1e9
"""Largest value of --exit-after, thirty years."""


def live_options(command: Decorated) -> Decorated:
    """Add all options of a live run except --source."""
    options = (
        model_options,
        color_options,
        person_options,
        strength_option,
        hair_option,
        mirror_option,
        click.option(
            "--loop/--once",
            default=None,
            help="Start a clip or take again at its end, or end the run there; default: again, but once with "
            "--record.",
        ),
        size_option("720x720", "Size of the window in screen units, and of recordings in pixels."),
        background_option("studio", "default: studio"),
        framing_option,
        look_option,
        environment_option,
        click.option("--record", type=FilePath(path_type=Path), help="Record the whole run to this file."),
        click.option(
            "--out",
            type=FilePath(path_type=Path),
            metavar="FOLDER",
            help="Folder for what the keys R, T and S record; default: your Videos folder.",
        ),
        click.option(
            "--microphone",
            type=Text(),
            is_flag=False,
            flag_value="default",
            metavar="[NAME]",
            help="Record the sound of the usual microphone, or of one by part of its name.",
        ),
        gif_option,
        click.option(
            "--countdown",
            type=Number(0, LONGEST_COUNTDOWN_S),
            default=DEFAULT_S,
            show_default=True,
            metavar="SECONDS",
            help="Time from the key R to its recording; 0 records at once.",
        ),
        click.option(
            "--exit-after",
            type=Number(0, LONGEST_S, min_open=True),
            metavar="SECONDS",
            help="Close the window after this time.",
        ),
        click.option(
            "--stats",
            type=FilePath(path_type=Path),
            help="Write frame rates and timings to this JSON file at exit.",
        ),
        yes_option,
        click.option(
            "--no-settings",
            is_flag=True,
            help="Neither use nor change the settings that the window's panel keeps.",
        ),
    )

    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@live_options
@debug_option
def demo(**options: Any) -> None:
    """Play the bundled take in the live window, without a camera or a download.

    \b
    Example:
      flame-cam demo
      flame-cam demo --exit-after 10 --stats stats.json
    """
    start_live(source="demo", **options)


def start_live(*, no_settings: Any, **options: Any) -> None:
    """Open the window and run until it is closed, the source ends or the time is up.

    Options that were not given are taken from the settings that the panel keeps.
    """
    from app.live.panel.kept.kept_settings import KeptSettings, settings_path
    from app.live.run import run_live
    from app.live.settings import LiveSettings

    kept = KeptSettings(None if no_settings else settings_path())
    for text in kept.told:
        say(text)
    run_live(LiveSettings(**options).with_kept(kept.values, _given()), say, kept)


def _given() -> set[str]:
    """Return the names of the settings that the command line or the command itself decides."""
    from app.live.panel.kept.fields import FIELDS

    context = click.get_current_context()
    defaults = (ParameterSource.DEFAULT, ParameterSource.DEFAULT_MAP)
    left = {name for name in context.params if context.get_parameter_source(name) in defaults}
    given = set(FIELDS) - left
    # Settings without an option are the file's alone.
    return given - {"neck_share", "gains", "muted"}
