"""The files that a person gave, and whether an output is one of them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from app.model.profiles import profile_path
from flame_model.errors import OutputError
from flame_model.files.standing import at_home, identity
from flame_model.heads import BUILTIN, HEAD_FILE, MAPPING_FOLDER, added_heads_folder, head_names
from mappings.tracking.bundle import BUNDLE_VARIABLE, cached_bundle

MOST_FILES = 10_000
"""Looked at in a given folder; a mapping has a dozen, labels of a long clip some thousands."""


class Given(NamedTuple):
    """Name a file or folder that a command reads."""

    what: str
    """Such as "the source"."""
    path: Path


def given_source(spec: str) -> tuple[Given, ...]:
    """Return the file that a source is read from, if it is one."""
    if spec.strip() == "demo":
        return (Given("the source", Path(str(files("assets") / "takes" / "demo.npz"))),)
    # Which of the two a source with spaces around it means is for the source to say.
    return tuple(Given("the source", Path(each)) for each in dict.fromkeys((spec, spec.strip())) if each)


def given_head(head: str, mapping: Path | None) -> tuple[Given, ...]:
    """Return the files of a head, by name or file, and of its mapping; none where there is no such head."""
    file = at_home(head)
    if head != BUILTIN and head in head_names():
        file = added_heads_folder() / head / HEAD_FILE
    folder = mapping or file.parent / MAPPING_FOLDER
    return Given("the head", file), Given("the mapping", folder)


def given_files(**paths: Path | None) -> tuple[Given, ...]:
    """Return the files of options, those that were given, by the option's name."""
    return tuple(Given(f"the {what}", path) for what, path in paths.items() if path is not None)


def given_bundle(landmarker: Path | None) -> tuple[Given, ...]:
    """Return the tracker's bundle, as `mappings.tracking.bundle.locate_bundle` looks for it."""
    named = landmarker or os.environ.get(BUNDLE_VARIABLE) or cached_bundle()
    return (Given("the tracker's bundle", at_home(named)),)


def given_profile(name: str | None) -> tuple[Given, ...]:
    """Return the file of a profile."""
    return () if name is None else (Given("the profile", profile_path(name)),)


def require_apart(out: Path, given: Iterable[Given]) -> None:
    """Raise OutputError where the file `out` is a given one, or one in a given folder.

    Files are compared, not names: another path, a link or another spelling of case is found too.
    """
    place = identity(out)
    for what, path in given:
        for file in files_at(path) if place else ():
            if identity(file) == place:
                raise OutputError(f"{out} is the same file as {what} {file}; name another output.")


def require_apart_folder(out: Path, given: Iterable[Given]) -> None:
    """Raise OutputError where the folder `out` is a given one or holds a given file, however deep."""
    place = identity(out)
    for what, path in given:
        real = Path(os.path.realpath(path))
        if place and identity(real) and place in map(identity, (real, *real.parents)):
            raise OutputError(f"{out} is the folder of {what} {path}; name another output.")


def same_place(first: Path, second: Path) -> bool:
    """Tell whether two outputs, which may not be there yet, would be one."""
    if identity(first) or identity(second):
        return identity(first) == identity(second)
    # Disks that ignore case are common, and names that differ in nothing else are hardly meant.
    names = (Path(os.path.realpath(each)).name.casefold() for each in (first, second))
    parents = (identity(Path(os.path.realpath(each)).parent) for each in (first, second))
    return len(set(names)) == 1 and len(set(parents)) == 1


def files_at(path: Path) -> Iterator[Path]:
    """Yield a file, or the files in a folder."""
    yield path
    left = MOST_FILES
    for folder, _, names in os.walk(path):
        for name in names[:left]:
            yield Path(folder, name)
        left -= len(names)
        if left <= 0:
            return
