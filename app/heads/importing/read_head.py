"""From whatever people have to a head that says where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.heads.importing.archive import holds_arrays, unpack_head
from app.heads.importing.companion_files import Companions, read_companions
from app.heads.importing.flame_editions import doubt, flame_provenance
from flame_model.errors import HeadFileError
from flame_model.files.head_file import is_own_head
from flame_model.files.npz import is_npz
from flame_model.files.reading import expecting
from flame_model.head import Head
from flame_model.heads import load_head_file
from flame_model.ict import is_ict, read_ict
from flame_model.notices import Say
from mappings.scores.ict_mapping import ict_mapping

MappingMaker = Callable[[Head], dict[str, npt.NDArray[np.float64]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """Hold a head as it was found, and what lay beside it."""

    head: Head
    companions: Companions
    mapping: MappingMaker | None = None
    """Gives the arrays of its mapping; None for one that has to be fitted."""
    painted: bool = False
    """Whether its colours are a first coat of ours, to be painted over once its landmarks are known."""


def read_source(path: Path, scratch: Path, say: Say) -> Reading:
    """Read a FLAME file or head of ours, the archive of ICT-FaceKit, or an archive with a FLAME file in it.

    `scratch` is an empty folder for what has to be unpacked. Raises HeadFileError.
    """
    with expecting("head file", error=HeadFileError):
        is_archive = is_npz(path)
    if is_archive and not holds_arrays(path):
        if is_ict(path):
            return Reading(read_ict(path), Companions(), ict_mapping, painted=True)
        unpacked = unpack_head(path, scratch)
        say(f"taking {unpacked.name} out of {path.name}")
        return _read_file(unpacked, (scratch, path.parent), path.name, say)
    return _read_file(path, (path.parent,), path.parent.name, say)


def _read_file(path: Path, folders: tuple[Path, ...], where: str, say: Say) -> Reading:
    head = load_head_file(path)
    if not np.ptp(head.template, axis=0).any():
        raise HeadFileError(
            f"{path}: should hold a head, received {len(head.template)} vertices in one place"
        )
    if is_own_head(path):
        return Reading(head, Companions())
    head = replace(head, provenance=flame_provenance(path.name, where))
    if doubtful := doubt(head):
        say(f"{path.name} is {doubtful}")
    return Reading(head, read_companions(folders, head, say))
