"""Write pictures to MP4, WebM, GIF, WebP, animated PNG and numbered PNG files, offline and live."""

from app.recording.opening import open_writer
from app.recording.recorder import Recorder, RecordingReport
from app.recording.writer import Writer

__all__ = ["Recorder", "RecordingReport", "Writer", "open_writer"]
