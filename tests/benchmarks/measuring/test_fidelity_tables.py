"""The tables show both judges beside earlier figures, and mark what is beyond its limit."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from app.evaluating.appearance.compare import compare_appearance
from app.evaluating.driving import DrivenClip
from app.evaluating.evaluation import Evaluation, Result
from app.evaluating.head_measures import HeadMeasures
from app.evaluating.observed_clips import ObservedClip, TrackedVideo
from app.evaluating.report.figures import FIGURES
from app.evaluating.round_trip import compare
from benchmarks.fidelity import BEFORE, keep_before
from benchmarks.measuring.fidelity_tables import LIMITS, LINES, default_solver, page_tables, summary_values
from mappings.records.take import load_take


def result(clip: ObservedClip, asymmetry_mm: float) -> Result:
    """Return the result of a head that does exactly what the person did."""
    driven = DrivenClip(clip, (), TrackedVideo(clip.driving, ()))
    measures = HeadMeasures(0.003, {"lips": 4.0}, 0.2, asymmetry_mm, 0.01)
    same = compare(clip.driving, clip.driving), compare_appearance(clip.driving, clip.driving)
    return Result(driven, *same, measures)


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    """Return an evaluation over a clip of both judges and one of the second alone."""
    with as_file(files("assets") / "takes" / "demo.npz") as path:
        take = load_take(path)
    seen = take.observations[100:160]
    grin = ObservedClip("grin.mp4", take.times[100:160], take.fps, seen, TrackedVideo(seen, ()))
    speech = replace(grin, name="speech.mp4")
    results = {
        "scores": (result(grin, 0.1), result(speech, 0.3)),
        "hybrid": (result(grin, 1.2), result(speech, 9.0)),
    }
    return Evaluation("builtin", "builtin", (grin, speech), results)


def test_speech_counts_for_the_second_judge_alone(evaluation: Evaluation) -> None:
    values = summary_values(evaluation)
    assert set(values) == {line.name for line in LINES}
    assert default_solver(evaluation) == "hybrid"
    assert values["asymmetry mm"] == pytest.approx(1.2), "without the speech clip's 9.0"
    assert values["turn °"] == pytest.approx(0.0, abs=1e-3)


def test_figures_stand_beside_earlier_ones_and_are_bold_beyond_their_limit(evaluation: Evaluation) -> None:
    text = page_tables([evaluation], {"builtin": {"asymmetry mm": 1.136, "r": 0.921}}, "abc1234")
    assert "commit abc1234" in text
    assert "| asymmetry mm | 0.400 | 1.136 | **1.200** |" in text
    assert "| r | 0.900 | 0.921 | 1.000 |" in text
    assert "| turn °, worst clip | 1.50 | - | 0.00 |" in text, "nobody knows the earlier figure"
    assert "| builtin | **hybrid** |" in text
    assert "| speech.mp4 | scores |" in text


def test_added_heads_may_be_a_little_worse() -> None:
    line = next(each for each in LINES if each.name == "r")
    assert line.kept(0.9, "builtin")
    assert not line.kept(0.89, "builtin")
    assert line.kept(0.89, "ict")
    assert not line.kept(0.88, "ict")


def test_every_limit_is_that_of_a_figure() -> None:
    assert set(LIMITS) <= {figure.name for figure in FIGURES}


def test_figures_are_kept_for_later(evaluation: Evaluation, tmp_path: Path) -> None:
    keep_before([evaluation], "abc1234", tmp_path / "before.json")
    kept = json.loads((tmp_path / "before.json").read_text(encoding="utf-8"))
    assert kept["commit"] == "abc1234"
    assert kept["heads"]["builtin"]["asymmetry mm"] == 1.2


def test_the_kept_figures_have_a_value_for_every_line() -> None:
    kept = json.loads(BEFORE.read_text(encoding="utf-8"))
    assert all(set(values) == {line.name for line in LINES} for values in kept["heads"].values())
