"""`flame-cam doctor`: what is installed, what is wrong, and the command that mends it."""

from __future__ import annotations

import click

from app.commands.options import debug_option
from app.system.terminal import tell


@click.command()
@debug_option
def doctor() -> int:
    """Check versions, OpenGL, display, cameras, tracker bundle and cache; say how to mend what is wrong.

    Exit code 1 where something is BAD, else 0. A hint is about what is missing and not everybody needs: a
    camera, a display, the bundle that the first run downloads.

    \b
    Example:
      flame-cam doctor
    """
    from app.doctor import examine

    wrong = 0
    for finding in examine():
        wrong += not finding.good
        mark = "BAD " if not finding.good else "hint" if finding.remedy else "ok  "
        tell(f"{mark} {finding.topic}: {finding.text}")
        if finding.remedy:
            tell(f"     {'try' if finding.good else 'mend it with'}: {finding.remedy}")
    tell("Nothing is wrong." if not wrong else f"{wrong} thing{'s' * (wrong > 1)} to mend.")
    return int(wrong > 0)
