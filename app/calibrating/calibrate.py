"""The settings of `flame-cam calibrate`, and the calibration to a person in a clip or take."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app.calibrating.frame_search import recorded_profile
from app.calibrating.steps import Step
from app.model.profiles import keep_profile, named_profile, profile_path
from app.pipeline.outputs import given_source
from app.pipeline.outputs.input_files import require_apart
from app.pipeline.outputs.writable import require_writable_folder
from app.pipeline.settings import ModelSettings
from app.pipeline.whole_source import observe_source, open_whole_source
from app.system.terminal import with_progress_bar
from flame_model.files.paths import is_file
from flame_model.notices import Say
from mappings.person.profile import Profile

_NOT_SEEN = {Step.SHUT: "closed eyes", Step.OPEN: "an open mouth", Step.SMILE: "a broad smile"}


@dataclass(frozen=True, slots=True)
class CalibrateSettings(ModelSettings):
    """The settings of `flame-cam calibrate`."""

    profile: str
    """Name of the profile to make."""
    source: str = "0"
    mirror: bool | None = None
    """Whether pictures are mirrored; None mirrors cameras only."""

    def checked_profile_path(self) -> Path:
        """Return the path of the profile, and raise InputError or OutputError where it cannot be written."""
        path = profile_path(self.profile)
        require_apart(path, (*given_source(self.source), *self.given()))
        require_writable_folder(path.parent)
        return path


def is_recorded(source: str) -> bool:
    """Return whether a source is a clip or take rather than a camera."""
    return source == "demo" or is_file(Path(source))


def calibrate_recorded(settings: CalibrateSettings, say: Say) -> None:
    """Make or update the profile `settings.profile` from a clip or take.

    Raises InputError for the source, the name or a broken profile, OutputError or TrackerBundleError.
    """
    settings.checked_profile_path()
    known = named_profile(settings.profile) or Profile()
    with (
        open_whole_source(settings.source, None) as source,
        closing(observe_source(source, settings.landmarker, say, settings.zoom)) as seen,
    ):
        bar = with_progress_bar(seen, source.frame_count)
        found, missing = recorded_profile([each.observation for each in bar], known)
    for step in missing:
        say(f"the recording never shows {_NOT_SEEN[step]}; that part of the profile stays unchanged")
    say(keep_profile(found, settings.profile))
