"""A head on a stage without a window, with the OpenGL context it needs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flame_model.head import Head
from render.look import STUDIO, Background
from render.offscreen import OffscreenContext

if TYPE_CHECKING:
    # Importing it binds PyOpenGL, which has to wait for the choice of a platform.
    from render.stage import OffscreenStage


@contextmanager
def offscreen_stage(
    head: Head, size: tuple[int, int], background: Background = STUDIO
) -> Iterator[OffscreenStage]:
    """Yield a stage with the head for pictures of `size` (W, H), in a context of its own.

    Raises GraphicsError.
    """
    with OffscreenContext():
        from render.stage import OffscreenStage

        stage = OffscreenStage(head, size, background=background)
        try:
            yield stage
        finally:
            stage.release()
