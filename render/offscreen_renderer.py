"""Draw a head into pictures without a window, in an OpenGL context of its own."""

from __future__ import annotations

from contextlib import ExitStack
from types import TracebackType
from typing import TYPE_CHECKING

from flame_model.arrays import Picture
from flame_model.head import Head
from flame_model.params import HeadParams
from render.camera import OrbitCamera
from render.look import STUDIO, Background, Look
from render.platform.offscreen import OffscreenContext

if TYPE_CHECKING:
    # Importing it binds PyOpenGL, which has to wait for the choice of a platform.
    from render.picture_renderer import PictureRenderer


class OffscreenRenderer:
    """Draw a head into pictures of `size` (W, H).

        with OffscreenRenderer(head, (512, 512)) as renderer:
            picture = renderer.draw(params)

    The context is current on the thread that made the renderer and stays so until `close()`. Raises
    GraphicsError where no OpenGL 3.3 can be had.
    """

    def __init__(
        self,
        head: Head,
        size: tuple[int, int] = (512, 512),
        look: Look | None = None,
        background: Background = STUDIO,
    ) -> None:
        with ExitStack() as stack:
            stack.enter_context(OffscreenContext())
            from render.picture_renderer import PictureRenderer

            self._pictures: PictureRenderer = PictureRenderer(head, size, look, background)
            stack.callback(self._pictures.release)
            self._resources = stack.pop_all()

    def __enter__(self) -> OffscreenRenderer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def camera(self) -> OrbitCamera:
        """The camera that later pictures are taken with; it begins in front of the head."""
        return self._pictures.camera

    @camera.setter
    def camera(self, camera: OrbitCamera) -> None:
        self._pictures.camera = camera

    def draw(self, params: HeadParams) -> Picture:
        """Return the picture (H, W, 4) RGBA uint8, top row first, straight alpha."""
        return self._pictures.draw(params)

    def set_look(self, look: Look) -> None:
        """Take other lights and materials from the next picture on."""
        self._pictures.head_renderer.set_look(look)

    def close(self) -> None:
        """Delete everything on the GPU and the context with it; a second call does nothing."""
        self._resources.close()
