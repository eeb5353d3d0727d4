"""Write an evaluation as one self-contained HTML page."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from jinja2 import Environment, StrictUndefined

from app.evaluating.evaluation import Evaluation, Result
from app.evaluating.report.curves import HEIGHT, Panel, panels
from app.evaluating.report.figures import FIGURES
from app.evaluating.report.moments import Moment, worst_moments
from app.evaluating.report.tables import FigureTable, LengthRow, figure_tables, length_rows
from flame_model.files.writing.whole_file import write_whole

TEMPLATE = "report.html"


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
    tables: list[FigureTable]
    lengths: list[LengthRow]
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
        evaluation=evaluation,
        figures=FIGURES,
        means=figure_tables(evaluation.results),
        parts=parts,
        height=HEIGHT,
    )
    write_whole(path, lambda file: file.write(page.encode("utf-8")))


def _clip_part(evaluation: Evaluation, number: int) -> ReportClip:
    clip = evaluation.clips[number]
    results = {name: every[number] for name, every in evaluation.results.items()}
    return ReportClip(
        clip.name,
        len(clip.times),
        figure_tables({name: (result,) for name, result in results.items()}),
        length_rows(list(results.values())),
        list(panels(list(results.values()))),
        {name: _moments(result) for name, result in results.items()},
    )


def _moments(result: Result) -> list[MomentPictures]:
    person, head = result.driven.clip.person.pictures, result.driven.head.pictures
    return [
        MomentPictures(moment, _address(person[moment.frame]) if person else "", _address(head[moment.frame]))
        for moment in worst_moments(result.driven)
    ]


def _address(jpeg: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(jpeg).decode('ascii')}"
