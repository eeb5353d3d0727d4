"""`flame-cam mapping gather`: many clips to one file that mappings are fitted to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.commands.options import debug_option, landmarker_option, yes_option
from app.commands.values import Count, FilePath, Text
from app.system.terminal import say, tell

MOST_JOBS = 256
"""Each takes half a gigabyte."""


@click.command()
@click.argument("clips", nargs=-1, required=True, type=FilePath(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=FilePath(path_type=Path), help="The file (.npz) to write.")
@click.option("--jobs", type=Count(MOST_JOBS), help="Clips tracked at a time; default: one per core.")
@click.option("--scheduler", type=Text(), metavar="ADDRESS", help="A dask.distributed scheduler.")
@click.option(
    "--people",
    type=click.Choice(("clip", "folder")),
    default="clip",
    show_default=True,
    help="Each clip shows another person, or those of one folder show the same.",
)
@click.option("--licence", type=Text(), default="unknown", show_default=True, help="Of the data.")
@landmarker_option
@yes_option
@debug_option
def gather(**options: Any) -> None:
    """Track CLIPS (videos, pictures, takes) in parallel into one file; a killed run continues.

    Frames without a face, turned too far aside, after a jump or blurred are left out and counted. The
    file holds numbers only, no pictures.

    \b
    Example:
      flame-cam mapping gather *.mp4 --out data.npz
      flame-cam mapping gather anna/*.mp4 ben/*.mp4 --people folder --out data.npz --licence "our own"
    """
    from app.training.gathering.gather import GatherSettings
    from app.training.gathering.gather import gather as run

    report = run(GatherSettings(**options), say)
    tell(*report.lines())
