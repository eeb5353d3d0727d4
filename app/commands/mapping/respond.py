"""`flame-cam mapping respond`: how the tracker reads a head."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.commands.options import debug_option, head_option, landmarker_option, yes_option
from app.commands.values import Count, FilePath
from app.system.terminal import say, tell

MOST_READINGS = 100_000
"""Hours of work."""


@click.command()
@head_option("Name or file of the head.")
@click.option("--mapping", type=FilePath(path_type=Path), help="Folder of a score mapping for the head.")
@click.option("--out", type=FilePath(path_type=Path), help="The file; default: in the mapping's folder.")
@click.option("--readings", type=Count(MOST_READINGS), help="In each of two rounds; fewer tell less.")
@landmarker_option
@yes_option
@debug_option
def respond(**options: Any) -> None:
    """Play the head at random, draw it, track the drawings, and keep how the tracker reads the head.

    The solvers landmarks and hybrid need it: they give the head what makes the tracker read on it what it
    read on the person. heads add does it for the heads it adds; a mapping that is fitted anew needs it again.

    \b
    Example:
      flame-cam mapping respond --head ict
      flame-cam mapping respond --head flame --mapping mine/
    """
    from app.training.response.respond import RespondSettings
    from app.training.response.respond import respond as run
    from mappings.signals import MEDIAPIPE_NAMES

    response, path = run(RespondSettings(**options))
    for index, name in enumerate(MEDIAPIPE_NAMES):
        if index in response.signals:
            tell(f"{name:<20} R2 {response.r2[index]:6.2f}   linear alone {response.linear_r2[index]:6.2f}")
    say(f"{response.frames} readings; the response is in {path}")
