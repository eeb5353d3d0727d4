"""Measure whether movements of the face alone turn the head, and write a table of docs/steadiness.md.

    python -m benchmarks.steadiness --landmarker face_landmarker.task [--fast] [--no-page]

With --fast the head looks straight ahead only, which takes half a minute on two cores.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.system.tuning import share_few_cores
from benchmarks.head_options import chosen_variant, head_parser
from benchmarks.measuring.closed_loop import MOVEMENTS, POSES, Leak, measure_leaks
from benchmarks.written_page import table, write_section

TURN_LIMIT_DEG, CROWN_LIMIT_MM = 0.4, 0.5


def main() -> None:
    """Measure, print and write the table."""
    parser = head_parser(__doc__, "one pose only")
    options = parser.parse_args()
    share_few_cores()
    poses = list(POSES)[:1] if options.fast else list(POSES)
    leaks = measure_leaks(chosen_variant(options), options.landmarker, poses)
    text = page_text(leaks, options.head)
    print(text)
    if not options.no_page:
        write_section("steadiness.md", "movements", text)


def page_text(leaks: Sequence[Leak], head: str) -> str:
    """Return a table with a row for each movement, and two columns for each pose."""
    poses = list(dict.fromkeys(each.pose for each in leaks))
    header = ["movement", *(f"{figure}, {pose}" for pose in poses for figure in ("turn °", "crown mm"))]
    limits = ["limit", *[f"{TURN_LIMIT_DEG:.2f}", f"{CROWN_LIMIT_MM:.2f}"] * len(poses)]
    known = {(each.movement, each.pose): each for each in leaks}
    rows = [
        [movement, *(cell for pose in poses for cell in _cells(known[movement, pose]))]
        for movement in MOVEMENTS
    ]
    return (
        f"The head `{head}`; bold where a limit is exceeded:\n\n"
        f"{table(header, [limits, *rows])}\n{_lost(leaks)}"
    )


def _cells(leak: Leak) -> list[str]:
    """Return turn and crown as text, in bold beyond their limits."""
    values = ((leak.turn_deg, TURN_LIMIT_DEG), (leak.crown_mm, CROWN_LIMIT_MM))
    return [f"{value:.2f}" if value <= limit else f"**{value:.2f}**" for value, limit in values]


def _lost(leaks: Sequence[Leak]) -> str:
    """Return a sentence about the drawings in which no face was found, "" where there are none."""
    lost = [f"{each.movement}, {each.pose}" for each in leaks if each.seen < 1.0]
    return f"\nThe face was not found in every drawing of: {'; '.join(lost)}.\n" if lost else ""


if __name__ == "__main__":
    main()
