"""Measure how strongly each signal must drive the built-in head for the tracker to read back what it read.

A head is driven by clips, drawn and tracked again. Inside each clip the slope of what was read back over
what drove it tells by how much a component is too weak or too strong; left and right share one slope.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.authoring.footage import track_clip
from app.model.animated_head import AnimatedHead
from flame_model.arrays import Float64Array
from mappings.frames import FaceObservation, Frame
from mappings.motion.placement import Placement
from mappings.signals import mirrored_indices
from mappings.tracking.tracker import FaceTracker
from render.offscreen_renderer import OffscreenRenderer

SIZE = (512, 512)
MOVES = 0.05
"""Standard deviation of a score from which on it counts as moving in a clip."""


def read_back(
    clips: list[list[FaceObservation]], animated: AnimatedHead, bundle: Path
) -> Iterator[tuple[Float64Array, Float64Array]]:
    """Yield per clip the driving scores (N, 52) and those read back off the drawn head (N, 52)."""
    with OffscreenRenderer(animated.head, SIZE) as renderer:
        for observations in clips:
            driver = animated.driver(Placement())
            pairs = []
            with FaceTracker(bundle) as tracker:
                for index, seen in enumerate(observations):
                    picture = renderer.draw(driver.follow(seen, seen.time_s))[..., :3]
                    read = tracker.observe(Frame(index, seen.time_s, picture))
                    if read is not None:
                        pairs.append((seen.scores, read.scores))
            driven, back = np.array(pairs, dtype=np.float64).swapaxes(0, 1)
            yield driven, back


def response_slopes(pairs: list[tuple[Float64Array, Float64Array]]) -> Float64Array:
    """Return (52,) slopes of read-back over driving scores, clips weighing the same; NaN where nothing
    moved."""
    both = mirrored_indices()
    covariance, variance = np.zeros(52), np.zeros(52)
    for driven, back in pairs:
        d, b = driven - driven.mean(0), back - back.mean(0)
        moves = d.std(0) > MOVES
        covariance += np.where(moves, (d * b).mean(0), 0.0)
        variance += np.where(moves, (d * d).mean(0), 0.0)
    covariance, variance = covariance + covariance[both], variance + variance[both]
    return np.where(variance > 0.0, covariance / np.where(variance > 0.0, variance, 1.0), np.nan)


def track_clips(data: Path) -> list[list[FaceObservation]]:
    """Return the observations of every one-face clip in `data`/clips."""
    bundle = data / "models" / "face_landmarker.task"
    names = ("grin", "expressive", "talking_wide", "glasses", "phone_portrait", "mouth_shapes", "speech")
    return [track_clip(data / "clips" / f"{name}.mp4", bundle) for name in names]
