"""From what is seen to what the head does."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass

from app.observer import Image, Observed
from flame_model.params import HeadParams
from mappings.driver import Driver
from mappings.frames import FaceObservation


@dataclass(frozen=True, slots=True)
class Performance:
    """Hold one frame and what the head does in it."""

    time_s: float
    """In the source's clock."""
    image: Image | None
    observation: FaceObservation | None
    params: HeadParams


def perform(seen: Generator[Observed, None, None], driver: Driver) -> Generator[Performance, None, None]:
    """Yield the performance of every observed frame by the source's own clock."""
    with closing(seen):
        for observed in seen:
            params = driver.step(observed.observation, observed.time_s)
            yield Performance(observed.time_s, observed.image, observed.observation, params)
