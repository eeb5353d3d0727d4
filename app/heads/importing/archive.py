"""Unpack the preferred head file of a zip archive, and its companion files."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path, PurePosixPath

from app.heads.importing.companion_files import COMPANION_FILES
from app.heads.importing.flame_editions import PREFERRED_FILES, plain_stem
from flame_model.errors import HeadFileError
from flame_model.files.checks import one_line
from flame_model.files.reading import expecting
from flame_model.files.zip_files import open_member, open_zip

_HEAD_SUFFIXES = (".pkl", ".npz")
_SIZE_LIMIT = 2**30
"""Bytes of all unpacked files together; FLAME's largest archive has a fifth of it."""
_MEMBER_LIMIT = 10_000


def holds_arrays(path: Path) -> bool:
    """Return whether an archive is an `.npz`, whose members are arrays; raises HeadFileError."""
    return any(member.filename.endswith(".npy") for member in _members(path))


def unpack_head(path: Path, folder: Path) -> Path:
    """Unpack the open or neutral head of an archive and its companions into `folder`; return the head's path.

    The members' own folders are ignored. Raises HeadFileError for an archive that holds no FLAME file, is
    damaged, unpacks to more than 1 GiB, or has members that point outside of it.
    """
    members = _members(path)
    head = _chosen(path, members)
    beside = {PurePosixPath(m.filename).name: m for m in members if m.filename.endswith(COMPANION_FILES)}
    wanted = [head, *(beside[name] for name in COMPANION_FILES if name in beside)]
    size = sum(member.file_size for member in wanted)
    if size > _SIZE_LIMIT:
        raise HeadFileError(
            f"{path} unpacks to {size} bytes, more than the {_SIZE_LIMIT} that are read; unpack it and add "
            "the FLAME file alone."
        )
    with expecting("zip archive", "Download it again.", error=HeadFileError), open_zip(path) as archive:
        for member in wanted:
            target = folder / PurePosixPath(member.filename).name
            with open_member(archive, member) as packed, target.open("wb") as unpacked:
                shutil.copyfileobj(packed, unpacked)
    return folder / PurePosixPath(head.filename).name


def _members(path: Path) -> list[zipfile.ZipInfo]:
    with expecting("zip archive", "Download it again.", error=HeadFileError), open_zip(path) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
    if len(members) > _MEMBER_LIMIT:
        raise HeadFileError(
            f"{path} holds {len(members)} files, more than the {_MEMBER_LIMIT} that are read; unpack it "
            "and add the FLAME file alone."
        )
    for member in members:
        name = PurePosixPath(member.filename)
        if name.is_absolute() or ".." in name.parts or ":" in member.filename or "\\" in member.filename:
            raise HeadFileError(
                f"{path} is refused because its file {one_line(member.filename)!r} points outside of it; "
                "download it again from its official site."
            )
    return members


def _chosen(path: Path, members: list[zipfile.ZipInfo]) -> zipfile.ZipInfo:
    """Return the first head file in the order of preference, or the only one there is."""
    found = {
        member.filename: member
        for member in members
        if member.filename.lower().endswith(_HEAD_SUFFIXES)
        and not member.filename.endswith(COMPANION_FILES)
        and "__MACOSX" not in member.filename
    }
    by_stem = {plain_stem(name): member for name, member in reversed(found.items())}
    for stem in PREFERRED_FILES:
        if stem in by_stem:
            return by_stem[stem]
    if len(found) != 1:
        listed = one_line(", ".join(found)) or "none"
        raise HeadFileError(
            f"{path}: should hold one FLAME file (.pkl or .npz), received {listed}; "
            "unpack it and add the one you want."
        )
    return next(iter(found.values()))
