"""`flame-cam calibrate`: learn a person's resting face, lids, jaw and smile, and keep them as a profile."""

from __future__ import annotations

from typing import Any

import click

from app.commands.options import debug_option, model_options, profile_option, source_option
from app.system.terminal import say


@click.command()
@source_option("Camera; or a clip or take of one person.")
@profile_option
@model_options
@click.option("--mirror/--no-mirror", default=None, help="Default: cameras only.")
@debug_option
def calibrate(**options: Any) -> None:
    """Calibrate to one person and keep what was found under --profile (default: me).

    A camera opens a window that says what to do for five seconds; in a clip or take the telling frames are
    looked for.

    \b
    Example:
      flame-cam calibrate --profile anna
      flame-cam --profile anna
    """
    from app.calibrating.calibrate import CalibrateSettings, calibrate_recorded, is_recorded

    settings = CalibrateSettings(profile=options.pop("profile") or "me", **options)
    if is_recorded(settings.source):
        calibrate_recorded(settings, say)
        return
    # OpenGL and the window are only needed here.
    from app.live.calibrate import calibrate_live

    calibrate_live(settings, say)
