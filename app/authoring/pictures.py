"""Draw the README's pictures from the demo take."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from app.cast import load_cast
from app.offline import RenderSettings, render_file
from mappings.placement import Placement
from mappings.take import load_take
from render import backend
from render.offscreen import OffscreenContext

MOMENTS = (48, 168, 288, 360, 480, 552)
"""Frames of the demo take: a turn, speech, a smile, a wide mouth, shut eyes, raised brows."""
SIDE = 320
MOVING = RenderSettings("demo", Path(), size=(360, 360), fps=12.0, frames=96)
"""The start of the demo take, 8 s in 0.7 MB."""


def draw_strip(head: str, take: Path, out: Path) -> None:
    """Write one picture with the head of a name at MOMENTS of `take`, side by side."""
    cast = load_cast(head, None)
    driver = cast.driver(Placement())
    recorded = load_take(take)
    backend.select(headless=True)
    with OffscreenContext():
        from render.stage import OffscreenStage

        stage = OffscreenStage(cast.head, (2 * SIDE, 2 * SIDE))
        pictures = []
        for index, observation in enumerate(recorded.observations):
            params = driver.step(observation, float(recorded.times[index]))
            if index in MOMENTS:
                pictures.append(
                    cv2.resize(stage.render(params)[..., :3], (SIDE, SIDE), interpolation=cv2.INTER_AREA)
                )
        stage.release()
    cv2.imwrite(str(out), np.hstack(pictures)[..., ::-1])


def draw_moving(out: Path) -> None:
    """Write an animated picture of the built-in head under the demo take."""
    render_file(replace(MOVING, out=out), print)
