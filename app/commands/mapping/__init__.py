"""`flame-cam mapping`: gather data, fit mappings, look at them and say how good they are."""

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
    """Make, look at and judge what turns a tracked face into a head's parameters.

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
