"""Write a folder of numbered PNG files."""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path

from app.recording.formats.disk_file import writing_error
from app.recording.formats.png import encode_png, has_mark, marked
from app.recording.writer import Writer
from flame_model.arrays import Picture
from flame_model.errors import OutputError
from flame_model.files.writing.whole_folder import hidden_folder, move_in
from flame_model.files.writing.write_errors import reason_of, unwritable

_FRAME = re.compile(r"frame_\d{6,}\.png", re.IGNORECASE)


class FolderWriter(Writer):
    """A writer of `frame_000000.png`, `frame_000001.png`, ..., which replace an earlier run's at the end.

    Each file is marked as flame-cam's. Frames without the mark belong to another program and are never
    touched.
    """

    def __init__(self, path: Path, *, alpha: bool) -> None:
        """Create the folder where needed, but not its parents; raises OutputError where files cannot be."""
        self.path = path
        self.frames = 0
        self._alpha = alpha
        self._made = False
        try:
            with suppress(FileExistsError):
                path.mkdir()
                self._made = True
            old = frames_in(path)
            # Older frames stay until all the new ones are written.
            self._folder = hidden_folder(path) if old else path
            self._probe()
        except OSError as error:
            raise unwritable(path / "frame_000000.png", error) from error

    @property
    def replaces(self) -> bool:
        """Whether the folder holds frames of an earlier run."""
        return self._folder != self.path

    def add(self, rgba: Picture) -> None:
        """Write one picture (H, W, 4); raises OutputError on a full disk."""
        if self.failure:
            raise self.failure
        file = self._folder / _name(self.frames)
        try:
            file.write_bytes(marked(encode_png(rgba, alpha=self._alpha)))
        except OSError as error:
            with suppress(OSError):
                file.unlink()
            # The folder may be gone with the frames in it.
            self.frames = sum((self._folder / _name(index)).exists() for index in range(self.frames))
            self.failure = writing_error(self.path, error)
            raise self.failure from error
        self.frames += 1

    def finish(self) -> None:
        """Do nothing, because each file is already complete."""

    def _probe(self) -> None:
        """Create and delete a file in the folder; raises OSError where that fails."""
        probe = self._folder / f".{os.getpid()}.probe"
        probe.touch(exist_ok=False)
        probe.unlink()

    def _keep(self) -> None:
        if not self.replaces:
            return
        try:
            move_in(self._folder, self.path, frames_in(self.path))
        except OSError as error:
            raise OutputError(
                f"The frames in {self.path} cannot be replaced ({reason_of(error)}); the new ones are in "
                f"{self._folder}."
            ) from error
        shutil.rmtree(self._folder, ignore_errors=True)

    def _discard(self) -> None:
        if self.replaces:
            shutil.rmtree(self._folder, ignore_errors=True)
        elif self._made:
            with suppress(OSError):
                self.path.rmdir()


def _name(index: int) -> str:
    return f"frame_{index:06d}.png"


def frames_in(folder: Path) -> list[str]:
    """Return the names of flame-cam's frames in a folder; raises OutputError for another program's frames."""
    names = sorted(file.name for file in folder.iterdir() if _FRAME.fullmatch(file.name))
    for name in names:
        if not has_mark(folder / name):
            raise OutputError(
                f"{folder} holds frames of another program or of an older flame-cam, such as {name}; "
                "name another folder, or remove them."
            )
    return names
