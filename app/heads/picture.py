"""The picture of a head that lists show."""

from __future__ import annotations

import math
from pathlib import Path

from app.offscreen_stage import offscreen_stage
from app.recording.png import encode_png
from flame_model.head import Head
from flame_model.params import rest_params
from flame_model.writing import write_whole
from render.look import Background

SIZE = (512, 512)
TURN = math.radians(24.0)
"""Towards the head's left: eyes and profile are seen both."""


def write_picture(head: Head, path: Path) -> None:
    """Write a PNG of the head at rest on a transparent ground; raises GraphicsError or OutputError."""
    with offscreen_stage(head, SIZE, Background.parse("transparent")) as stage:
        stage.camera = stage.camera.orbit(TURN, 0.0)
        picture = stage.render(rest_params(head.expression_count))
    png = encode_png(picture, alpha=True)
    write_whole(path, lambda file: file.write(png))
