"""An overlay over a plain picture, for the tests of what is drawn into it."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np

Self = TypeVar("Self", bound="DrawnOverlay")


class DrawnOverlay:
    """The overlay in a window of one grey; tests add what it shows."""

    def __init__(self, size: tuple[int, int], grey: float = 0.0) -> None:
        from render.gl.target import Target
        from render.ui.overlay import Overlay

        self.size, self.grey = size, grey
        self.target, self.overlay = Target(size, samples=1), Overlay()

    def draw_state(self, **state: Any) -> None:
        """Draw one picture."""
        from OpenGL import GL

        from render.ui.overlay import OverlayState

        self.target.bind()
        GL.glClearColor(self.grey, self.grey, self.grey, 1.0)
        GL.glClear(GL.GL_COLOR_BUFFER_BIT)
        self.overlay.draw(OverlayState(**state), self.size)

    def read(self) -> np.ndarray:
        """Return the picture (H, W, 4)."""
        self.target.copy()
        return self.target.read_rgba()

    def __enter__(self: Self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.overlay.release()
        self.target.release()
