"""The tables of docs/fidelity.md: figures beside earlier ones and limits, by solver, and clip by clip."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from app.evaluating.evaluation import Evaluation, Result
from app.evaluating.report.figures import APPEARANCE, FIGURES, JUDGES, SCORES, Figure, cells, header
from app.model.solvers import BEST_SOLVER
from benchmarks.written_page import table
from flame_model.find_heads import BUILTIN

SCORE_CLIPS = ("grin", "expressive", "talking_wide", "glasses", "phone_portrait", "mouth_shapes")
"""Clips over which the means of the first judge are taken, as in earlier versions of the page."""
CLIPS = (*SCORE_CLIPS, "speech")
"""Clips over which the means of the second judge are taken."""
ADDED_HEADS = 1.15
"""How much farther from its ideal value than its limit a figure of an added head may be."""
LIMITS = {
    "r": 0.90,
    "error": 0.025,
    "jitter mm": 0.004,
    "lag ms": 5.0,
    "asymmetry mm": 0.4,
    "out of range": 0.03,
    "turn °": 0.9,
    "lips err": 0.010,
    "eyes err": 0.005,
    "eyes apart": 0.0035,
    "mean err": 0.008,
    "gain off": 1.10,
    "centre": 0.06,
    "out of frame": 0.0,
}
"""Limits of the means that the project has set itself."""

Means = Mapping[str, float]
"""Figures of one head by the name of their line."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the summary: a figure's mean over the clips, or its value in the worst clip."""

    name: str
    figure: Figure
    over: Callable[[Sequence[float]], np.floating]
    limit: float | None

    def value(self, results: Sequence[Result]) -> float:
        """Return the value over the results in which the figure is known, NaN where it is known in none."""
        known = [
            value for each in _counted(self.figure, results) if not np.isnan(value := self.figure.of(each))
        ]
        return float(self.over(known)) if known else float("nan")

    def kept(self, value: float, head: str) -> bool:
        """Return whether a head keeps the limit."""
        if self.limit is None or np.isnan(value):
            return True
        slack = 1.0 if head == BUILTIN else ADDED_HEADS
        # Rounded as it is written, so that no figure is marked that reads like its limit.
        off = abs(round(value, 4) - self.figure.ideal)
        return off <= slack * abs(self.limit - self.figure.ideal) + 1e-9


def _named(name: str) -> Figure:
    return next(figure for figure in FIGURES if figure.name == name)


LINES = (
    *(Line(figure.name, figure, np.mean, LIMITS.get(figure.name)) for figure in SCORES),
    *(Line(figure.name, figure, np.mean, LIMITS.get(figure.name)) for figure in APPEARANCE),
    Line("turn °, worst clip", _named("turn °"), np.max, 1.5),
    Line("lips gain, least clip", _named("lips gain"), np.min, 0.9),
    Line("lips gain, largest clip", _named("lips gain"), np.max, 1.1),
    Line("out of frame, worst clip", _named("out of frame"), np.max, 0.0),
)


def summary_values(evaluation: Evaluation) -> dict[str, float]:
    """Return the value of every line for a head's default solver."""
    results = evaluation.results[default_solver(evaluation)]
    return {line.name: line.value(results) for line in LINES}


def default_solver(evaluation: Evaluation) -> str:
    """Return the name of the head's default solver: the best, or the only one."""
    return BEST_SOLVER if BEST_SOLVER in evaluation.results else next(iter(evaluation.results))


def page_tables(evaluations: Sequence[Evaluation], before: Mapping[str, Means], commit: str) -> str:
    """Return all tables; `before` are the figures of earlier heads by name, measured at `commit`."""
    parts = [
        f"Both judges, the default solver; *before* is commit {commit}, and bold is beyond the limit:",
        _summary({each.head: summary_values(each) for each in evaluations}, before),
        "Means over the clips; bold marks the default solver:",
        *(_solvers(figures, evaluations) for figures in JUDGES),
    ]
    for each in evaluations:
        parts += [f"The head `{each.head}`, clip by clip:", *_clips(each)]
    return "\n\n".join(parts) + "\n"


def _summary(now: Mapping[str, Means], before: Mapping[str, Means]) -> str:
    """Return the table with a line for each figure, and two columns for each head."""
    columns = [name for head in now for name in (f"{head} before", head)]
    rows = []
    for line in LINES:
        limit = "" if line.limit is None else line.figure.write(line.limit)
        row = [line.name, limit]
        for head, values in now.items():
            text = line.figure.write(values[line.name])
            old = line.figure.write(before.get(head, {}).get(line.name, float("nan")))
            row += [old, text if line.kept(values[line.name], head) else f"**{text}**"]
        rows.append(row)
    return table(["figure", "limit", *columns], rows)


def _solvers(figures: tuple[Figure, ...], evaluations: Sequence[Evaluation]) -> str:
    """Return a table of one judge's means with a row for each head and solver."""
    rows = [
        [each.head, _marked(name, each), *cells(figures, _counted(figures[0], results))]
        for each in evaluations
        for name, results in each.results.items()
    ]
    return table(["head", "solver", *header(figures)], rows, words=2)


def _clips(evaluation: Evaluation) -> Iterator[str]:
    """Yield the table of each judge with a row for each clip and solver."""
    for figures in JUDGES:
        rows = [
            [clip.name, name, *cells(figures, [results[number]])]
            for number, clip in enumerate(evaluation.clips)
            for name, results in evaluation.results.items()
        ]
        yield table(["clip", "solver", *header(figures)], rows, words=2)


def _counted(figure: Figure, results: Sequence[Result]) -> Sequence[Result]:
    """Return the results over which means of the figure's judge are taken."""
    if figure in APPEARANCE:
        return results
    return [each for each in results if each.driven.clip.name.partition(".")[0] in SCORE_CLIPS]


def _marked(solver: str, evaluation: Evaluation) -> str:
    """Return a solver's name, in bold where it is the head's default."""
    return f"**{solver}**" if solver == default_solver(evaluation) else solver
