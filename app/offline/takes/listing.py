"""List the takes in a folder, with their lengths and how often a face was seen (`flame-cam takes list`)."""

from __future__ import annotations

from pathlib import Path

from app.recording.take_saving import recover_takes
from flame_model.errors import InputError, SourceError
from flame_model.files.paths import is_folder
from flame_model.notices import Say
from mappings.records.take_summary import TakeSummary, summary_of

_COLUMNS = ("NAME", "SECONDS", "FRAMES", "RATE", "WITH A FACE")


def list_takes(folder: Path, say: Say) -> list[str]:
    """Return the folder and a table of the takes in it, line by line; damaged ones are reported to `say`.

    What interrupted recordings left there becomes takes first. Raises InputError where the folder is missing.
    """
    if not is_folder(folder):
        raise InputError(f"There is no folder {folder}; name the one that holds your takes.")
    recover_takes(folder, say)
    rows = []
    for path in sorted(folder.glob("*.npz")):
        try:
            summary = summary_of(path)
        except SourceError as error:
            say(str(error))
        else:
            rows += [] if summary is None else [_row(path, summary)]
    if not rows:
        how = "press T in the window, or run: flame-cam track clip.mp4 take.npz --landmarks"
        say(f"no take is in {folder}; to record one, {how}")
        return []
    rows.insert(0, _COLUMNS)
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [[cell.ljust(width) for cell, width in zip(row, widths, strict=True)] for row in rows]
    return [str(folder.absolute()), *("  ".join(cells).rstrip() for cells in lines)]


def _row(path: Path, summary: TakeSummary) -> tuple[str, ...]:
    share = f"{summary.faces / summary.frames:.0%}" if summary.frames else "-"
    rate = f"{summary.fps:.3g}" if summary.fps else "-"
    return path.name, f"{summary.seconds:.1f}", f"{summary.frames}", rate, share
