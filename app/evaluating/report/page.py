"""Write an evaluation as one self-contained HTML page."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import numpy as np
from jinja2 import Environment, StrictUndefined

from app.evaluating.evaluation import Evaluation, Result
from app.evaluating.report.curves import HEIGHT, Panel, panels
from app.evaluating.report.figures import FIGURES, Figure
from app.evaluating.report.moments import Moment, worst_moments
from flame_model.files.writing.whole_file import write_whole

TEMPLATE = "report.html"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table of figures."""

    variant: str
    cells: list[tuple[str, bool]]
    """Each figure as text, and whether it is the best of its column."""


@dataclass(frozen=True, slots=True)
class MomentPictures:
    """A moment with its pictures as data URLs; "" for the person of a take."""

    moment: Moment
    person: str
    head: str


@dataclass(frozen=True, slots=True)
class ReportClip:
    """The part of the page about one clip."""

    name: str
    frames: int
    rows: list[Row]
    panels: list[Panel]
    moments: dict[str, list[MomentPictures]]
    """By the variant's name."""


def write_report(evaluation: Evaluation, path: Path) -> None:
    """Write the page to `path`, whole or not at all. Raises OutputError."""
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = resources.files(__package__).joinpath(TEMPLATE).read_text(encoding="utf-8")
    parts = [_clip_part(evaluation, number) for number in range(len(evaluation.clips))]
    page = environment.from_string(template).render(
        evaluation=evaluation, figures=FIGURES, means=_rows(evaluation.results), parts=parts, height=HEIGHT
    )
    write_whole(path, lambda file: file.write(page.encode("utf-8")))


def _clip_part(evaluation: Evaluation, number: int) -> ReportClip:
    clip = evaluation.clips[number]
    results = {name: every[number] for name, every in evaluation.results.items()}
    return ReportClip(
        clip.name,
        len(clip.times),
        _rows({name: (result,) for name, result in results.items()}),
        list(panels(list(results.values()))),
        {name: _moments(result) for name, result in results.items()},
    )


def _rows(results: dict[str, tuple[Result, ...]]) -> list[Row]:
    """Return a row for each variant with the means over its results."""
    columns = [_marked(figure, [figure.mean(every) for every in results.values()]) for figure in FIGURES]
    return [Row(name, cells) for name, *cells in zip(results, *columns, strict=True)]


def _marked(figure: Figure, values: list[float]) -> list[tuple[str, bool]]:
    """Return one figure of every variant as text, and whether it is the best of them.

    Where all texts are equal, none is the best.
    """
    texts = [figure.write(value) for value in values]
    known = [value for value in values if not np.isnan(value)]
    if len(set(texts)) < 2:
        return [(text, False) for text in texts]
    best = figure.write(max(known) if figure.more_is_better else min(known))
    return [(text, text == best) for text in texts]


def _moments(result: Result) -> list[MomentPictures]:
    person, head = result.driven.clip.person.pictures, result.driven.head.pictures
    return [
        MomentPictures(moment, _address(person[moment.frame]) if person else "", _address(head[moment.frame]))
        for moment in worst_moments(result.driven)
    ]


def _address(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(jpeg).decode('ascii')}"
