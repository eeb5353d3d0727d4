"""The report's page is self-contained, safe with any name, and marks the best figures."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from app.evaluating.appearance.compare import compare_appearance
from app.evaluating.appearance.face_lengths import FACE_LENGTHS
from app.evaluating.driving import DrivenClip
from app.evaluating.evaluation import Evaluation, Result
from app.evaluating.head_measures import HeadMeasures
from app.evaluating.observed_clips import ObservedClip, TrackedVideo
from app.evaluating.report.page import write_report
from app.evaluating.round_trip import compare
from flame_model.errors import OutputError

NAME = '<script>alert("clip")</script>.mp4'


@pytest.fixture
def evaluation(demo_clip: ObservedClip) -> Evaluation:
    """Return a clip with pictures and a hostile name, driven well and badly."""
    count = len(demo_clip.times)
    person = TrackedVideo(demo_clip.driving, (b"person",) * count)
    clip = replace(demo_clip, name=NAME, person=person)
    worse = tuple(replace(each, scores=np.clip(each.scores * 0.5, 0, 1)) for each in demo_clip.driving)
    heads = {"scores": (*demo_clip.driving[1:], None), "hybrid": worse}
    measures = HeadMeasures(float("nan"), {"lips": 12.0}, 0.5, 0.0, 0.0)
    results = {
        name: (
            Result(
                DrivenClip(clip, (), TrackedVideo(seen, (b"head",) * count)),
                compare(clip.driving, seen),
                compare_appearance(clip.driving, seen),
                measures,
            ),
        )
        for name, seen in heads.items()
    }
    return Evaluation("a & b", "<mapping>", (clip,), results)


class Reader(HTMLParser):
    """A parser that collects tags, their sources, and the tags that are still open."""

    VOID = ("meta", "img")

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.sources: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.sources += [value or "" for key, value in attrs if key in ("src", "href")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_safe(evaluation: Evaluation, tmp_path: Path) -> None:
    write_report(evaluation, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    assert "script" not in reader.tags
    assert "alert(" in page, "the name is shown, but as text"
    assert all(source.startswith("data:image/jpeg;base64,") for source in reader.sources)
    assert "http" not in page
    assert "nan" not in re.sub(r'base64,[^"]*', "", page).lower().split()


def test_a_head_that_the_tracker_does_not_find_is_shown(evaluation: Evaluation, tmp_path: Path) -> None:
    clip, lost = evaluation.clips[0], (None,) * len(evaluation.clips[0].times)
    [known] = evaluation.results["scores"]
    head = TrackedVideo(lost, known.driven.head.pictures)
    result = replace(
        known,
        driven=DrivenClip(clip, (), head),
        trip=compare(clip.driving, lost),
        appearance=compare_appearance(clip.driving, lost),
    )
    write_report(replace(evaluation, results={"scores": (result,)}), tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.count("no face is found on the head") == page.count('alt="the head"') > 0
    assert "nan" not in page.split("The worst moments")[1]
    assert "inf" not in page.split("The worst moments")[1]


def test_every_moving_signal_has_a_panel_with_a_curve_for_each_head(
    evaluation: Evaluation, tmp_path: Path
) -> None:
    write_report(evaluation, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    moving = evaluation.results["scores"][0].trip.correlations
    assert page.count("<svg") == len(moving) + 2
    assert page.count("<path") == 3 * (len(moving) + 2)
    assert all(f'aria-label="{name}"' in page for name in moving)


def test_every_length_is_listed_with_the_error_of_each_head(evaluation: Evaluation, tmp_path: Path) -> None:
    write_report(evaluation, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    for name in FACE_LENGTHS:
        first, *_ = re.findall(rf"<td>{name}</td>(.*?)</tr>", page)
        errors = [evaluation.results[each][0].appearance.lengths[name].error for each in ("scores", "hybrid")]
        assert first.count("<td>") == 6
        assert all(f"<td>{error:.4f}</td>" in first for error in errors)


def test_the_better_variant_is_marked(evaluation: Evaluation, tmp_path: Path) -> None:
    write_report(evaluation, tmp_path / "report.html")
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    errors = [evaluation.results[name][0].trip.error for name in ("scores", "hybrid")]
    assert f"<b>{min(errors):.4f}</b>" in page
    assert f"<b>{max(errors):.4f}</b>" not in page
    assert "<b>0.50</b>" not in page, "where all are equal none is better"


def test_a_missing_folder_gets_a_sentence(evaluation: Evaluation, tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_report(evaluation, tmp_path / "nowhere" / "report.html")
