"""`flame-cam mapping evaluate`: measure how well a head shows what a person did."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from app.commands.options import debug_option, model_options, person_options, yes_option
from app.commands.values import MOST_FRAMES, Count, FilePath, SourceText
from app.system.terminal import say, tell


@click.command()
@click.argument("clips", type=SourceText(), metavar="CLIPS...", nargs=-1, required=True)
@model_options
@person_options
@click.option("--out", type=FilePath(path_type=Path), help="Write a report (.html) with curves and pictures.")
@click.option("--frames", type=Count(MOST_FRAMES), help="Use only this many frames of each clip.")
@yes_option
@debug_option
def evaluate(out: Path | None, **options: Any) -> None:
    """Measure how well a head shows what people did.

    The CLIPS drive the head, and the tracker observes its drawing as it observed the person. Every CLIP is a
    video of one face, a take or demo. In the first table, r and error compare the tracker's 52 scores on
    person and head; jitter, lag, bias and asymmetry measure the head's lips, lids and brows. The second table
    compares lengths of both faces, in distances between the eyes, and their turns as they appear. Without
    --solver all solvers that the head allows are compared.

    \b
    Example:
      flame-cam mapping evaluate me.mp4 --out report.html
      flame-cam mapping evaluate me.mp4 --head flame --mapping published/
    """
    from app.evaluating.evaluation import EvaluateSettings, evaluate
    from app.evaluating.report.text_table import table_lines

    settings = EvaluateSettings(out=out, **options)
    settings.check_output()
    evaluation = evaluate(settings, say)
    tell(*table_lines(evaluation))
    if out is not None:
        from app.evaluating.report.page import write_report

        write_report(evaluation, out)
        say(f"the report is in {out}")
