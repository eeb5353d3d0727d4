"""Draw a head into pictures of one size, in the OpenGL context that is current."""

from __future__ import annotations

from flame_model.arrays import Picture
from flame_model.head import Head
from flame_model.params import HeadParams
from render.head_renderer import HeadRenderer
from render.look import STUDIO, Background, Look
from render.platform.interrupts import interrupts_held
from render.target import Target, straight_alpha


class PictureRenderer:
    """Draw a head into pictures of `size` (W, H); needs a current context, and `release()` before it goes."""

    @interrupts_held()
    def __init__(
        self,
        head: Head,
        size: tuple[int, int],
        look: Look | None = None,
        background: Background = STUDIO,
        samples: int | None = None,
    ) -> None:
        self.head_renderer = HeadRenderer(head, look, samples)
        self.camera = self.head_renderer.home_camera()
        self.background = background
        self._target = Target(size)

    @interrupts_held()
    def draw(self, params: HeadParams) -> Picture:
        """Return the picture (H, W, 4) RGBA uint8, top row first, straight alpha."""
        self._target.bind()
        self.head_renderer.draw(params, self.camera, self._target.size, self.background)
        picture = self._target.read_rgba()
        return straight_alpha(picture) if self.background.alpha < 1.0 else picture

    def release(self) -> None:
        """Delete everything on the GPU."""
        self._target.release()
        self.head_renderer.release()
