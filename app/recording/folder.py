"""A folder of numbered PNG files."""

from __future__ import annotations

import re
from pathlib import Path

from app.recording.contract import Picture, Writer
from app.recording.disk import opening_error, writing_error
from app.recording.png import encode_png
from flame_model.errors import OutputError

_FRAME = re.compile(r"frame_\d{6,}\.png")


class FolderWriter(Writer):
    """Write `frame_000000.png`, `frame_000001.png`, ...; frames of an earlier run are removed first."""

    def __init__(self, path: Path, *, alpha: bool) -> None:
        """Create the folder where needed, not its parents; raises OutputError where it takes no files."""
        self.path = path
        self.frames = 0
        self._alpha = alpha
        self._failure: OutputError | None = None
        try:
            path.mkdir(exist_ok=True)
            for old in [file for file in path.iterdir() if _FRAME.fullmatch(file.name)]:
                old.unlink()
            probe = path / "frame_000000.png"
            probe.touch()
            probe.unlink()
        except FileExistsError as error:
            raise OutputError(
                f"{path} is a file, not a folder; name another folder for the frames."
            ) from error
        except OSError as error:
            raise opening_error(path, error) from error

    def add(self, rgba: Picture) -> None:
        """Write one picture."""
        if self._failure:
            raise self._failure
        file = self.path / f"frame_{self.frames:06d}.png"
        try:
            file.write_bytes(encode_png(rgba, alpha=self._alpha))
        except OSError as error:
            file.unlink(missing_ok=True)
            self._failure = writing_error(self.path, error, self.frames)
            raise self._failure from error
        self.frames += 1

    def close(self) -> None:
        """Do nothing: every file is whole already."""
