"""`flame-cam track`: a source to a table of scores and head parameters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.commands.options import debug_option, model_options, yes_option
from app.commands.values import MOST_FRAMES, Count, FilePath, SourceText
from app.system.terminal import say, tell


@click.command()
@click.argument("source", type=SourceText(), metavar="S")
@click.argument("out", metavar="OUT", type=FilePath(path_type=Path))
@model_options
@click.option("--landmarks", is_flag=True, help="Keep the 478 points (.npz only): a take to play again.")
@click.option("--frames", type=Count(MOST_FRAMES), help="Stop after so many frames.")
@yes_option
@debug_option
def track(**options: Any) -> None:
    """Write time, found, the 52 scores and the head parameters of every frame of S to OUT (.npz or .csv).

    \b
    Example:
      flame-cam track clip.mp4 take.npz --landmarks
      flame-cam render take.npz out.mp4
    """
    from app.offline.track import TrackSettings, track_file

    tell(str(track_file(TrackSettings(**options), say=say)), err=True)
