"""`flame-cam doctor`: print what is installed, what is wrong, and which command fixes it."""

from __future__ import annotations

import click

from app.commands.options import debug_option
from app.system.terminal import tell


@click.command()
@debug_option
def doctor() -> int:
    """Check this machine and print how to fix what is wrong.

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
            tell(f"     {'try' if finding.good else 'fix it with'}: {finding.remedy}")
    tell(f"Problems to fix: {wrong}." if wrong else "Nothing is wrong.")
    return int(wrong > 0)
