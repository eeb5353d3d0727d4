"""`flame-cam render`: render a source to an animated file or a folder of pictures, without a display."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.commands.options import (
    background_option,
    color_options,
    debug_option,
    environment_option,
    framing_option,
    gif_option,
    hair_option,
    look_option,
    model_options,
    person_options,
    size_option,
    strength_option,
    yes_option,
)
from app.commands.values import MOST_FRAMES, Count, FilePath, Number, SourceText
from app.system.terminal import say, tell


@click.command()
@click.argument("source", type=SourceText(), metavar="SOURCE")
@click.argument("out", metavar="OUT", type=FilePath(path_type=Path))
@model_options
@color_options
@person_options
@strength_option
@hair_option
@size_option("512x512", "Size of the head's picture in pixels.")
@click.option("--fps", type=Number(1, 240), help="Frames per second; default: the source's own.")
@click.option("--frames", type=Count(MOST_FRAMES), help="Stop after this many frames.")
@click.option("--side-by-side", is_flag=True, help="Show the person's picture on the left of the head.")
@background_option(None, "default: studio, for .png transparent")
@framing_option
@look_option
@environment_option
@gif_option
@yes_option
@debug_option
def render(**options: Any) -> None:
    """Render every frame of SOURCE to OUT.

    OUT is an .mp4, .webm, .gif, .webp or .png (animated) file, or a folder for numbered PNG files.

    \b
    Example:
      flame-cam render clip.mp4 out.mp4 --size 720x720 --side-by-side
    """
    from app.offline.render import RenderSettings, render_file

    tell(str(render_file(RenderSettings(**options), say=say)), err=True)
