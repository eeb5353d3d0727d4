"""Draw the picture of a head that is kept beside it."""

from __future__ import annotations

import math
from pathlib import Path

from app.recording.formats.png import encode_png
from flame_model.files.writing.whole_file import write_whole
from flame_model.head import Head
from flame_model.params import rest_params
from render.offscreen_renderer import OffscreenRenderer
from render.scene.background import Background

SIZE = (512, 512)
TURN = math.radians(24.0)
"""Angle of the camera towards the head's left, from which both eyes and the profile are seen."""


def write_picture(head: Head, path: Path) -> None:
    """Write a PNG of the head at rest on a transparent background; raises GraphicsError or OutputError."""
    with OffscreenRenderer(head, SIZE, background=Background.parse("transparent")) as renderer:
        renderer.camera = renderer.camera.orbit(TURN, 0.0)
        picture = renderer.draw(rest_params(head.expression_count))
    png = encode_png(picture, alpha=True)
    write_whole(path, lambda file: file.write(png))
