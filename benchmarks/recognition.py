"""Measure whether the tracker recognises the built-in head's expressions, and write docs/recognition.md.

python -m benchmarks.recognition --landmarker face_landmarker.task
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from app.model.animated_head import AnimatedHead
from benchmarks.measuring.signal_recognition import (
    DRIVEN,
    PITCHES,
    YAWS,
    Recognition,
    active_signals,
    measure_recognition,
)
from mappings.records.gathered import REFERENCE, load_gathered

REPORT = Path(__file__).parents[1] / "docs" / "recognition.md"
HEADING = """# Does the tracker recognise the head's expressions?

Written by `python -m benchmarks.recognition --landmarker BUNDLE`, which tracks drawings of the head.

- The head at rest is found in {found} of {turns} turns (yaw to {yaw}, pitch to {pitch} degrees){missed}.
- With both eyes closed the tracker reports eyeBlink {left:.2f} (left) and {right:.2f} (right).
- One signal alone is driven to {driven} from rest. In {recognised} of {signals} cases its score changes more
  than all other scores of its side and region (brows, eyes, mouth with jaw). The signals are those in which
  one of the 65 people in the reference frames reaches 0.2.

| signal | change of its score from rest | largest change in its side and region |
|---|---|---|"""


def main() -> None:
    """Measure, print and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--landmarker", type=Path, required=True)
    options = parser.parse_args()
    signals = active_signals(load_gathered(Path(REFERENCE)).scores)
    recognition = measure_recognition(AnimatedHead.load("builtin", hair=None), options.landmarker, signals)
    text = "\n".join(page(recognition)) + "\n"
    REPORT.write_text(text, encoding="utf-8")
    print(text)


def page(recognition: Recognition) -> Iterator[str]:
    """Yield the lines of the page."""
    turns = len(YAWS) * len(PITCHES)
    left, right = recognition.shut
    yield HEADING.format(
        found=turns - len(recognition.missed),
        turns=turns,
        yaw=YAWS[-1],
        pitch=PITCHES[-1],
        missed=_missed_turns(recognition),
        left=left,
        right=right,
        driven=DRIVEN,
        recognised=sum(each.recognised for each in recognition.signals),
        signals=len(recognition.signals),
    )
    for each in recognition.signals:
        other = "itself" if each.recognised else f"{each.strongest} {each.strongest_change:+.2f}"
        yield f"| {each.signal} | {each.change:+.2f} | {other} |"


def _missed_turns(recognition: Recognition) -> str:
    """Return the clause that lists the turns in which the head was not found."""
    missed = ", ".join(f"({yaw}, {pitch})" for yaw, pitch in recognition.missed)
    return f", not at {missed}" if missed else ""


if __name__ == "__main__":
    main()
