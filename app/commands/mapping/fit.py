"""`flame-cam mapping fit`: fit a mapping to gathered data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.commands.options import debug_option, head_option, yes_option
from app.commands.values import FilePath
from app.system.terminal import say, tell
from app.training.choices import MODELS, RIDGE
from flame_model.notices import counted


@click.command()
@click.argument("data", type=FilePath(path_type=Path))
@click.option("--out", required=True, type=FilePath(path_type=Path), help="Mapping folder to write.")
@head_option("Name or file of the head that the mapping is for.")
@click.option(
    "--labels",
    type=FilePath(path_type=Path),
    help="FLAME coefficients of the frames, as flame-head-tracker writes them; default: the solver's own.",
)
@click.option(
    "--model",
    type=click.Choice(MODELS),
    default=RIDGE,
    show_default=True,
    help="Linear (ridge), or linear with a small neural network (mlp).",
)
@yes_option
@debug_option
def fit(**options: Any) -> None:
    """Fit a mapping for a head to DATA.

    The mapping computes the head's coefficients from the 52 scores; it is tested on people who were left
    out of the fit. DATA is a file that gather wrote, or the word reference: 250 frames of 65 people that come
    with flame-cam.

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
        tell(f"{counted(card.fit.frames, 'frame')}; R2 on {card.fit.held_out} kept back: {shares}")
    tell(f"{settings.out} is written; use it with: --head {settings.head} --mapping {settings.out}")
