"""Draw a head into pictures without a window, in an OpenGL context of the renderer's own."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from flame_model.arrays import Picture
from flame_model.files.closing import ClosedByWith
from flame_model.head import Head
from flame_model.params import HeadParams
from render.camera import OrbitCamera
from render.framing import DEFAULT, Framing
from render.looks.names import DEFAULT_LOOK, check_look
from render.platform.offscreen import OffscreenContext
from render.scene.background import STUDIO, AnyBackground
from render.scene.lighting import Lighting

if TYPE_CHECKING:
    # Importing it binds PyOpenGL to a platform, which OffscreenContext has to choose first.
    from render.picture_renderer import PictureRenderer


class OffscreenRenderer(ClosedByWith):
    """Draws a head into pictures of `size` (W, H) in pixels, without a window or display.

        with OffscreenRenderer(head, (512, 512)) as renderer:
            picture = renderer.draw(params)  # (H, W, 4) RGBA uint8

    `look` is one of `LOOK_NAMES`, such as "clay". `lighting` sets the lights, for example
    `Lighting(exposure=1.5)`, `background` what is behind the head, for example
    `Background.parse("transparent")`, and `framing` how much of the head the pictures show, for example
    `Framing.named("bust")`. The OpenGL context is current on the thread that makes the renderer, until
    `close()`. Raises InputError for an unknown look and GraphicsError where there is no OpenGL 3.3.
    """

    def __init__(
        self,
        head: Head,
        size: tuple[int, int] = (512, 512),
        lighting: Lighting | None = None,
        background: AnyBackground = STUDIO,
        framing: Framing = DEFAULT,
        *,
        look: str = DEFAULT_LOOK,
    ) -> None:
        check_look(look)
        with ExitStack() as stack:
            stack.enter_context(OffscreenContext())
            from render.picture_renderer import PictureRenderer

            self._pictures: PictureRenderer = PictureRenderer(
                head, size, lighting, background, framing=framing, look=look
            )
            stack.callback(self._pictures.release)
            self._resources = stack.pop_all()

    @property
    def camera(self) -> OrbitCamera:
        """Camera of the next pictures; initially it is in front of the head."""
        return self._pictures.camera

    @camera.setter
    def camera(self, camera: OrbitCamera) -> None:
        self._pictures.camera = camera

    @property
    def background(self) -> AnyBackground:
        """What is behind the head in the next pictures."""
        return self._pictures.background

    @background.setter
    def background(self, background: AnyBackground) -> None:
        self._pictures.background = background

    def draw(self, params: HeadParams) -> Picture:
        """Return the picture (H, W, 4) RGBA uint8, top row first, straight alpha."""
        return self._pictures.draw(params)

    def set_lighting(self, lighting: Lighting) -> None:
        """Use other lights from the next picture on."""
        self._pictures.head_renderer.set_lighting(lighting)

    def set_look(self, look: str) -> None:
        """Draw in another look from the next picture on. Raises InputError for unknown names."""
        self._pictures.head_renderer.set_look(look)

    def close(self) -> None:
        """Delete everything on the GPU and the context; a second call does nothing."""
        self._resources.close()
