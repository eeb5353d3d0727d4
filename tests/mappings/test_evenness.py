"""Even scores change sides with the picture, and mirrored scores are those of the flipped picture."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from mappings.evenness import UNEVEN, even_scores, mirrored_scores
from mappings.frames import Frame
from mappings.signals import MEDIAPIPE_INDEX, mirrored_indices
from mappings.tracking.tracker import FaceTracker

SIDES = mirrored_indices()
LEFT = [MEDIAPIPE_INDEX[name] for name in UNEVEN]


@pytest.fixture
def scores() -> np.ndarray:
    """Return scores (40, 52) of all sizes, 0 and 1 among them."""
    scores = np.random.default_rng(3).uniform(0.0, 1.0, (40, 52)).astype(np.float32)
    scores[:3], scores[3:6] = 0.0, 1.0
    return scores


def test_the_even_scores_of_a_flipped_picture_have_their_sides_exchanged(scores: np.ndarray) -> None:
    np.testing.assert_allclose(even_scores(mirrored_scores(scores)), even_scores(scores)[:, SIDES], atol=1e-6)
    np.testing.assert_allclose(mirrored_scores(mirrored_scores(scores)), scores, atol=1e-6)


def test_only_uneven_signals_change_and_all_stay_within_their_range(scores: np.ndarray) -> None:
    even = even_scores(scores)
    assert even.dtype == np.float32
    assert ((even >= 0.0) & (even <= 1.0)).all()
    changed = np.flatnonzero((even != scores).any(axis=0))
    assert set(changed) == {*LEFT, *SIDES[LEFT]}
    np.testing.assert_allclose(even[:6], scores[:6], atol=1e-6)


@pytest.mark.parametrize("name", ["pearl_earring", "mona_lisa", "roman_lady"])
def test_looks_of_people_it_was_not_measured_on_are_known_better(test_data, bundle, name) -> None:
    image = np.asarray(Image.open(test_data / "photos" / f"{name}.jpg").convert("RGB"))
    with FaceTracker(bundle) as tracker:
        straight = tracker.observe(Frame(0, 0.0, image)).scores
        tracker.reset()
        flipped = tracker.observe(Frame(1, 1.0, image[:, ::-1])).scores
    aside = [MEDIAPIPE_INDEX[f"eyeLook{way}{side}"] for way in ("In", "Out") for side in ("Left", "Right")]
    known, plain = (
        np.abs(each - flipped)[aside].mean() for each in (mirrored_scores(straight), straight[SIDES])
    )
    assert known < plain
