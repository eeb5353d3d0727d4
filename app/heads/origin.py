"""Record which file an added head was made from, in `about.json` beside the head."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from flame_model.errors import HeadFileError
from flame_model.files.checks import one_line
from flame_model.files.reading import expecting, read_json, reading
from flame_model.files.writing.whole_file import write_text

ABOUT_FILE = "about.json"
_LONGEST = 1000
"""Characters of a path that are shown."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The file from which a head was read."""

    source: str
    """The file's path, or the address it was downloaded from."""
    size: int
    """Bytes."""
    sha256: str
    companions: tuple[str, ...] = ()
    """Names of the companion files that were used."""

    @classmethod
    def of(cls, file: Path, source: str, companions: tuple[str, ...]) -> Origin:
        """Return the origin of a head that was read from `file`."""
        with file.open("rb") as stream:
            checksum = hashlib.file_digest(stream, "sha256").hexdigest()
        return cls(source, file.stat().st_size, checksum, companions)

    def __str__(self) -> str:
        """Return the origin as one line for lists."""
        beside = f", with {', '.join(self.companions)}" if self.companions else ""
        return f"{self.source}, {self.size:,} bytes, SHA-256 {self.sha256}{beside}"


def write_origin(origin: Origin, folder: Path) -> None:
    """Write the origin into a head's folder; raises OutputError."""
    text = json.dumps(asdict(origin), indent=2) + "\n"
    write_text(folder / ABOUT_FILE, text)


def read_origin(folder: Path) -> Origin | None:
    """Return the origin of the head in a folder, None where none was written; raises HeadFileError."""
    path = folder / ABOUT_FILE
    if not path.exists():
        return None
    with expecting("record of a head's origin", "Add the head again.", error=HeadFileError), reading(path):
        fields = read_json(path)
        return Origin(
            source=one_line(fields["source"], _LONGEST),
            size=int(fields["size"]),
            sha256=one_line(fields["sha256"]),
            companions=tuple(one_line(name) for name in fields["companions"]),
        )
