"""`flame-cam doctor`: print what is installed, what is wrong, and the command that mends it."""

from __future__ import annotations

import click

from app.commands.options import debug_option
from app.system.terminal import tell


@click.command()
@debug_option
def doctor() -> int:
    """Check this machine and print how to mend it.

    Versions, OpenGL, display, cameras, tracker bundle and cache are examined. The exit code is 1 where
    something is BAD, else 0. A hint names something that is missing but that not everybody needs: a camera, a
    display, or the bundle, which the first run downloads.

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
