"""Check all outputs of a command in one call, before anything is opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from app.pipeline.outputs.input_files import Given, require_apart, require_apart_folder, same_place
from app.pipeline.outputs.replacing import ask_before_replacing
from app.pipeline.outputs.writable import require_writable, require_writable_folder
from flame_model.errors import OutputError


def check_outputs(
    *,
    files: Sequence[Path] = (),
    folders: Sequence[Path] = (),
    given: Iterable[Given],
    replace: bool,
) -> None:
    """Raise OutputError where an output is also an input, is named twice or cannot be written.

    An output folder belongs in `folders`, also where only some of its files are replaced. Without `replace`,
    a person at a terminal is asked before an existing output is overwritten; a script is not.
    """
    given = tuple(given)
    for first, second in combinations((*files, *folders), 2):
        if same_place(first, second):
            raise OutputError(f"{first} and {second} are the same output; name two different ones.")
    for file in files:
        require_apart(file, given)
        require_writable(file)
    for folder in folders:
        if same_place(folder, Path()):
            raise OutputError(f"The output folder '{folder}' is the current folder; name another.")
        require_apart_folder(folder, given)
        require_writable_folder(folder)
    if not replace:
        ask_before_replacing([file for file in files if file.is_file()])
        ask_before_replacing([folder for folder in folders if folder.is_dir() and any(folder.iterdir())])
