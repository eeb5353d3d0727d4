"""The page of expressions shows the person's face beside the head that it drives."""

from __future__ import annotations

import base64
import re
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.evaluating.driving import Variant
from app.model.animated_head import AnimatedHead
from benchmarks.expressions import PAIRS_IN_A_ROW, page_text, pair, sheet
from benchmarks.measuring import expression_moments
from benchmarks.measuring.expression_moments import MOMENTS, Moment, face_square, shown_moments
from flame_model.errors import InputError
from mappings.frames import FaceObservation


@pytest.fixture(scope="module")
def variant() -> Variant:
    return Variant("scores", AnimatedHead.load("builtin", solver="scores"))


def observation(low: tuple[int, int], high: tuple[int, int]) -> FaceObservation:
    landmarks = np.full((478, 3), (*low, 0), np.float32)
    landmarks[0, :2] = high
    return FaceObservation(0.0, np.zeros(52, np.float32), landmarks, np.eye(4, dtype=np.float32), (200, 100))


def test_the_square_is_around_the_face() -> None:
    image = np.zeros((100, 200, 3), np.uint8)
    image[40:60, 90:110] = 255
    square = face_square(image, observation((90, 40), (110, 60)))
    assert square.shape == (38, 38, 3)
    rows, columns = np.nonzero(square[..., 0])
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (9, 28, 9, 28)


def test_the_square_stays_in_the_picture() -> None:
    image = np.zeros((100, 200, 3), np.uint8)
    assert face_square(image, observation((150, 0), (199, 99))).shape == (100, 100, 3)


def test_every_moment_drives_the_head_and_what_nobody_shows_is_driven_alone(
    variant: Variant, test_data: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments = (
        Moment("late", "grin", 0.4),
        Moment("puffed", signal="cheekPuff"),
        Moment("early", "grin", 0.0),
    )
    monkeypatch.setattr(expression_moments, "MOMENTS", moments)
    late, puffed, early = shown_moments(test_data / "clips", variant, bundle)
    assert [each.moment.expression for each in (late, puffed, early)] == ["late", "puffed", "early"]
    assert late.person is not None
    assert early.person is not None
    assert min(late.person.shape[0], early.person.shape[0]) > 100
    assert puffed.person is None
    names = variant.animated.head.expression_names
    assert puffed.params.expression[names.index("cheekPuff")] == pytest.approx(1.0)
    assert not np.array_equal(late.params.expression, early.params.expression)


def test_another_clip_of_the_name_is_refused(
    variant: Variant, test_data: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expression_moments, "MOMENTS", (Moment("never", "grin", 60.0),))
    with pytest.raises(InputError, match="ends before"):
        shown_moments(test_data / "clips", variant, bundle)


def test_the_page_is_self_contained_and_the_sheet_is_full() -> None:
    head = np.full((40, 40, 3), 200, np.uint8)
    pairs = [(moment, pair(None if moment.signal else head[:30, :30], head)) for moment in MOMENTS]
    assert {picture.shape for _, picture in pairs} == {(40, 80, 3)}
    rows = -(-len(MOMENTS) // PAIRS_IN_A_ROW)
    assert sheet(pairs).shape == (40 * rows, 80 * PAIRS_IN_A_ROW, 3)
    page = page_text(pairs, "<head>", "hybrid")
    assert "&lt;head&gt;" in page
    pictures = re.findall(r'base64,([^"]*)"', page)
    assert len(pictures) == len(MOMENTS)
    decoded = cv2.imdecode(np.frombuffer(base64.b64decode(pictures[0]), np.uint8), cv2.IMREAD_COLOR)
    assert decoded.shape == (40, 80, 3)
    assert "nobody shows it" in page
