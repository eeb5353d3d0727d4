"""Draw the built-in head with each expression that a key shows, for docs/guide."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from app.live.keys import EXPRESSION_KEYS
from app.model.animated_head import AnimatedHead
from flame_model.arrays import Picture
from mappings.adjusting.adjustments import Adjustments
from mappings.motion.placement import Placement
from render.offscreen_renderer import OffscreenRenderer

SIDE = 270
"""Pixels of one picture."""
COLUMNS = 4
_WORDS = (235, 235, 235)


def draw_expressions(out: Path, head: str = "builtin") -> None:
    """Write a picture of each expression over a head at rest, with its key and name."""
    animated = AnimatedHead.load(head, hair=None)
    with OffscreenRenderer(animated.head, (2 * SIDE, 2 * SIDE)) as renderer:
        tiles = []
        for key, name in EXPRESSION_KEYS.items():
            driver = animated.driver(Placement(), adjustments=Adjustments(expressions=frozenset({name})))
            picture = renderer.draw(driver.follow(None, 0.0))[..., :3]
            tiles.append(_labelled(picture, f"{key.upper()}  {name}"))
    rows = [np.hstack(tiles[begin : begin + COLUMNS]) for begin in range(0, len(tiles), COLUMNS)]
    cv2.imwrite(str(out), np.vstack(rows)[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, 90])


def _labelled(picture: Picture, words: str) -> Picture:
    small = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    cv2.putText(small, words, (10, 20), cv2.FONT_HERSHEY_SIMPLEX, 0.45, _WORDS, 1, cv2.LINE_AA)
    return np.asarray(small, dtype=np.uint8)
