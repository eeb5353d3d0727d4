"""Keep the results of single clips beside the output until it is written, so that a killed run can resume."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from app.training.gathering.clip import ClipTask
from flame_model.errors import InputError
from flame_model.files.writing.write_errors import unwritable
from mappings.records.gathered import VERSION, Gathered, load_gathered

_STEM_KEPT = 24
"""Most characters of a name that become part of another name, so that the other is not too long for a
disk."""


class Parts:
    """The results of clips, kept as files in a folder beside the output, each written whole or not at all.

    A part is named by the contents of its clip and of the tracker's bundle, so a clip that changed is tracked
    again.
    """

    def __init__(self, out: Path) -> None:
        digest = hashlib.sha256(out.name.encode()).hexdigest()
        # The name is hidden and unusual, so that it is no folder of the user's.
        self.folder = out.with_name(f".{out.stem[:_STEM_KEPT]}.flame-cam-parts-{digest[:8]}")

    def read(self, task: ClipTask) -> Gathered | None:
        """Return the result of a clip that an earlier run kept, None where there is no readable one."""
        try:
            return load_gathered(self._path(task))
        except InputError:
            return None

    def keep(self, task: ClipTask, part: Gathered) -> None:
        """Keep the result of a clip; raises OutputError."""
        try:
            self.folder.mkdir(exist_ok=True)
        except OSError as error:
            raise unwritable(self.folder, error) from error
        part.save(self._path(task))

    def discard(self) -> None:
        """Remove the parts, once the output is written."""
        with suppress(OSError):
            for part in self.folder.glob("*.npz"):
                part.unlink()
            self.folder.rmdir()

    def _path(self, task: ClipTask) -> Path:
        digest = hashlib.sha256(f"{VERSION}".encode())
        for file in (task.clip, task.bundle):
            with file.open("rb") as stream:
                digest.update(hashlib.file_digest(stream, "sha256").digest())
        return self.folder / f"{task.clip.stem[:_STEM_KEPT]}-{digest.hexdigest()[:16]}.npz"
