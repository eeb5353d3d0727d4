"""`flame-cam takes`: list, cut and join takes, which are recorded observations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.commands.options import debug_option, yes_option
from app.commands.values import FilePath, Number
from app.system.terminal import say, tell

LONGEST_S = 1e9
"""Largest value of --from and --to, thirty years."""


@click.group()
@debug_option
def takes() -> None:
    """List, cut and join takes.

    A take is a recording of what the tracker saw, in numbers and without pictures.

    \b
    Example:
      flame-cam takes list
      flame-cam takes cut take.npz --from 2 --to 5.5 --out part.npz
    """


@takes.command("list")
@click.argument("folder", type=FilePath(path_type=Path), required=False)
@debug_option
def list_(folder: Path | None) -> None:
    """List the takes in FOLDER, by default your Videos folder.

    What is left of a recording that was interrupted becomes a take first.

    \b
    Example:
      flame-cam takes list recordings
    """
    from app.offline.takes.listing import list_takes
    from app.recording.kept_files import own_folder

    tell(*list_takes(own_folder() if folder is None else folder, say))


@takes.command()
@click.argument("take", type=FilePath(path_type=Path))
@click.option(
    "--from", "begin", type=Number(0, LONGEST_S), default=0.0, metavar="SECONDS", help="Default: 0."
)
@click.option("--to", "end", type=Number(0, LONGEST_S), metavar="SECONDS", help="Default: its end.")
@click.option("--out", type=FilePath(path_type=Path), required=True, help="The new take (.npz).")
@yes_option
@debug_option
def cut(**options: Any) -> None:
    """Write the part of TAKE between two times to a new take.

    Times count from the first frame, as on the timeline. The frame at --to is left out.

    \b
    Example:
      flame-cam takes cut take.npz --from 2 --to 5.5 --out part.npz
    """
    from app.offline.takes.cutting import CutSettings, cut_file

    tell(str(cut_file(CutSettings(**options), say)), err=True)


@takes.command()
@click.argument("takes", type=FilePath(path_type=Path), nargs=-1, required=True, metavar="TAKE...")
@click.option("--out", type=FilePath(path_type=Path), required=True, help="The new take (.npz).")
@yes_option
@debug_option
def join(**options: Any) -> None:
    """Write several takes, one after another, to a new take.

    Each begins where the one before it ends. Frames keep their own durations and picture sizes.

    \b
    Example:
      flame-cam takes join one.npz two.npz --out both.npz
    """
    from app.offline.takes.cutting import JoinSettings, join_files

    tell(str(join_files(JoinSettings(**options), say)), err=True)
