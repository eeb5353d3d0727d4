"""Exceptions that the program raises on purpose; each message is one or two full sentences for the user."""

from __future__ import annotations

from pathlib import Path


class FlameCamError(Exception):
    """Base class of every exception that is raised on purpose; `exit_code` is the process's exit status."""

    exit_code = 1


class InputError(FlameCamError):
    """Wrong use or wrong input: an option, a file, a picture or a stream."""

    exit_code = 2


class UnreadableError(InputError):
    """A file cannot be read; `flame_model.files.reading.expecting` adds what it should be and the fix."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be read ({reason}).")
        self.path = path
        self.reason = reason
        """A clause that begins in lower case and has no full stop."""


class MissingFileError(UnreadableError):
    """A file does not exist."""


class HeadFileError(InputError):
    """A head file cannot be read; the message names the file and the array."""


class MappingFileError(InputError):
    """A mapping folder cannot be read; the message names the file and the value or shape received."""


class OutdatedFileError(MappingFileError):
    """A file of a mapping folder was of an earlier version; the message names the command that renews it."""


class SourceError(InputError):
    """A source cannot be opened or yields no frame."""


class OutputError(InputError):
    """An output cannot be written."""


class TrackerBundleError(FlameCamError):
    """A FaceLandmarker bundle is missing, damaged or cannot be downloaded."""


class DownloadError(FlameCamError):
    """A download failed."""


class GraphicsError(FlameCamError):
    """OpenGL 3.3 or a display is missing, or a shader does not compile."""

    remedy = ""
    """Shell command that removes the cause; empty where none is known."""
