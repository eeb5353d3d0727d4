"""`flame-cam doctor`: what is installed, what is wrong, and the command that mends it."""

from __future__ import annotations

import click

from app.commands.options import debug_option


@click.command()
@debug_option
def doctor() -> int:
    """Check versions, OpenGL, camera, tracker bundle and folders; end with 1 where something must be mended.

    \b
    Example:
      flame-cam doctor
    """
    from app.doctor import examine

    findings = examine()
    for finding in findings:
        click.echo(f"{'ok ' if finding.good else 'BAD'}  {finding.topic}: {finding.text}")
        if finding.remedy:
            click.echo(f"     -> {finding.remedy}")
    return int(any(finding.fatal for finding in findings))
