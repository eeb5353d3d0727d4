"""`flame-cam mapping fit`: gathered data to a mapping folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.commands.options import debug_option, head_option, yes_option
from app.commands.values import FilePath
from app.system.terminal import say, tell


@click.command()
@click.argument("data", type=FilePath(path_type=Path))
@click.option("--out", required=True, type=FilePath(path_type=Path), help="The mapping folder to write.")
@head_option("Name or file of the head it is for.")
@click.option(
    "--labels",
    type=FilePath(path_type=Path),
    help="FLAME coefficients of the frames, in flame-head-tracker's layout; default: the head's own solver.",
)
@click.option("--model", type=click.Choice(("ridge", "mlp")), default="ridge", show_default=True)
@yes_option
@debug_option
def fit(**options: Any) -> None:
    """Fit a mapping from the 52 scores to the head's coefficients to DATA, judged on people kept back.

    DATA is what gather wrote, or the word reference: 250 frames of 65 people that come with the program.

    \b
    Example:
      flame-cam mapping fit data.npz --head flame --labels tracked/ --out mine
      flame-cam --head flame --mapping mine
    """
    from app.training.mapping.fit import FitSettings
    from app.training.mapping.fit import fit as run

    settings = FitSettings(**options)
    card = run(settings, say)
    if card.fit is not None:
        shares = ", ".join(f"{group} {value:.3f}" for group, value in card.fit.held_out_r2.items())
        tell(f"{card.fit.frames} frames; R2 on {card.fit.held_out} kept back: {shares}")
    tell(f"{settings.out} is written; use it with: --head {settings.head} --mapping {settings.out}")
