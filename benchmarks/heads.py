"""Measure the time and disk space of adding, loading and drawing heads, and write docs/heads.md.

    python -m benchmarks.heads ICT-FaceKit-master.zip --landmarker face_landmarker.task

Nothing is added to the user's heads; all files go into a temporary folder. The measurements run one after the
other on this machine. Between machines only the ratio is worth comparing.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
import time
from importlib import resources
from pathlib import Path

from app.heads.importing.preparation_steps import Preparation, prepare_head
from app.heads.importing.read_head import read_any_head
from flame_model.find_heads import BUILTIN, HEAD_FILE, load_head
from flame_model.head import Head
from render.platform import backend
from tests.flame_files import write_flame_file
from tests.synthetic_heads import mixed_flame_head

REPORT = Path(__file__).parents[1] / "docs" / "heads.md"
HEADING = """# Cost of heads

Written by `python -m benchmarks.heads ICT-FaceKit-master.zip --landmarker BUNDLE`. All rows were measured in
one run on {machine}, {renderer}. Adding is timed from the file to the finished
folder, without the start of the process. The FLAME file is the built-in head with its expressions mixed into
100 components.

| what | measured | bound |
|---|---|---|
"""
LOADS, TURNS = 5, 2
"""Number of times that a head is loaded, and that both heads are drawn in turn; the best time counts."""
MEGABYTE = 1e6
Row = tuple[str, str, str]
"""What was measured, the measured value and its bound."""


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ict", type=Path, metavar="ICT-FaceKit-master.zip")
    parser.add_argument("--landmarker", type=Path, required=True)
    options = parser.parse_args()
    backend.select(headless=True)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        rows = [*builtin_rows(), *ict_rows(options.ict, options.landmarker, folder)]
        rows.append(flame_row(options.landmarker, folder))
        drawn, renderer = draw_row(load_head(BUILTIN), load_head(str(folder / "ict" / HEAD_FILE)))
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    text = HEADING.format(machine=machine, renderer=renderer)
    text += "".join(f"| {' | '.join(row)} |\n" for row in [*rows, drawn])
    REPORT.write_text(text, encoding="utf-8")
    print(text)


def builtin_rows() -> list[Row]:
    """Measure the built-in head."""
    with resources.as_file(resources.files("assets") / "heads" / f"{BUILTIN}.npz") as path:
        size = path.stat().st_size
    return [
        ("built-in head: load", f"{load_seconds(BUILTIN):.2f} s", "0.15 s"),
        ("built-in head: size on disk", f"{size / MEGABYTE:.1f} MB", "8 MB"),
    ]


def ict_rows(archive: Path, bundle: Path, folder: Path) -> list[Row]:
    """Measure ICT-FaceKit, added from its archive into `folder`/ict."""
    seconds = add_seconds(archive, "ict", bundle, folder)
    size = sum(file.stat().st_size for file in (folder / "ict").rglob("*") if file.is_file())
    return [
        ("ICT-FaceKit: `heads add` from an archive on disk", f"{seconds:.1f} s", "60 s"),
        ("ICT-FaceKit: size on disk", f"{size / MEGABYTE:.1f} MB", "40 MB"),
        ("ICT-FaceKit: load", f"{load_seconds(str(folder / 'ict' / HEAD_FILE)):.2f} s", "0.5 s"),
    ]


def flame_row(bundle: Path, folder: Path) -> Row:
    """Measure a FLAME file, added from its pickle into `folder`/flame."""
    head = mixed_flame_head()
    file = folder / "generic_model.pkl"
    write_flame_file(head, file)
    seconds = add_seconds(file, "flame", bundle, folder)
    return f"FLAME file of {len(head.template):,} vertices: `heads add`", f"{seconds:.1f} s", "60 s"


def draw_row(builtin: Head, ict: Head) -> tuple[Row, str]:
    """Compare the drawing times of ICT-FaceKit and the built-in head, the best of TURNS each.

    Also return the name of the OpenGL renderer.
    """
    from benchmarks.drawing import frame_seconds

    turns = [[frame_seconds(head) for head in (builtin, ict)] for _ in range(TURNS)]
    ours, theirs = (min(seconds for seconds, _ in times) for times in zip(*turns, strict=True))
    measured = f"{theirs / ours:.2f} times ({theirs * 1e3:.1f} ms against {ours * 1e3:.1f} ms)"
    return ("ICT-FaceKit: drawing at 720x720, against the built-in head", measured, "3 times"), turns[0][0][1]


def add_seconds(source: Path, name: str, bundle: Path, folder: Path) -> float:
    """Return the seconds that reading and preparing a head into `folder`/`name` takes."""
    target, unpacked = folder / name, folder / f"{name}-unpacked"
    target.mkdir()
    unpacked.mkdir()
    start = time.perf_counter()
    imported = read_any_head(source, unpacked, print)
    prepare_head(name, Preparation(imported, target, bundle, print))
    return time.perf_counter() - start


def load_seconds(head: str) -> float:
    """Return the shortest time in seconds of LOADS loads of a head, named by name or file."""
    times = []
    for _ in range(LOADS):
        start = time.perf_counter()
        load_head(head)
        times.append(time.perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    main()
