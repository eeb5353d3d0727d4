"""Measure the slope between a head's tracked scores and the scores that drive it, for each signal.

Clips drive the head, and the tracker observes its drawing. With x a driving score, y the tracked score of the
same signal, and means taken within each clip,

    slope = sum over clips of cov(x, y) / sum over clips of var(x)

over the clips in which x moves; all of them have the same weight. A slope below 1 means that the component is
too weak, above 1 that it is too strong. Left and right share one slope.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.authoring.footage import bundle_in, clip_in, track_clip
from app.evaluating.round_trip import MOVES
from app.model.animated_head import AnimatedHead
from flame_model.arrays import Float64Array
from mappings.frames import FaceObservation, Frame
from mappings.motion.placement import Placement
from mappings.signals import SIGNAL_COUNT, mirrored_indices
from mappings.tracking.tracker import FaceTracker
from render.offscreen_renderer import OffscreenRenderer

SIZE = (512, 512)
"""(W, H) of the drawings."""


def score_pairs(
    clips: list[list[FaceObservation]], animated: AnimatedHead, bundle: Path
) -> Iterator[tuple[Float64Array, Float64Array]]:
    """Yield for each clip the driving scores (N, 52) and those tracked on the drawn head (N, 52)."""
    with OffscreenRenderer(animated.head, SIZE) as renderer:
        for observations in clips:
            driver = animated.driver(Placement())
            pairs = []
            with FaceTracker(bundle) as tracker:
                for index, observation in enumerate(observations):
                    picture = renderer.draw(driver.follow(observation, observation.time_s))[..., :3]
                    on_head = tracker.observe(Frame(index, observation.time_s, picture))
                    if on_head is not None:
                        pairs.append((observation.scores, on_head.scores))
            driving, tracked = np.array(pairs, dtype=np.float64).swapaxes(0, 1)
            yield driving, tracked


def response_slopes(pairs: list[tuple[Float64Array, Float64Array]]) -> Float64Array:
    """Return the slopes (52,) of tracked over driving scores; NaN where nothing moved."""
    both = mirrored_indices()
    covariance, variance = np.zeros(SIGNAL_COUNT), np.zeros(SIGNAL_COUNT)
    for driving, tracked in pairs:
        x, y = driving - driving.mean(0), tracked - tracked.mean(0)
        moves = x.std(0) > MOVES
        covariance += np.where(moves, (x * y).mean(0), 0.0)
        variance += np.where(moves, (x * x).mean(0), 0.0)
    covariance, variance = covariance + covariance[both], variance + variance[both]
    return np.where(variance > 0.0, covariance / np.where(variance > 0.0, variance, 1.0), np.nan)


def track_clips(data: Path) -> list[list[FaceObservation]]:
    """Return the observations of each clip of one face in `data`/clips."""
    names = ("grin", "expressive", "talking_wide", "glasses", "phone_portrait", "mouth_shapes", "speech")
    return [track_clip(clip_in(data, name), bundle_in(data)) for name in names]
