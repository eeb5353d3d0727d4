"""Calibrate with a camera: open the live window, which asks for four expressions (`flame-cam calibrate`)."""

from __future__ import annotations

from app.calibrating.calibrate import CalibrateSettings
from app.live.run import run_live
from app.live.settings import LiveSettings
from app.model.profiles import named_profile
from flame_model.files.paths import is_file
from flame_model.notices import Say


def calibrate_live(settings: CalibrateSettings, say: Say) -> None:
    """Make or update the profile `settings.profile` in a window.

    Raises InputError (source, name or a broken profile), OutputError, TrackerBundleError or GraphicsError.
    """
    path = settings.checked_profile_path()
    # A broken profile raises here, before the window opens.
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
