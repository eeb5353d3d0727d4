"""Make the report's tables: the figures of every variant by each judge, and the lengths of a clip."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.evaluating.appearance.face_lengths import FACE_LENGTHS
from app.evaluating.evaluation import Result
from app.evaluating.report.figures import JUDGES, UNKNOWN_TEXT, Figure


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of figures."""

    variant: str
    cells: list[tuple[str, bool]]
    """Each figure as text, and whether it is the best of its column."""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The figures of one judge."""

    figures: tuple[Figure, ...]
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class LengthRow:
    """One length of the face: the error, gain and r of every variant as text."""

    length: str
    cells: list[str]


def figure_tables(results: dict[str, tuple[Result, ...]]) -> list[FigureTable]:
    """Return the table of each judge, with a row for each variant of its means over the results."""
    return [FigureTable(figures, _rows(figures, results)) for figures in JUDGES]


def length_rows(results: Sequence[Result]) -> list[LengthRow]:
    """Return a row for every length of one clip; `results` are those of its variants."""
    return [
        LengthRow(name, [text for result in results for text in _length_cells(result, name)])
        for name in FACE_LENGTHS
    ]


def _length_cells(result: Result, name: str) -> tuple[str, str, str]:
    """Return the error, gain and r of one length as text."""
    match = result.appearance.lengths.get(name)
    if match is None:
        return (UNKNOWN_TEXT,) * 3
    values = ((match.error, ".4f"), (match.gain, ".2f"), (match.r, ".3f"))
    error, gain, r = (UNKNOWN_TEXT if np.isnan(value) else format(value, form) for value, form in values)
    return error, gain, r


def _rows(figures: Sequence[Figure], results: dict[str, tuple[Result, ...]]) -> list[Row]:
    columns = [_marked(figure, [figure.mean(every) for every in results.values()]) for figure in figures]
    return [Row(name, cells) for name, *cells in zip(results, *columns, strict=True)]


def _marked(figure: Figure, values: list[float]) -> list[tuple[str, bool]]:
    """Return one figure of every variant as text, and whether it is the best of them.

    Where all texts are equal, none is the best.
    """
    texts = [figure.write(value) for value in values]
    known = [value for value in values if not np.isnan(value)]
    if len(set(texts)) < 2:
        return [(text, False) for text in texts]
    best = figure.write(min(known, key=lambda value: abs(value - figure.ideal)))
    return [(text, text == best) for text in texts]
