"""`flame-cam cameras`: what can be passed to --source."""

from __future__ import annotations

import click

from app.commands.options import debug_option
from app.system.terminal import tell


@click.command()
@debug_option
def cameras() -> None:
    """List cameras by index and name.

    \b
    Example:
      flame-cam cameras
    """
    from app.sources.feeds.camera import list_cameras

    found = list_cameras()
    for camera in found:
        tell(f"{camera.index:>3}  {camera.name}")
    if not found:
        tell("No camera found; flame-cam demo runs without one.", err=True)
