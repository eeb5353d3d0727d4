"""A head that depends on the place of the face is told from one that does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.evaluating.driving import Variant
from app.model.animated_head import AnimatedHead
from benchmarks.invariance import tables
from benchmarks.measuring import placement_invariance
from benchmarks.measuring.placed_pictures import PLACINGS, PLAIN
from benchmarks.measuring.placement_invariance import Difference, measure_invariance


def test_a_moved_face_drives_the_head_alike_and_a_padded_one_is_compared_too(
    test_data: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = {name: PLACINGS[name] for name in (PLAIN, "3 pixels aside", "upper left")}
    monkeypatch.setattr(placement_invariance, "PLACINGS", few)
    clip = str(test_data / "clips" / "grin.mp4")
    variant = Variant("scores", AnimatedHead.load("builtin", solver="scores"))
    aside, corner = measure_invariance([clip], variant, bundle, 6)
    assert (aside.clip, aside.placing, corner.placing) == ("grin.mp4", "3 pixels aside", "upper left")
    assert aside.seen == corner.seen == 1.0
    assert 0.0 < aside.turn_deg < 1.0
    assert 0.0 < aside.scores < 0.01
    assert corner.lids < 0.05


def test_figures_beyond_their_limits_are_bold() -> None:
    good = [Difference("a.mp4", name, 1.0, 0.5, 0.004, 0.001, 0.002) for name in list(PLACINGS)[1:]]
    bad = Difference("b.mp4", "upper left", 0.5, 7.5, 0.004, 0.001, 0.002)
    text = tables([*good, bad], "Two clips")
    assert "| upper left | 0.750 | **4.00** | 0.0040 | 0.0010 | 0.0020 |" in text, "the mean of both clips"
    assert "| b.mp4 | upper left | 0.500 | **7.50** |" in text
    assert "| lower left | 1.000 | 0.50 |" in text


def test_a_clip_in_which_no_face_is_found_has_no_figures_and_leaves_the_means_alone() -> None:
    nan = float("nan")
    known = [Difference("a.mp4", name, 1.0, 0.5, 0.004, 0.001, 0.002) for name in list(PLACINGS)[1:]]
    lost = Difference("b.mp4", "a quarter as large", 0.0, nan, nan, nan, nan)
    text = tables([*known, lost], "Two clips")
    assert "| b.mp4 | a quarter as large | 0.000 | - | - | - | - |" in text
    assert "| a quarter as large | 0.500 | 0.50 | 0.0040 | 0.0010 | 0.0020 |" in text
