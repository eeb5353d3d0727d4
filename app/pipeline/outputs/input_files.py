"""List the files that a command reads, and refuse an output that is one of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from app.model.profiles import profile_path
from flame_model.errors import OutputError
from flame_model.files.paths import at_home, device_and_inode
from flame_model.find_heads import BUILTIN, HEAD_FILE, MAPPING_FOLDER, added_heads_folder, head_names
from mappings.tracking.landmarker_bundle import BUNDLE_VARIABLE, cached_bundle

MOST_FILES = 10_000
"""Files that are compared in a given folder; a mapping has a dozen, labels of a long clip some thousands."""


class Given(NamedTuple):
    """A file or folder that a command reads."""

    what: str
    """What it is to the command, such as "the source"."""
    path: Path


def given_source(spec: str) -> tuple[Given, ...]:
    """Return the paths that a source may be read from."""
    if spec.strip() == "demo":
        return (Given("the source", Path(str(files("assets") / "takes" / "demo.npz"))),)
    # Opening decides whether the spaces around a name belong to it; here both readings are protected.
    return tuple(Given("the source", Path(each)) for each in dict.fromkeys((spec, spec.strip())) if each)


def given_background(text: str | None) -> tuple[Given, ...]:
    """Return the file that a background may be read from."""
    return () if text is None else (Given("the background", Path(text)),)


def given_head(head: str, mapping: Path | None) -> tuple[Given, ...]:
    """Return the file of a head, named by name or file, and the folder of its mapping."""
    file = at_home(head)
    if head != BUILTIN and head in head_names():
        file = added_heads_folder() / head / HEAD_FILE
    folder = mapping or file.parent / MAPPING_FOLDER
    return Given("the head", file), Given("the mapping", folder)


def given_files(**paths: Path | None) -> tuple[Given, ...]:
    """Return the files of those options that were set; each keyword is what the file is to the command."""
    return tuple(Given(f"the {what}", path) for what, path in paths.items() if path is not None)


def given_bundle(landmarker: Path | None) -> tuple[Given, ...]:
    """Return the tracker's bundle, as `mappings.tracking.landmarker_bundle.locate_bundle` looks for it."""
    named = landmarker or os.environ.get(BUNDLE_VARIABLE) or cached_bundle()
    return (Given("the tracker's bundle", at_home(named)),)


def given_profile(name: str | None) -> tuple[Given, ...]:
    """Return the file of a profile, none without a name."""
    return () if name is None else (Given("the profile", profile_path(name)),)


def require_apart(out: Path, given: Iterable[Given]) -> None:
    """Raise OutputError where the file `out` is one of the given files or lies in a given folder.

    The files themselves are compared: another path, a link or another case of letters is recognised too.
    """
    place = device_and_inode(out)
    for what, path in given:
        for file in files_at(path) if place else ():
            if device_and_inode(file) == place:
                raise OutputError(f"{out} is the same file as {what} {file}; name another output.")


def require_apart_folder(out: Path, given: Iterable[Given]) -> None:
    """Raise OutputError where the folder `out` is a given folder or holds a given file at any depth."""
    place = device_and_inode(out)
    for what, path in given:
        real = Path(os.path.realpath(path))
        if place and device_and_inode(real) and place in map(device_and_inode, (real, *real.parents)):
            raise OutputError(f"{out} is the folder of {what} {path}; name another output.")


def same_place(first: Path, second: Path) -> bool:
    """Return whether two outputs, which may not exist yet, would be the same file or folder."""
    if device_and_inode(first) or device_and_inode(second):
        return device_and_inode(first) == device_and_inode(second)
    # Disks that ignore case are common; two names that differ by case alone count as one.
    names = (Path(os.path.realpath(each)).name.casefold() for each in (first, second))
    parents = (device_and_inode(Path(os.path.realpath(each)).parent) for each in (first, second))
    return len(set(names)) == 1 and len(set(parents)) == 1


def files_at(path: Path) -> Iterator[Path]:
    """Yield `path` and, where it is a folder, up to MOST_FILES files in it."""
    yield path
    left = MOST_FILES
    for folder, _, names in os.walk(path):
        for name in names[:left]:
            yield Path(folder, name)
        left -= len(names)
        if left <= 0:
            return
