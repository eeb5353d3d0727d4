"""A person who does not move at all: one picture again and again, as a webcam's sensor gives it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np

from flame_model.arrays import Picture
from mappings.frames import FaceObservation, Frame
from mappings.tracking.people.person_tracker import PersonTracker
from mappings.tracking.views.zoom import Zoom

FRAMES = 90
FPS = 30.0
SETTLED = 30
"""Frame from which on tracker and smoothing have settled on the face."""
SENSOR_SIGMA = 3.0
"""Of the noise in each channel of each pixel, of 255: a webcam indoors."""


def observe_still(
    picture: Picture, bundle: Path, zoom: Zoom | None = None
) -> tuple[FaceObservation | None, ...]:
    """Track FRAMES pictures that differ by the sensor's noise alone; always the same noise.

    Stretches of clips in which people try to keep still do not serve: faces go 0.1 mm a frame there, which no
    smoothing takes away, because it is their own.
    """
    random = np.random.default_rng(0)
    with closing(PersonTracker(bundle, zoom=zoom)) as tracker:
        return tuple(
            tracker.observe(Frame(index, index / FPS, _through_sensor(picture, random))).observation
            for index in range(FRAMES)
        )


def _through_sensor(picture: Picture, random: np.random.Generator) -> Picture:
    noise = SENSOR_SIGMA * random.standard_normal(picture.shape, dtype=np.float32)
    return np.clip(np.rint(picture + noise), 0, 255).astype(np.uint8)
