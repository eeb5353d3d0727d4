"""Measure the pipeline's speed, and write a section of docs/performance.md.

Each machine has a section, named after its OpenGL renderer; a new run replaces that section alone.

    python -m benchmarks.pipeline CLIP --landmarker face_landmarker.task [--live-seconds 60]

The measurements run one after the other. Between machines only the ratios are worth comparing.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.peers import bare_tracker_seconds, mapping_ms
from render.platform import backend

REPORT = Path(__file__).parents[1] / "docs" / "performance.md"
LEAST_FPS = {"studio": 20, "clay": 30}
"""Bounds of the looks beside a tracked clip of 30 frames per second."""
LOOK_SIZE = "1280x720"
TITLE = """# Performance

Written by `python -m benchmarks.pipeline CLIP --landmarker BUNDLE`, with a section for each machine. All rows
of a section were measured in one run. The bounds are meant for two cores and software OpenGL.
"""
SECTION = """
## {renderer}

{machine}, clip `{clip}`.

| what | measured | bound |
|---|---|---|
"""


def main() -> None:
    """Measure, print and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("clip", type=Path)
    parser.add_argument("--landmarker", type=Path, required=True)
    parser.add_argument("--live-seconds", type=float, default=60.0)
    options = parser.parse_args()
    rows = [render_row(options.clip, options.landmarker), mapping_row()]
    drawn, renderer = draw_row()
    rows += [drawn, *live_rows(options.clip, options.landmarker, options.live_seconds)]
    rows += look_rows(options.clip, options.landmarker)
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    text = SECTION.format(machine=machine, renderer=renderer, clip=options.clip.name)
    text += "".join(f"| {' | '.join(row)} |\n" for row in rows)
    REPORT.write_text(TITLE + "".join(with_section(REPORT, text)), encoding="utf-8")
    print(text)


def with_section(report: Path, section: str) -> list[str]:
    """Return the report's sections, with `section` in place of the one with the same heading, or added."""
    begin = "\n## "
    there = report.read_text(encoding="utf-8").split(begin)[1:] if report.is_file() else []
    heading = section.strip().splitlines()[0]
    others = [begin + each for each in there if f"## {each}".splitlines()[0] != heading]
    return sorted([*others, section])


def render_row(clip: Path, bundle: Path) -> tuple[str, str, str]:
    """Compare `flame-cam render` with the bare tracker on the same clip; the better of two runs of each."""
    with tempfile.TemporaryDirectory() as folder:
        command = flame_cam("render", str(clip), str(Path(folder) / "out.mp4"), "--size", "512x512")
        bare, whole = [], []
        for _ in range(2):
            bare.append(bare_tracker_seconds(clip, bundle))
            start = time.perf_counter()
            subprocess.run([*command, "--landmarker", str(bundle)], check=True, capture_output=True)
            whole.append(time.perf_counter() - start)
    ratio = min(whole) / min(bare)
    measured = f"{ratio:.2f} times ({min(whole):.2f} s against {min(bare):.2f} s)"
    return (
        "`flame-cam render CLIP out.mp4 --size 512x512`, against FaceLandmarker alone",
        measured,
        "2.0 times",
    )


def draw_row() -> tuple[tuple[str, str, str], str]:
    """Compare drawing the built-in head with pyrender, which rebuilds its mesh; also return the renderer."""
    backend.select(headless=True)
    from benchmarks.drawing import drawing_times

    ours, theirs, renderer = drawing_times()
    measured = f"1/{theirs / ours:.1f} ({ours * 1e3:.1f} ms against {theirs * 1e3:.1f} ms)"
    return ("drawing the built-in head at 720x720, against pyrender", measured, "1/5"), renderer


def mapping_row() -> tuple[str, str, str]:
    """Time the step from an observation to head parameters."""
    return "mapping: time per frame", f"{mapping_ms():.3f} ms", "0.2 ms"


def live_rows(clip: Path, bundle: Path, seconds: float) -> list[tuple[str, str, str]]:
    """Run the window on the looped clip for 15 s and for `seconds`, and return rows of its statistics."""
    short, long = (live_stats(clip, bundle, length) for length in (15.0, seconds))
    return [
        ("live: tracked frames dropped", f"{long['dropped']} of {seconds:.0f} s", "0"),
        ("live: capture to buffer swap, p95", f"{long['latency_ms']['p95']:.1f} ms", "45 ms"),
        (
            "live: first animated frame after process start",
            f"{short['startup_first_frame_s']:.2f} s",
            "2.0 s",
        ),
        ("live: resident memory", f"{long['rss_mb']:.0f} MB", "450 MB"),
        (
            f"live: growth of memory from 15 s to {seconds:.0f} s",
            f"{long['rss_mb'] - short['rss_mb']:+.0f} MB",
            "flat",
        ),
    ]


def look_rows(clip: Path, bundle: Path, seconds: float = 15.0) -> list[tuple[str, str, str]]:
    """Run the window on the looped clip in the looks that have a bound, and return rows of their rates."""
    rows = []
    for look, bound in LEAST_FPS.items():
        stats = live_stats(clip, bundle, seconds, "--size", LOOK_SIZE, "--look", look)
        rate = f"{stats['render_fps']:.1f} per second"
        rows.append((f"live: pictures of {LOOK_SIZE} in the look {look}", rate, f"{bound} per second"))
    return rows


def live_stats(clip: Path, bundle: Path, seconds: float, *more: str) -> dict:
    """Return the statistics of one live run that lasts `seconds`; `more` are further options."""
    with tempfile.TemporaryDirectory() as folder:
        stats = Path(folder) / "stats.json"
        options = ["--source", str(clip), "--landmarker", str(bundle)]
        # The settings that the panel keeps would change what is measured.
        options += ["--no-settings", "--exit-after", str(seconds), "--stats", str(stats), *more]
        command = [*(["xvfb-run", "-a"] if not os.environ.get("DISPLAY") else []), *flame_cam(*options)]
        subprocess.run(command, check=True, capture_output=True)
        return json.loads(stats.read_text(encoding="utf-8"))


def flame_cam(*arguments: str) -> list[str]:
    """Return the command line of this environment's flame-cam."""
    return [sys.executable, "-m", "app.cli", *arguments]


if __name__ == "__main__":
    main()
