"""Calibrate before a camera: the live window says what to do and looks for it."""

from __future__ import annotations

from app.calibrating.calibrate import CalibrateSettings
from app.live.run import run_live
from app.live.settings import LiveSettings
from app.model.profiles import named_profile
from flame_model.files.standing import is_file
from flame_model.notices import Say


def calibrate_live(settings: CalibrateSettings, say: Say) -> None:
    """Make the profile `settings.profile`, or bring it up to date, in a window.

    Raises InputError (source, name, a profile that is broken), OutputError, TrackerBundleError or
    GraphicsError.
    """
    path = settings.checked_profile_path()
    # A profile that is broken is told before the window opens.
    named_profile(settings.profile)
    run_live(
        LiveSettings(
            source=settings.source,
            head=settings.head,
            mapping=settings.mapping,
            identity=settings.identity,
            solver=settings.solver,
            landmarker=settings.landmarker,
            zoom=settings.zoom,
            mirror=settings.mirror,
            profile=settings.profile,
            calibrate=True,
        ),
        say,
    )
    if is_file(path):
        say(f"the profile {settings.profile} is in {path}")
