"""Imitate a person who does not move: track one picture again and again with a sensor's noise."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import numpy as np

from flame_model.arrays import Picture
from mappings.frames import FaceObservation, Frame
from mappings.tracking.people.person_tracker import PersonTracker
from mappings.tracking.views.zoom import Zoom

FRAMES = 90
"""Number of times that the picture is tracked."""
FPS = 30.0
"""Frames per second of these pictures."""
SETTLED = 30
"""First frame that counts; before it, tracker and smoothing have not settled on the face."""
SENSOR_SIGMA = 3.0
"""Standard deviation of the noise in each channel of each pixel, of 255: that of a webcam indoors."""


def observe_still(
    picture: Picture, bundle: Path, zoom: Zoom | None = None
) -> tuple[FaceObservation | None, ...]:
    """Track a picture FRAMES times with a sensor's noise added, which is the same in every run.

    Parts of clips in which people try to keep still are no substitute: faces move by 0.1 mm a frame there,
    and smoothing rightly keeps that motion.
    """
    random = np.random.default_rng(0)
    with closing(PersonTracker(bundle, zoom=zoom)) as tracker:
        return tuple(
            tracker.observe(Frame(index, index / FPS, _with_sensor_noise(picture, random))).observation
            for index in range(FRAMES)
        )


def _with_sensor_noise(picture: Picture, random: np.random.Generator) -> Picture:
    noise = SENSOR_SIGMA * random.standard_normal(picture.shape, dtype=np.float32)
    return np.clip(np.rint(picture + noise), 0, 255).astype(np.uint8)
