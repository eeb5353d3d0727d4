"""Figures are computed from results, averaged and written as text."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.evaluating.report.figures import FIGURES, JUDGES, Figure, cells


def test_clips_without_a_figure_are_left_out_of_its_mean() -> None:
    figure = Figure("jitter mm", "", ".2f", lambda value: value)
    assert figure.mean([1.0, np.nan, 2.0]) == 1.5
    assert figure.write(figure.mean([np.nan])) == "-"


@pytest.mark.parametrize("figures", JUDGES)
def test_no_result_is_a_row_of_unknowns(figures: tuple[Figure, ...]) -> None:
    assert cells(figures, []) == ["-"] * len(figures)


def test_no_name_stands_for_two_figures() -> None:
    assert len({figure.name for figure in FIGURES}) == len(FIGURES)


@pytest.mark.parametrize(
    ("name", "text"), [("r", "0.877"), ("error", "0.8765"), ("out of range", "87.7%"), ("lips err", "0.8765")]
)
def test_each_figure_has_its_format(name: str, text: str) -> None:
    figure = next(each for each in FIGURES if each.name == name)
    assert figure.write(0.87654) == text


def test_the_method_of_every_figure_is_documented() -> None:
    document = (Path(__file__).parents[4] / "docs" / "fidelity.md").read_text(encoding="utf-8")
    rows = [
        line.split(" | ")[0].removeprefix("| ") for line in document.splitlines() if line.count(" | ") == 1
    ]
    documented = {name.strip() for row in rows for name in row.split(",")}
    assert {figure.name for figure in FIGURES} <= documented
