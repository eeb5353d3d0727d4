"""Draw the README's pictures: strips of heads at moments of the demo take, and an animated picture."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from app.model.animated_head import AnimatedHead
from app.offline.render import RenderSettings, render_file
from mappings.motion.placement import Placement
from mappings.records.take import load_take
from render.offscreen_renderer import OffscreenRenderer

MOMENTS = (48, 168, 288, 360, 480, 552)
"""Frames of the demo take: a turn, speech, a smile, a wide mouth, closed eyes, raised brows."""
SIDE = 320
"""Pixels of one picture in the strip."""
MOVING = RenderSettings("demo", Path(), size=(360, 360), fps=12.0, frames=96)
"""The animated picture: the first 8 s of the demo take, 0.7 MB."""


def draw_strip(head: str, take: Path, out: Path) -> None:
    """Write one picture that shows a head at MOMENTS of `take`, side by side."""
    animated = AnimatedHead.load(head, hair=None)
    driver = animated.driver(Placement())
    recorded = load_take(take)
    with OffscreenRenderer(animated.head, (2 * SIDE, 2 * SIDE)) as renderer:
        pictures = []
        for index, observation in enumerate(recorded.observations):
            params = driver.follow(observation, float(recorded.times[index]))
            if index in MOMENTS:
                pictures.append(
                    cv2.resize(renderer.draw(params)[..., :3], (SIDE, SIDE), interpolation=cv2.INTER_AREA)
                )
    cv2.imwrite(str(out), np.hstack(pictures)[..., ::-1])


def draw_moving(out: Path) -> None:
    """Write an animated picture of the built-in head, driven by the demo take."""
    render_file(replace(MOVING, out=out), print)
