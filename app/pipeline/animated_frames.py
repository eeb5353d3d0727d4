"""From what is seen to what the head does."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass

from app.pipeline.observer import ObservedFrame
from flame_model.arrays import Picture
from flame_model.params import HeadParams
from mappings.frames import FaceObservation
from mappings.motion.driver import Driver


@dataclass(frozen=True, slots=True)
class AnimatedFrame:
    """Hold one frame and what the head does in it."""

    time_s: float
    """In the source's clock."""
    image: Picture | None
    observation: FaceObservation | None
    params: HeadParams


def animate(
    seen: Generator[ObservedFrame, None, None], driver: Driver
) -> Generator[AnimatedFrame, None, None]:
    """Yield the animated_frame of every observed frame by the source's own clock."""
    with closing(seen):
        for observed in seen:
            params = driver.follow(observed.observation, observed.time_s)
            yield AnimatedFrame(observed.time_s, observed.image, observed.observation, params)
