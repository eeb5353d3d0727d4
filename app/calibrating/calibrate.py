"""Calibrate from whatever there is: a camera asks in its window, something recorded is searched."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.calibrating.recorded import recorded_profile
from app.calibrating.steps import Step
from app.model_settings import ModelSettings
from app.outputs import given_source
from app.outputs.given import require_apart
from app.outputs.places import require_writable_folder
from app.profiles import keep_profile, named_profile, profile_path
from app.terminal import watched
from app.whole_source import Say, observe_source, open_whole_source
from flame_model.standing import is_file
from mappings.profile import Profile

_NOT_SEEN = {Step.SHUT: "closed eyes", Step.OPEN: "an open mouth", Step.SMILE: "a broad smile"}


@dataclass(frozen=True, slots=True)
class CalibrateSettings(ModelSettings):
    """Hold what `flame-cam calibrate` was asked for."""

    profile: str
    source: str = "0"
    mirror: bool | None = None
    """None mirrors cameras only."""


def calibrate_person(settings: CalibrateSettings, say: Say) -> None:
    """Make the profile `settings.profile` or bring it up to date.

    Raises InputError (source, name, a profile that is broken), OutputError or TrackerBundleError.
    """
    path = profile_path(settings.profile)
    require_apart(path, (*given_source(settings.source), *settings.given()))
    require_writable_folder(path.parent)
    known = named_profile(settings.profile) or Profile()
    if settings.source != "demo" and not is_file(Path(settings.source)):
        _before_the_camera(settings, say)
        return
    with (
        open_whole_source(settings.source, None) as source,
        closing(observe_source(source, settings.landmarker, say, settings.zoom)) as seen,
    ):
        bar = watched(seen, source.frame_count)
        found, missing = recorded_profile([each.observation for each in bar], known)
    for step in missing:
        say(f"{_NOT_SEEN[step]} never came: that part of the profile stays as it was")
    say(keep_profile(found, settings.profile))


def _before_the_camera(settings: CalibrateSettings, say: Say) -> None:
    # OpenGL and the window are only needed here.
    from app.live.run import run_live
    from app.live.settings import LiveSettings

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
    path = profile_path(settings.profile)
    if is_file(path):
        say(f"the profile {settings.profile} is in {path}")
