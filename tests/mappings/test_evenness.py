"""Even scores change sides with the picture, and mirrored scores are those of the flipped picture."""

from __future__ import annotations

from pathlib import Path

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


def test_looks_of_other_people_are_known_better(test_data: Path, bundle: Path) -> None:
    """The pictures are not among those that the unevenness was measured on; some look far aside."""
    known, plain = [], []
    aside = [MEDIAPIPE_INDEX[f"eyeLook{way}{side}"] for way in ("In", "Out") for side in ("Left", "Right")]
    with FaceTracker(bundle) as tracker:
        for name in ("einstein", "girl_painting", "mona_lisa", "pearl_earring", "portrait_lady"):
            image = np.asarray(Image.open(test_data / "photos" / f"{name}.jpg").convert("RGB"))
            straight, flipped = (scores_of(tracker, each) for each in (image, image[:, ::-1]))
            known.append((mirrored_scores(straight) - flipped)[aside])
            plain.append((straight[SIDES] - flipped)[aside])
    assert np.square(known).mean() < 0.5 * np.square(plain).mean()


def scores_of(tracker: FaceTracker, image: np.ndarray) -> np.ndarray:
    """Return the scores (52,) of a single picture."""
    tracker.reset()
    return tracker.observe(Frame(0, 0.0, np.ascontiguousarray(image))).scores
