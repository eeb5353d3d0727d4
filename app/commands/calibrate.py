"""`flame-cam calibrate`: measure a person's resting face, lids, jaw and smile, and save them as a profile."""

from __future__ import annotations

from typing import Any

import click

from app.commands.options import debug_option, mirror_option, model_options, profile_option, source_option
from app.system.terminal import say


@click.command()
@source_option("Camera, or a clip or take of one person.")
@profile_option("Name to save the result under; default: me.")
@model_options
@mirror_option
@debug_option
def calibrate(**options: Any) -> None:
    """Calibrate to one person and save the result as a profile.

    The calibration measures the resting face, the lids, the jaw and the smile. With a camera a window opens
    and asks for four expressions, which takes five seconds. In a clip or take the program looks for frames
    that show them.

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
    from app.live.person.calibrate import calibrate_live

    calibrate_live(settings, say)
