"""`flame-cam mapping respond`: measure a head's response, which the solvers landmarks and hybrid need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.commands.options import debug_option, head_option, landmarker_option, mapping_option, yes_option
from app.commands.values import Count, FilePath
from app.system.terminal import say, tell

MOST_READINGS = 100_000
"""Largest value of --readings; it takes hours."""


@click.command()
@head_option("Name or file of the head.")
@mapping_option
@click.option(
    "--out", type=FilePath(path_type=Path), help="File to write; default: one in the mapping's folder."
)
@click.option(
    "--readings",
    type=Count(MOST_READINGS),
    help="Number of drawings in each of two rounds; more give a better fit.",
)
@landmarker_option
@yes_option
@debug_option
def respond(**options: Any) -> None:
    """Measure a head's response to its signals.

    The head is drawn in random poses and the drawings are tracked. The response predicts what the tracker
    reports on the drawn head. The solvers landmarks and hybrid use it to find the parameters for which the
    tracker reports on the head what it reported on the person. The command heads add measures it for each
    head that it adds. Measure it again for a mapping that you have fitted anew.

    \b
    Example:
      flame-cam mapping respond --head ict
      flame-cam mapping respond --head flame --mapping mine/
    """
    from app.training.response.measure_response import RespondSettings
    from app.training.response.measure_response import respond as run
    from mappings.signals import MEDIAPIPE_NAMES

    response, path = run(RespondSettings(**options))
    for index, name in enumerate(MEDIAPIPE_NAMES):
        if index in response.signals:
            tell(f"{name:<20} R2 {response.r2[index]:6.2f}   linear alone {response.linear_r2[index]:6.2f}")
    say(f"the response is in {path}; it is fitted to {response.frames} drawings")
