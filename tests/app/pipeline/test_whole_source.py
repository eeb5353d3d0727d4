from __future__ import annotations

import pytest

from app.pipeline.whole_source import backdrop_color
from render.scene.background import Background


@pytest.mark.parametrize(
    ("name", "color"),
    [
        ("studio", (0, 0, 0)),
        ("transparent", (0, 0, 0)),
        ("white", (255, 255, 255)),
        ("#102030", (16, 32, 48)),
    ],
)
def test_transparent_pictures_lie_on_the_colour_of_the_run(name: str, color: tuple[int, int, int]) -> None:
    assert backdrop_color(Background.parse(name)) == color
