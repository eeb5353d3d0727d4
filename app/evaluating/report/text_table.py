"""Write an evaluation as a table for the terminal."""

from __future__ import annotations

from app.evaluating.evaluation import Evaluation
from app.evaluating.report.figures import cells, header

MEAN = "mean"


def table_lines(evaluation: Evaluation) -> list[str]:
    """Return a row for every clip and variant, then rows of means where there are several clips."""
    rows = [["clip", "solver", *header()]]
    for number, clip in enumerate(evaluation.clips):
        rows += [[clip.name, name, *cells([every[number]])] for name, every in evaluation.results.items()]
    if len(evaluation.clips) > 1:
        rows += [[MEAN, name, *cells(every)] for name, every in evaluation.results.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_aligned(row, widths)).rstrip() for row in rows]


def _aligned(row: list[str], widths: list[int]) -> list[str]:
    """Return a row padded to the widths: words to the left, numbers to the right."""
    return [
        cell.ljust(width) if column < 2 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
