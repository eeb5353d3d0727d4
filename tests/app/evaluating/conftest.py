"""Fixtures: synthetic people, and the demo take."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt
import pytest

from app.evaluating.observed_clips import ObservedClip, TrackedVideo
from app.model.animated_head import AnimatedHead
from flame_model.face.measured_face import bundled_measurement
from flame_model.rotations import matrix_from_axis_angle
from mappings.frames import FaceObservation
from mappings.records.take import load_take
from mappings.signals import MEDIAPIPE_INDEX

Array = npt.NDArray[np.floating]
Person = Callable[..., FaceObservation]
PIXELS_A_METRE = 1500.0


@pytest.fixture(scope="session")
def person() -> Person:
    """Return a function that makes observations of the mean face with scores, moved points and a turn."""
    neutral = np.zeros((478, 3))
    neutral[:468] = bundled_measurement().neutral

    def make(
        scores: dict[str, float] | None = None,
        moved: Array | None = None,
        turn: Sequence[float] = (0.0, 0.0, 0.0),
        time_s: float = 0.0,
    ) -> FaceObservation:
        values = np.zeros(52, dtype=np.float32)
        for name, value in (scores or {}).items():
            values[MEDIAPIPE_INDEX[name]] = value
        transform = np.eye(4, dtype=np.float32)
        transform[:3, :3] = matrix_from_axis_angle(np.array(turn))
        transform[2, 3] = -0.5
        points = neutral + (0.0 if moved is None else moved)
        pixels = PIXELS_A_METRE * points * (1.0, -1.0, -1.0) + (256.0, 256.0, 0.0)
        return FaceObservation(time_s, values, pixels.astype(np.float32), transform, (512, 512))

    return make


@pytest.fixture(scope="session")
def demo_clip() -> ObservedClip:
    """Return four seconds of the demo take: speech and a smile."""
    with as_file(files("assets") / "takes" / "demo.npz") as path:
        take = load_take(path)
    part = slice(100, 220)
    seen = take.observations[part]
    return ObservedClip("demo", take.times[part], take.fps, seen, TrackedVideo(seen, ()))


@pytest.fixture(scope="session")
def animated() -> AnimatedHead:
    """Return the built-in head, driven by the scores alone."""
    return AnimatedHead.load("builtin", solver="scores")
