"""The terminal shows one table for each judge."""

from __future__ import annotations

from app.evaluating.evaluation import Evaluation
from app.evaluating.report.figures import JUDGES
from app.evaluating.report.text_table import table_lines


def test_each_judge_has_a_table_with_all_its_figures() -> None:
    first, second = "\n".join(table_lines(Evaluation("a", "b", (), {}))).split("\n\n")
    for figures, text in zip(JUDGES, (first, second), strict=True):
        assert text.startswith("clip  solver")
        assert all(figure.name in text for figure in figures)
