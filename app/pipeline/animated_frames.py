"""Animate observed frames: add to each the head parameters that follow from its observation."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass

from app.pipeline.observer import ObservedFrame
from flame_model.params import HeadParams
from mappings.motion.driver import Driver


@dataclass(frozen=True, slots=True)
class AnimatedFrame(ObservedFrame):
    """An observed frame with the parameters of the head at its time."""

    params: HeadParams


def animate(
    observed_frames: Generator[ObservedFrame, None, None], driver: Driver
) -> Generator[AnimatedFrame, None, None]:
    """Yield every observed frame with its head parameters; the driver goes by the source's clock."""
    with closing(observed_frames):
        for observed in observed_frames:
            params = driver.follow(observed.observation, observed.time_s)
            yield AnimatedFrame(
                observed.time_s, observed.image, observed.observation, observed.tracker_ms, params
            )
