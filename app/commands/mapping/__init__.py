"""`flame-cam mapping`: gather data, fit mappings, plot and evaluate them, and measure responses."""

from __future__ import annotations

import click

from app.commands.mapping.evaluate import evaluate
from app.commands.mapping.fit import fit
from app.commands.mapping.gather import gather
from app.commands.mapping.plot import plot
from app.commands.mapping.respond import respond
from app.commands.options import debug_option


@click.group()
@debug_option
def mapping() -> None:
    """Make and evaluate mappings from scores to heads.

    \b
    Example:
      flame-cam mapping gather *.mp4 --out data.npz
      flame-cam mapping fit data.npz --head flame --out mine
    """


mapping.add_command(gather)
mapping.add_command(fit)
mapping.add_command(plot)
mapping.add_command(respond)
mapping.add_command(evaluate)
