"""`flame-cam track`: track a source to a table of scores and head parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.commands.options import debug_option, model_options, yes_option
from app.commands.values import MOST_FRAMES, Count, FilePath, SourceText
from app.system.terminal import say, tell


@click.command()
@click.argument("source", type=SourceText(), metavar="SOURCE")
@click.argument("out", metavar="OUT", type=FilePath(path_type=Path))
@model_options
@click.option(
    "--landmarks",
    is_flag=True,
    help="Write the 478 landmarks too (.npz only): OUT becomes a take.",
)
@click.option("--frames", type=Count(MOST_FRAMES), help="Stop after this many frames.")
@yes_option
@debug_option
def track(**options: Any) -> None:
    """Track every frame of SOURCE to a table OUT.

    OUT is an .npz or .csv file. Its columns are the time, whether a face was found, the 52 scores and the
    head parameters.

    \b
    Example:
      flame-cam track clip.mp4 take.npz --landmarks
      flame-cam render take.npz out.mp4
    """
    from app.offline.track import TrackSettings, track_file

    tell(str(track_file(TrackSettings(**options), say=say)), err=True)
