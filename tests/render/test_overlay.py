"""Words stay within the window, however long they are and however narrow it is."""

from __future__ import annotations

import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("context")

LONG = "opening " + "holiday in the mountains, second day, " * 3 + "x" * 80 + ".mp4"


@pytest.mark.parametrize("width", [240, 400, 720])
def test_a_long_notice_is_wrapped_and_ends_before_the_edge(width: int) -> None:
    from render.overlay import Overlay, OverlayState
    from render.target import Target

    size = (width, 400)
    target, overlay = Target(size, samples=1), Overlay()

    def shown(*notices: str) -> np.ndarray:
        from OpenGL import GL

        for _ in range(2):  # A panel has its size from the picture before.
            target.bind()
            GL.glClearColor(0.0, 0.0, 0.0, 1.0)
            GL.glClear(GL.GL_COLOR_BUFFER_BIT)
            overlay.draw(OverlayState(notices=notices), size)
        target.copy()
        return target.read_rgba()[:, :, 0] > 120

    short, long = shown("short"), shown(LONG)
    target.release()
    overlay.release()
    assert short.any()
    assert not long[:, width - 12 :].any(), "letters run into the edge"
    assert long.any(axis=1).sum() > 3 * short.any(axis=1).sum(), "one line only"
