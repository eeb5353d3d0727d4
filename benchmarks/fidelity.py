"""Measure how well each installed head shows what people did, and write the tables of docs/fidelity.md.

    python -m benchmarks.fidelity DATA --landmarker face_landmarker.task [--frames 100] [--solver hybrid]

DATA is a folder with the clips of measuring.fidelity_tables. The figures are those of `flame-cam mapping
evaluate`. With --as-before COMMIT they are kept as those that later ones stand beside, and the page is not
written.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from app.evaluating.evaluation import (
    EvaluateSettings,
    Evaluation,
    evaluate_variants,
    observe_clips,
    variants_of,
)
from app.model.solvers import SOLVERS
from app.system.tuning import share_few_cores
from benchmarks.measuring.fidelity_tables import CLIPS, page_tables, summary_values
from benchmarks.written_page import write_section
from flame_model.find_heads import head_names

BEFORE = Path(__file__).parent / "fidelity_before.json"
"""The figures of an earlier version: {"commit": its commit, "heads": {head: {figure: value}}}."""


def main() -> None:
    """Measure, print and write the tables."""
    options = _options()
    share_few_cores()
    specs = tuple(str(options.data / f"{name}.mp4") for name in CLIPS)
    clips = observe_clips(specs, options.landmarker, options.frames, print)
    evaluations = []
    for number, head in enumerate(options.head or head_names(), start=1):
        print(f"head {number}: {head}", flush=True)
        settings = EvaluateSettings(clips=specs, head=head, solver=options.solver)
        evaluations.append(evaluate_variants(variants_of(settings, print), clips, options.landmarker))
    if options.as_before:
        keep_before(evaluations, options.as_before)
        return
    before = json.loads(BEFORE.read_text(encoding="utf-8"))
    text = page_tables(evaluations, before["heads"], before["commit"])
    print(text)
    if not options.no_page:
        write_section("fidelity.md", "tables", text)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="folder of the clips")
    parser.add_argument("--landmarker", type=Path, required=True)
    parser.add_argument("--frames", type=int, help="number of frames of each clip; default: all")
    parser.add_argument("--head", action="append", help="only this head; may be given again; default: all")
    parser.add_argument("--solver", choices=SOLVERS, help="only this solver; default: all")
    parser.add_argument("--no-page", action="store_true", help="print the tables only")
    parser.add_argument("--as-before", metavar="COMMIT", help="keep the figures for later comparison")
    return parser.parse_args()


def keep_before(evaluations: Sequence[Evaluation], commit: str, path: Path = BEFORE) -> None:
    """Write the figures of every head, to four digits, as those of `commit`."""
    heads = {
        each.head: {name: round(value, 4) for name, value in summary_values(each).items()}
        for each in evaluations
    }
    path.write_text(
        json.dumps({"commit": commit, "heads": heads}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
