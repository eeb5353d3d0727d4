"""Read a head to add: from a FLAME file, a head of our own, ICT-FaceKit's archive or a zip archive."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from app.heads.importing.archive import holds_arrays, unpack_head
from app.heads.importing.companion_files import Companions, read_companions
from app.heads.importing.flame_editions import doubt, flame_provenance
from app.heads.importing.ict_strengths import ICT_STRENGTHS, strong_mapping
from flame_model.arrays import Float64Array
from flame_model.errors import HeadFileError
from flame_model.files.head_file import is_own_head
from flame_model.files.npz import is_npz
from flame_model.files.reading import expecting
from flame_model.find_heads import load_head_file
from flame_model.head import Head
from flame_model.ict import is_ict, read_ict
from flame_model.notices import Say

MakeMapping = Callable[[Head], dict[str, Float64Array]]


@dataclass(frozen=True, slots=True)
class ImportedHead:
    """A head as its file has it, with what the preparation steps need to know about the file."""

    head: Head
    companions: Companions
    make_mapping: MakeMapping | None = None
    """Returns the arrays of the head's mapping; None for a head whose mapping has to be fitted."""
    painted: bool = False
    """Whether its colours are only a first coat of paint, to be replaced once its landmarks are known."""


def read_any_head(path: Path, scratch: Path, say: Say) -> ImportedHead:
    """Read a FLAME file, a head of our own, ICT-FaceKit's archive, or an archive with a FLAME file in it.

    `scratch` is an empty folder for unpacking. Raises HeadFileError.
    """
    with expecting("head file", error=HeadFileError):
        is_archive = is_npz(path)
    if is_archive and not holds_arrays(path):
        if is_ict(path):
            return ImportedHead(read_ict(path, ICT_STRENGTHS), Companions(), strong_mapping, painted=True)
        unpacked = unpack_head(path, scratch)
        say(f"taking {unpacked.name} out of {path.name}")
        return _read_file(unpacked, (scratch, path.parent), path.name, say)
    return _read_file(path, (path.parent,), path.parent.name, say)


def _read_file(path: Path, folders: tuple[Path, ...], where: str, say: Say) -> ImportedHead:
    """Read a single file with the companions in `folders`; `where` may name the year of a FLAME edition."""
    head = load_head_file(path)
    if not np.ptp(head.template, axis=0).any():
        raise HeadFileError(
            f"{path}: should hold a head, received {len(head.template)} vertices in one place."
        )
    if is_own_head(path):
        return ImportedHead(head, Companions())
    head = replace(head, provenance=flame_provenance(path.name, where))
    if doubtful := doubt(head):
        say(doubtful)
    return ImportedHead(head, read_companions(folders, head, say))
