"""Measure whether the tracker believes the built-in head, and write docs/belief.md.

python -m benchmarks.belief --landmarker face_landmarker.task
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from app.cast import load_cast
from app.responding.belief import DRIVEN, PITCHES, YAWS, Belief, believe, living_signals
from mappings.gathered import REFERENCE, load_gathered

REPORT = Path(__file__).parents[1] / "docs" / "belief.md"
HEADING = """# Does the tracker believe the built-in head?

Written by `python -m benchmarks.belief --landmarker BUNDLE`: FaceLandmarker reads drawings of the head.

- At rest it is found in {found} of {turns} turns: yaw within {yaw} and pitch within {pitch} degrees{missed}.
- With both eyes shut it reads eyeBlink {left:.2f} (left) and {right:.2f} (right).
- Of a person at rest who shows one signal alone at {driven}, that signal is what changes most on the head in
  {believed} of {signals} cases, among the signals of its side and region (brows, eyes, mouth with jaw).
  Signals count that somebody of the 65 people in the reference frames reaches 0.2 in.

| signal | read back, from rest | strongest of its side and region |
|---|---|---|"""


def main() -> None:
    """Measure, print and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--landmarker", type=Path, required=True)
    options = parser.parse_args()
    signals = living_signals(load_gathered(Path(REFERENCE)).scores)
    belief = believe(load_cast("builtin", None), options.landmarker, signals)
    text = "\n".join(page(belief)) + "\n"
    REPORT.write_text(text, encoding="utf-8")
    print(text)


def page(belief: Belief) -> Iterator[str]:
    """Yield the lines of the page."""
    turns = len(YAWS) * len(PITCHES)
    left, right = belief.shut
    yield HEADING.format(
        found=turns - len(belief.missed),
        turns=turns,
        yaw=YAWS[-1],
        pitch=PITCHES[-1],
        missed=_list(belief),
        left=left,
        right=right,
        driven=DRIVEN,
        believed=sum(each.believed for each in belief.signals),
        signals=len(belief.signals),
    )
    for each in belief.signals:
        other = "itself" if each.believed else f"{each.strongest} {each.strongest_change:+.2f}"
        yield f"| {each.signal} | {each.change:+.2f} | {other} |"


def _list(belief: Belief) -> str:
    missed = ", ".join(f"({yaw}, {pitch})" for yaw, pitch in belief.missed)
    return f", not at {missed}" if missed else ""


if __name__ == "__main__":
    main()
