"""A clip is tracked by itself for driving, and smoothed at fixed steps for the comparison."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.evaluating import still_person
from app.evaluating.observed_clips import ObservedClip, observe_clip
from app.evaluating.rest_frames import calm_frames
from app.sources import open_source
from flame_model.errors import InputError
from mappings.frames import Frame
from mappings.tracking.tracker import FaceTracker

FRAMES = 15
STEP_S = 0.033


@pytest.fixture(scope="module")
def grin(test_data: Path, bundle: Path) -> ObservedClip:
    """Return the beginning of a clip of 25 frames a second."""
    return observe_clip(str(test_data / "clips" / "grin.mp4"), bundle, FRAMES, print)


def tracked(path: Path, bundle: Path, step_s: float, *, smoothed: bool) -> np.ndarray:
    """Return the scores (N, 52) of the clip's first frames, tracked at a given step."""
    with (
        open_source(str(path), live=False) as source,
        FaceTracker(bundle, smoothed=smoothed) as tracker,
    ):
        frames = (item for item, _ in zip(source, range(FRAMES), strict=False))
        stepped = [Frame(k, k * step_s, frame.image) for k, frame in enumerate(frames)]
        return np.array([tracker.observe(frame).scores for frame in stepped])


def test_a_clip_drives_picture_by_picture_and_is_compared_smoothed_at_fixed_steps(
    grin: ObservedClip, test_data: Path, bundle: Path
) -> None:
    path = test_data / "clips" / "grin.mp4"
    assert grin.fps == pytest.approx(25.0)
    driving, person = ([each.scores for each in seen] for seen in (grin.driving, grin.person.observations))
    np.testing.assert_array_equal(tracked(path, bundle, 1 / 25, smoothed=False), driving)
    np.testing.assert_array_equal(tracked(path, bundle, STEP_S, smoothed=True), person)
    different = np.array(person) - tracked(path, bundle, 1 / 25, smoothed=True)
    assert np.abs(different).max() > 1e-4, "the tracker smooths by time, so the step counts"


def test_every_frame_keeps_a_small_picture(grin: ObservedClip) -> None:
    assert len(grin.person.pictures) == FRAMES
    assert all(picture.startswith(b"\xff\xd8") for picture in grin.person.pictures)


def test_the_calmest_frame_is_tracked_again_with_noise(grin: ObservedClip) -> None:
    assert len(grin.still) == still_person.FRAMES
    scores = np.array([each.scores for each in grin.still])
    calmest = grin.driving[calm_frames(grin.driving)[0]].scores
    assert np.abs(scores - calmest).mean() < 0.02
    steps = np.abs(np.diff(scores, axis=0)).max(axis=1)
    assert (steps > 0.0).all(), "no two pictures are the same"
    assert steps[still_person.SETTLED :].max() < 0.1


def test_a_take_is_compared_with_what_it_recorded(bundle: Path) -> None:
    take = observe_clip("demo", bundle, FRAMES, print)
    assert take.person.observations == take.driving
    assert take.person.pictures == take.still == ()


def test_a_camera_cannot_be_tracked_twice(monkeypatch: pytest.MonkeyPatch, bundle: Path) -> None:
    take = open_source("demo", live=False)
    take.is_camera = True
    monkeypatch.setattr("app.evaluating.observed_clips.open_whole_source", lambda *_: take)
    with pytest.raises(InputError, match="record a clip"):
        observe_clip("0", bundle, FRAMES, print)
