"""The inset shows the picture and its landmarks in the lower right corner."""

from __future__ import annotations

import numpy as np
import pytest

from render.scene.background import Background

pytestmark = pytest.mark.usefixtures("context")

SIZE = (200, 100)


def test_inset_keeps_the_aspect_and_stays_inside() -> None:
    from render.passes.inset_pass import inset_rectangle

    for picture in ((640, 480), (480, 640), (100, 100)):
        left, bottom, width, height = inset_rectangle(picture, SIZE)
        assert width / height == pytest.approx(picture[0] / picture[1])
        assert left + width < SIZE[0]
        assert bottom > 0.0
        assert bottom + height < SIZE[1]


def test_picture_dim_points_and_reuse() -> None:
    from render.gl.target import Target
    from render.passes.background_pass import BackgroundPass
    from render.passes.inset_pass import InsetPass, inset_rectangle

    target, backdrop, inset = Target(SIZE, samples=1), BackgroundPass(), InsetPass()
    image = np.zeros((48, 64, 3), np.uint8)
    image[:24, :, 0] = 200
    image[24:, :, 2] = 200
    left, bottom, width, height = inset_rectangle((64, 48), SIZE)
    column = int(left + width / 2)
    upper, lower = (SIZE[1] - 1 - int(bottom + height * share) for share in (0.75, 0.25))

    def shown(**options: object) -> np.ndarray:
        target.bind()
        backdrop.draw(Background.parse("white"), SIZE)
        inset.draw(image, SIZE, **options)
        return target.read_rgba()[..., :3].astype(int)

    plain = shown()
    assert plain[upper, column].tolist() == [200, 0, 0]
    assert plain[lower, column].tolist() == [0, 0, 200]
    assert plain[5, 5].tolist() == [255, 255, 255]
    assert shown(dim=0.5)[upper, column].tolist() == pytest.approx([100, 0, 0], abs=2)
    dotted = shown(landmarks=np.array([[32.0, 12.0, 0.0]]))
    assert dotted[upper, column, 1] > 60
    for part in (target, backdrop, inset):
        part.release()
