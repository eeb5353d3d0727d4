"""Errors a person can act on; the command line prints each as one sentence."""

from __future__ import annotations

from pathlib import Path


class FlameCamError(Exception):
    """Base of every error raised on purpose; `exit_code` is what the process ends with."""

    exit_code = 1


class InputError(FlameCamError):
    """Report wrong use or wrong input: an option, a file, a picture, a stream."""

    exit_code = 2


class UnreadableError(InputError):
    """Say why a file cannot be read; who asked for it adds what it should be and what mends it."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path} cannot be read ({reason}).")
        self.reason = reason
        """A few words without a full stop."""


class MissingFileError(UnreadableError):
    """Report a file that is not there."""


class HeadFileError(InputError):
    """Report a head file that cannot be read; the message names the file and the array."""


class MappingFileError(InputError):
    """Report a mapping folder that cannot be read; the message names the file and the shape received."""


class SourceError(InputError):
    """Report a source that cannot be opened or gives no picture."""


class OutputError(InputError):
    """Report an output that cannot be written."""


class TrackerBundleError(FlameCamError):
    """Report a FaceLandmarker bundle that is missing, wrong or cannot be downloaded."""


class DownloadError(FlameCamError):
    """Report something that was asked for and cannot be downloaded."""


class GraphicsError(FlameCamError):
    """Report missing OpenGL 3.3, a missing display or a shader that does not compile."""
