"""`flame-cam doctor`: what is installed, what is wrong, and the command that mends it."""

from __future__ import annotations

import click

from app.commands.options import debug_option
from app.terminal import tell


@click.command()
@debug_option
def doctor() -> None:
    """Check versions, OpenGL, display, cameras, tracker bundle and cache; say how to mend what is wrong.

    \b
    Example:
      flame-cam doctor
    """
    from app.doctor import examine

    wrong = 0
    for finding in examine():
        wrong += not finding.good
        tell(f"{'ok ' if finding.good else 'BAD'} {finding.topic}: {finding.text}")
        if finding.remedy:
            tell(f"    mend it with: {finding.remedy}")
    tell("Nothing is wrong." if not wrong else f"{wrong} thing{'s' * (wrong > 1)} to mend.")
