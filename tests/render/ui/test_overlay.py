"""Text of the overlay stays within the window, however long it is and however narrow the window is."""

from __future__ import annotations

import numpy as np
import pytest

pytestmark = pytest.mark.usefixtures("context")

LONG = "opening " + "holiday in the mountains, second day, " * 5 + "x" * 80 + ".mp4"


def letters(width: int, **state: object) -> np.ndarray:
    """Return which pixels (400, width) of a picture with an overlay are letters."""
    from OpenGL import GL

    from render.gl.target import Target
    from render.ui.overlay import Overlay, OverlayState

    size = (width, 400)
    target, overlay = Target(size, samples=1), Overlay()
    for _ in range(2):  # A panel has its size from the picture before.
        target.bind()
        GL.glClearColor(0.0, 0.0, 0.0, 1.0)
        GL.glClear(GL.GL_COLOR_BUFFER_BIT)
        overlay.draw(OverlayState(**state), size)
    target.copy()
    picture = target.read_rgba()[:, :, 0] > 120
    target.release()
    overlay.release()
    return picture


@pytest.mark.parametrize("width", [240, 400, 720])
def test_a_long_notice_is_wrapped_and_ends_before_the_edge(width: int) -> None:
    short, long = letters(width, notices=("short",)), letters(width, notices=(LONG,))
    assert short.any()
    assert not long[:, width - 12 :].any(), "letters run into the edge"
    assert long.any(axis=1).sum() > 3 * short.any(axis=1).sum(), "one line only"


def test_keys_stay_inside_a_narrow_window_and_nothing_lies_under_them() -> None:
    keys = (("Space", "this pose is straight ahead, which is a long thing to say"), ("Q", "quit"))
    alone = letters(260, keys=keys, show_keys=True)
    assert not alone[:, :12].any()
    with_readouts = letters(260, keys=keys, show_keys=True, readouts=(("picture", "60 fps"),))
    np.testing.assert_array_equal(alone, with_readouts)


def test_words_are_drawn_after_a_program_that_is_gone() -> None:
    from OpenGL import GL

    from render.gl.program import Program

    program = Program("inset/picture.vert", "inset/picture.frag")
    program.use()
    program.release()
    assert letters(240, notices=("short",)).any()
    assert GL.glGetError() == GL.GL_NO_ERROR
