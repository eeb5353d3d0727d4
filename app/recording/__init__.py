"""Pictures to files: MP4, GIF, WebP, animated PNG and numbered PNG files, offline and live."""

from app.recording.contract import Writer
from app.recording.opening import open_writer
from app.recording.recorder import Recorder, RecordingReport

__all__ = ["Recorder", "RecordingReport", "Writer", "open_writer"]
