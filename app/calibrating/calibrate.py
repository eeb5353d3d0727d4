"""Calibrate to the person of a clip or take: search it for the faces that a calibration asks for."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.calibrating.recorded import recorded_profile
from app.calibrating.steps import Step
from app.model.profiles import keep_profile, named_profile, profile_path
from app.pipeline.outputs import given_source
from app.pipeline.outputs.given import require_apart
from app.pipeline.outputs.places import require_writable_folder
from app.pipeline.settings import ModelSettings
from app.pipeline.whole_source import observe_source, open_whole_source
from app.system.terminal import watched
from flame_model.files.standing import is_file
from flame_model.notices import Say
from mappings.person.profile import Profile

_NOT_SEEN = {Step.SHUT: "closed eyes", Step.OPEN: "an open mouth", Step.SMILE: "a broad smile"}


@dataclass(frozen=True, slots=True)
class CalibrateSettings(ModelSettings):
    """Hold what `flame-cam calibrate` was asked for."""

    profile: str
    source: str = "0"
    mirror: bool | None = None
    """None mirrors cameras only."""

    def prepare(self) -> Path:
        """Return where the profile is kept; raises InputError or OutputError where it cannot be."""
        path = profile_path(self.profile)
        require_apart(path, (*given_source(self.source), *self.given()))
        require_writable_folder(path.parent)
        return path


def is_recorded(source: str) -> bool:
    """Return whether a source is a clip or take rather than a camera."""
    return source == "demo" or is_file(Path(source))


def calibrate_recorded(settings: CalibrateSettings, say: Say) -> None:
    """Make the profile `settings.profile`, or bring it up to date, from a clip or take.

    Raises InputError (source, name, a profile that is broken), OutputError or TrackerBundleError.
    """
    settings.prepare()
    known = named_profile(settings.profile) or Profile()
    with (
        open_whole_source(settings.source, None) as source,
        closing(observe_source(source, settings.landmarker, say, settings.zoom)) as seen,
    ):
        bar = watched(seen, source.frame_count)
        found, missing = recorded_profile([each.observation for each in bar], known)
    for step in missing:
        say(f"{_NOT_SEEN[step]} never came: that part of the profile stays as it was")
    say(keep_profile(found, settings.profile))
