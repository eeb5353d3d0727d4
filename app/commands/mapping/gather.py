"""`flame-cam mapping gather`: track many clips into one file that mappings are fitted to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.commands.options import debug_option, landmarker_option, yes_option
from app.commands.values import Count, FilePath, Text
from app.system.terminal import say, tell
from app.training.choices import CLIP, PEOPLE

MOST_JOBS = 256
"""Largest value of --jobs; each takes half a gigabyte of memory."""


@click.command()
@click.argument("clips", nargs=-1, required=True, type=FilePath(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=FilePath(path_type=Path), help="File (.npz) to write.")
@click.option(
    "--jobs", type=Count(MOST_JOBS), help="Number of clips tracked at a time; default: one for each core."
)
@click.option(
    "--scheduler",
    type=Text(),
    metavar="ADDRESS",
    help="Use a dask.distributed scheduler, such as tcp://host:8786.",
)
@click.option(
    "--people",
    type=click.Choice(PEOPLE),
    default=CLIP,
    show_default=True,
    help="Each clip shows another person, or all clips of a folder show the same person.",
)
@click.option(
    "--licence",
    type=Text(),
    default="unknown",
    show_default=True,
    help="Licence of the clips, noted in the file.",
)
@landmarker_option
@yes_option
@debug_option
def gather(**options: Any) -> None:
    """Track CLIPS into one file that mappings are fitted to.

    CLIPS are videos, pictures and takes; they are tracked in parallel, and a run that was stopped continues
    where it was. Frames are left out and counted where they have no face, are blurred or follow a jump, or
    where the face is turned too far aside. The file holds numbers only, no pictures.

    \b
    Example:
      flame-cam mapping gather *.mp4 --out data.npz
      flame-cam mapping gather anna/*.mp4 ben/*.mp4 --people folder --out data.npz --licence "our own"
    """
    from app.training.gathering.gather import GatherSettings
    from app.training.gathering.gather import gather as run

    report = run(GatherSettings(**options), say)
    tell(*report.lines())
