"""Measure how well each installed head shows what people did, and write the tables of docs/fidelity.md.

    python -m benchmarks.fidelity DATA --landmarker face_landmarker.task [--frames 100]

DATA is a folder with the clips listed in CLIPS. The figures are those of `flame-cam mapping evaluate`.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from app.evaluating.evaluation import (
    EvaluateSettings,
    Evaluation,
    evaluate_variants,
    observe_clips,
    variants_of,
)
from app.evaluating.report.figures import FIGURES, cells, header
from app.model.solvers import BEST_SOLVER
from app.system.tuning import share_few_cores
from flame_model.find_heads import head_names

REPORT = Path(__file__).parents[1] / "docs" / "fidelity.md"
BEGIN, END = "<!-- tables: written by benchmarks/fidelity.py -->", "<!-- end of tables -->"
CLIPS = ("grin", "expressive", "talking_wide", "glasses", "phone_portrait", "mouth_shapes")


def main() -> None:
    """Measure, print and write the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder of the clips")
    parser.add_argument("--landmarker", type=Path, required=True)
    parser.add_argument("--frames", type=int, help="number of frames of each clip; default: all")
    options = parser.parse_args()
    share_few_cores()
    specs = tuple(str(options.data / f"{name}.mp4") for name in CLIPS)
    clips = observe_clips(specs, options.landmarker, options.frames, print)
    settings = (EvaluateSettings(clips=specs, head=head) for head in head_names())
    evaluations = [
        evaluate_variants(variants_of(each, print), clips, options.landmarker) for each in settings
    ]
    text = tables(evaluations)
    before, _, rest = REPORT.read_text(encoding="utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    REPORT.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")
    print(text)


def tables(evaluations: Sequence[Evaluation]) -> str:
    """Return a table of means with a row for each head and solver, then a table of clips for each head."""
    means = [
        [each.head, _marked(name, each), *cells(results)]
        for each in evaluations
        for name, results in each.results.items()
    ]
    parts = [
        "Means over the clips; bold marks the default solver:",
        _table(["head", "solver"], means),
    ]
    for each in evaluations:
        rows = [
            [clip.name, name, *cells([results[number]])]
            for number, clip in enumerate(each.clips)
            for name, results in each.results.items()
        ]
        parts += [f"The head `{each.head}`, clip by clip:", _table(["clip", "solver"], rows)]
    return "\n\n".join(parts) + "\n"


def _marked(solver: str, evaluation: Evaluation) -> str:
    """Return a solver's name, in bold where it is the head's default: the best, or the only one."""
    is_default = solver == BEST_SOLVER or len(evaluation.results) == 1
    return f"**{solver}**" if is_default else solver


def _table(first: list[str], rows: list[list[str]]) -> str:
    lines = [[*first, *header()], ["---", "---", *["---:"] * len(FIGURES)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    main()
