"""Check the recording and the statistics of a live run before anything is opened."""

from __future__ import annotations

from app.live.settings import LiveSettings
from app.pipeline.outputs import check_outputs
from app.pipeline.outputs.input_files import given_background, given_profile, given_source
from app.pipeline.outputs.writable import require_writable_folder
from app.recording.output_format import file_or_folder, require_recordable


def check_live_outputs(settings: LiveSettings, fps: float) -> None:
    """Raise OutputError where the recording or the statistics cannot be written or are an input."""
    if settings.record is not None:
        require_recordable(settings.record, settings.size, fps)
    if settings.out is not None:
        require_writable_folder(settings.out)
    files, folders = ((), ()) if settings.record is None else file_or_folder(settings.record)
    if settings.stats is not None:
        files = (*files, settings.stats)
    given = (
        *given_source(settings.source),
        *given_background(settings.background),
        *given_profile(settings.profile),
        *settings.given(),
    )
    check_outputs(files=files, folders=folders, given=given, replace=settings.replace)
