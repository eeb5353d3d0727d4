"""Write an evaluation as tables for the terminal: one for each judge."""

from __future__ import annotations

from collections.abc import Sequence

from app.evaluating.evaluation import Evaluation
from app.evaluating.report.figures import JUDGES, Figure, cells, header

MEAN = "mean"


def table_lines(evaluation: Evaluation) -> list[str]:
    """Return the table of each judge, with an empty line before every table but the first."""
    first, *others = (_table_lines(evaluation, figures) for figures in JUDGES)
    return [*first, *(line for each in others for line in ("", *each))]


def _table_lines(evaluation: Evaluation, figures: Sequence[Figure]) -> list[str]:
    """Return a row for every clip and variant, then rows of means where there are several clips."""
    rows = [["clip", "solver", *header(figures)]]
    for number, clip in enumerate(evaluation.clips):
        rows += [
            [clip.name, name, *cells(figures, [every[number]])] for name, every in evaluation.results.items()
        ]
    if len(evaluation.clips) > 1:
        rows += [[MEAN, name, *cells(figures, every)] for name, every in evaluation.results.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_aligned(row, widths)).rstrip() for row in rows]


def _aligned(row: list[str], widths: list[int]) -> list[str]:
    """Return a row padded to the widths: words to the left, numbers to the right."""
    return [
        cell.ljust(width) if column < 2 else cell.rjust(width)
        for column, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
