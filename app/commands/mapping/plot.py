"""`flame-cam mapping plot`: draw distributions of gathered data and the effect of each signal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.commands.options import debug_option, head_option, mapping_option, yes_option
from app.commands.values import FilePath
from app.system.terminal import tell


@click.command()
@click.argument("data", type=FilePath(path_type=Path))
@click.option("--out", required=True, type=FilePath(path_type=Path), help="Folder for the pictures.")
@head_option("Name or file of the head.")
@mapping_option
@yes_option
@debug_option
def plot(**options: Any) -> None:
    """Plot the distributions of DATA and what each signal moves.

    The plotted values are the scores, expression, jaw and eyes. DATA is a file that gather wrote, or the word
    reference: 250 frames of 65 people that come with flame-cam.

    \b
    Example:
      flame-cam mapping plot data.npz --out pictures
      flame-cam mapping plot data.npz --out pictures --head flame --mapping mine
    """
    from app.training.plotting.plot import PlotSettings
    from app.training.plotting.plot import plot as run

    tell(*map(str, run(PlotSettings(**options))))
