"""Draw the built-in head in every preset of skin, eyes, brows and hair, for docs/guide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from app.model.animated_head import AnimatedHead
from app.model.colors import dressed
from flame_model.arrays import Picture
from flame_model.head import Head
from flame_model.paint.hair.styles import NONE, SHORT
from flame_model.paint.recoloring.person_colors import HAIR, PRESETS, PersonColors
from flame_model.params import rest_params
from render.offscreen_renderer import OffscreenRenderer


@dataclass(frozen=True, slots=True)
class View:
    """The part of the head that a row of pictures shows; chosen by eye."""

    height: int
    """Pixels of a picture."""
    middle: tuple[float, float, float] | None = None
    """Point in the middle in metres; None for the whole head."""
    frame_height: float = 0.0
    """Height of the part in metres."""


WIDTH = 200
"""Pixels of a picture's width."""
VIEWS = {
    "skin": View(220),
    "eyes": View(70, (0.0, 0.030, 0.0), 0.040),
    "brows": View(80, (0.0, 0.042, 0.0), 0.050),
    "hair": View(110, (0.0, 0.095, 0.0), 0.110),
}
"""What the row of each part shows."""
_FINER = 2
"""Size at which pictures are drawn before they are made smaller."""
_WORDS = (235, 235, 235)


def draw_colors(out: Path) -> None:
    """Write one row for each part, with its presets from left to right."""
    head = AnimatedHead.load("builtin").head
    rows = [np.hstack(list(_row(head, part))) for part in PRESETS]
    cv2.imwrite(str(out), np.vstack(rows)[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, 90])


def _row(head: Head, part: str) -> Iterator[Picture]:
    view = VIEWS[part]
    for name, color in PRESETS[part].items():
        style = SHORT if part == HAIR else NONE
        shown = dressed(head, style, replace(PersonColors(), **{part: color}), print)
        with OffscreenRenderer(shown, (_FINER * WIDTH, _FINER * view.height)) as renderer:
            if view.middle:
                renderer.camera = replace(renderer.camera, target=view.middle, frame_height=view.frame_height)
            picture = renderer.draw(rest_params(head.expression_count))[..., :3]
        small = cv2.resize(picture, (WIDTH, view.height), interpolation=cv2.INTER_AREA)
        cv2.putText(small, name, (6, 14), cv2.FONT_HERSHEY_SIMPLEX, 0.4, _WORDS, 1, cv2.LINE_AA)
        yield np.asarray(small, dtype=np.uint8)
