"""Plot the distribution of each score or coefficient as a histogram."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.figure import Figure

from flame_model.arrays import Array
from flame_model.notices import counted

BINS = 50
"""Number of bins of a histogram."""
LEAST_SPAN = 0.02
"""Least range of the horizontal axis, so that mere noise does not fill it."""
_PANEL = (2.4, 1.7)
"""Width and height of a histogram, inches."""
_INK, _MEDIAN = "#3b6ea5", "#c0392b"


@dataclass(frozen=True, slots=True)
class Distribution:
    """The title, names and axes of one picture."""

    title: str
    names: Sequence[str]
    """Names of the columns of the values."""
    unit: str
    """Label of the horizontal axis."""
    columns: int
    """Number of histograms in a row."""
    span: tuple[float, float] | None = None
    """Range of the horizontal axis; None for that of the values of each histogram."""


def draw_distribution(values: Array, what: Distribution, out: Path) -> None:
    """Write one histogram per column of `values` (N, C) to a PNG, with counts on a logarithmic axis."""
    rows = math.ceil(len(what.names) / what.columns)
    figure = Figure(figsize=(what.columns * _PANEL[0], rows * _PANEL[1] + 0.6))
    height = figure.get_figheight()
    figure.subplots_adjust(0.3 / what.columns, 0.45 / height, 0.99, 1 - 0.7 / height, 0.25, 0.45)
    figure.suptitle(f"{what.title}: {counted(len(values), 'frame')}, median in red", fontsize=11)
    for index, name in enumerate(what.names):
        axes = figure.add_subplot(rows, what.columns, index + 1)
        column = values[:, index]
        axes.stairs(*np.histogram(column, BINS, what.span or _span(column)), fill=True, color=_INK)
        axes.set_yscale("log")
        axes.set_ylim(bottom=0.7)
        axes.axvline(float(np.median(column)), color=_MEDIAN, linewidth=1)
        axes.set_title(name, fontsize=8)
        axes.tick_params(labelsize=6)
        if index + what.columns >= len(what.names):
            axes.set_xlabel(what.unit, fontsize=7)
        if index % what.columns == 0:
            axes.set_ylabel("frames", fontsize=7)
    figure.savefig(out, dpi=110)


def _span(column: Array) -> tuple[float, float]:
    """Return the range of the values, at least LEAST_SPAN."""
    least, greatest = float(column.min()), float(column.max())
    lack = max(0.0, LEAST_SPAN - (greatest - least)) / 2
    return least - lack, greatest + lack
