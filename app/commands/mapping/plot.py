"""`flame-cam mapping plot`: pictures of gathered data and of what a mapping makes of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.commands.options import debug_option, head_option, yes_option
from app.commands.values import FilePath
from app.system.terminal import tell


@click.command()
@click.argument("data", type=FilePath(path_type=Path))
@click.option("--out", required=True, type=FilePath(path_type=Path), help="Folder for the pictures.")
@head_option("Name or file of a head.")
@click.option("--mapping", type=FilePath(path_type=Path), help="Folder of a score mapping.")
@yes_option
@debug_option
def plot(**options: Any) -> None:
    """Draw how the scores, expression, jaw and eyes of DATA are distributed, and what each signal moves.

    DATA is what gather wrote, or the word reference: 250 frames of 65 people that come with the program.

    \b
    Example:
      flame-cam mapping plot data.npz --out pictures
      flame-cam mapping plot data.npz --out pictures --head flame --mapping mine
    """
    from app.training.plotting.plot import PlotSettings
    from app.training.plotting.plot import plot as run

    tell(*map(str, run(PlotSettings(**options))))
