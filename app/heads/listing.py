"""List the heads that can be named, and describe one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from textwrap import wrap

import numpy as np

from app.heads.origin import read_origin
from app.heads.store import PICTURE_FILE
from app.system.file_names import plain_name
from flame_model.errors import FlameCamError, InputError
from flame_model.files.checks import one_line, shown
from flame_model.find_heads import BUILTIN, MAPPING_FOLDER, added_heads_folder, head_names, load_head
from flame_model.head import Head, Provenance
from flame_model.notices import counted
from mappings.response.response_file import load_response
from mappings.scores.mapping_folder import RESPONSE_NAME
from mappings.scores.score_mapping import ScoreMapping

_COLUMNS = ("NAME", "EDITION", "LICENCE", "VERTICES", "EXPRESSIONS", "SIZE")
_MEGABYTE = 1e6
_WIDTH, _INDENT = 110, 13 * " "


def list_heads() -> list[str]:
    """Return the lines of a table of all heads; for an unreadable one it names the command that explains."""
    rows = [_COLUMNS, *(_row(name) for name in head_names())]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        lines.append("  ".join(cells).rstrip())
    return lines


def describe_head(name: str) -> list[str]:
    """Return lines that describe one head; raises InputError for an unknown name."""
    name = plain_name(name)
    if name not in head_names():
        raise InputError(f"No head is named {shown(name)}; choose one of: {', '.join(head_names())}.")
    lines: list[str] = []
    for topic, text in _facts(name, load_head(name)):
        line = f"{topic + ':':<12} {text}"
        lines += wrap(line, _WIDTH, subsequent_indent=_INDENT, break_long_words=False)
    return lines


def _facts(name: str, head: Head) -> Iterator[tuple[str, str]]:
    """Yield (topic, text) of everything that `heads show` prints."""
    provenance = stated_provenance(head)
    yield "name", name
    yield "edition", provenance.edition
    yield "licence", provenance.licence
    yield "source", provenance.source
    yield "mesh", f"{len(head.template):,} vertices, {len(head.faces):,} faces"
    yield "identity", _components(head.identity_count, head.identity_names)
    yield "expression", _components(head.expression_count, head.expression_names)
    yield "eyelids", "yes" if head.eyelid_basis.any() else "no shapes that close them"
    yield "landmarks", "no" if head.landmarks is None else f"{len(head.landmarks.triangles)} placed"
    yield "size", _size(name)
    if name == BUILTIN:
        with resources.as_file(resources.files("assets") / "mappings" / BUILTIN) as bundled:
            yield "response", _response(head, bundled)
        return
    folder = added_heads_folder() / name
    mapping = folder / MAPPING_FOLDER
    yield "mapping", str(mapping) if mapping.is_dir() else "none; name one with --mapping FOLDER"
    if mapping.is_dir():
        yield "response", _response(head, mapping)
    if (folder / PICTURE_FILE).is_file():
        yield "picture", str(folder / PICTURE_FILE)
    if origin := read_origin(folder):
        yield "made from", str(origin)


def _response(head: Head, mapping: Path) -> str:
    """Return whether the head's response was measured, and how well it explains the tracker's scores."""
    if not (mapping / RESPONSE_NAME).is_file():
        return f"not measured; measure it with: flame-cam mapping respond --head {head.name}"
    try:
        response = load_response(mapping / RESPONSE_NAME, ScoreMapping.load(mapping).for_head(head))
    except FlameCamError as error:
        return one_line(error)
    # A score that hardly varies may have an R2 far below 0, which would decide a mean.
    explained = np.median(response.r2[response.signals])
    return (
        f"measured on {response.frames:,} readings; explains the scores with a median R2 of {explained:.2f}"
    )


def _row(name: str) -> tuple[str, ...]:
    try:
        head = load_head(name)
    except FlameCamError:
        return name, "cannot be read", f"see: flame-cam heads show {name}", "", "", _size(name)
    provenance = stated_provenance(head)
    counts = f"{len(head.template):,}", str(head.expression_count)
    # Only the licence's name; `heads show` prints its conditions.
    licence = re.split(r"[(;]", provenance.licence)[0].strip()
    return name, provenance.edition, licence, *counts, _size(name)


def stated_provenance(head: Head) -> Provenance:
    """Return a head's provenance with words in place of what its file does not state."""
    stated = head.provenance
    return Provenance(
        stated.edition or "own file", stated.licence or "not stated", stated.source or "unknown"
    )


def _components(count: int, names: tuple[str, ...]) -> str:
    return counted(count, "component") + (f": {', '.join(names)}" if names else "")


def _size(name: str) -> str:
    """Return the head's size on the disk."""
    if name == BUILTIN:
        with resources.as_file(resources.files("assets") / "heads" / f"{BUILTIN}.npz") as path:
            files: list[Path] = [path]
    else:
        files = [file for file in (added_heads_folder() / name).rglob("*") if file.is_file()]
    return f"{sum(file.stat().st_size for file in files) / _MEGABYTE:.1f} MB"
