"""Draw a head into pictures in memory, without a window or beside the window that shows the head."""

from __future__ import annotations

from OpenGL import GL

from flame_model.arrays import Picture
from flame_model.head import Head
from flame_model.params import HeadParams
from render.camera import OrbitCamera
from render.framing import DEFAULT, Framing, suited
from render.gl.target import Target, read_bound_framebuffer
from render.head_renderer import HeadRenderer
from render.looks.names import DEFAULT_LOOK
from render.platform.delayed_interrupts import interrupts_held
from render.scene.background import STUDIO, AnyBackground
from render.scene.lighting import Lighting
from render.straight_alpha import straight_alpha


class PictureRenderer:
    """A head drawn into pictures of `size` (W, H); call `release()` before the context is deleted."""

    @interrupts_held()
    def __init__(
        self,
        head: Head,
        size: tuple[int, int],
        lighting: Lighting | None = None,
        background: AnyBackground = STUDIO,
        *,
        samples: int | None = None,
        framing: Framing = DEFAULT,
        look: str = DEFAULT_LOOK,
    ) -> None:
        self.head_renderer = HeadRenderer(head, lighting, samples, look)
        self.camera = suited(self.head_renderer.home_camera(framing), size)
        self.background = background
        self._target = Target(size)

    @interrupts_held()
    def draw(self, params: HeadParams) -> Picture:
        """Return the picture (H, W, 4) RGBA uint8, top row first, straight alpha."""
        picture = drawn_picture(self._target, self.head_renderer, params, self.camera, self.background)
        return straight_alpha(picture) if self.background.alpha < 1.0 else picture

    def release(self) -> None:
        """Delete everything on the GPU."""
        self._target.release()
        self.head_renderer.release()


class Snapshot:
    """Pictures of `size` (W, H) of a head that a window shows, without the inset and text over it.

    Each method leaves the window's framebuffer bound. Colours are multiplied by alpha.
    """

    def __init__(self, renderer: HeadRenderer, size: tuple[int, int]) -> None:
        self.size = size
        self._renderer = renderer
        self._target: Target | None = None

    def take(self, params: HeadParams, camera: OrbitCamera, background: AnyBackground = STUDIO) -> Picture:
        """Draw the head once more, into memory, and return the picture (H, W, 4), top row first."""
        if self._target is None:
            self._target = Target(self.size)
        picture = drawn_picture(self._target, self._renderer, params, camera, background)
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)
        return picture

    def grab(self) -> Picture:
        """Return what was just drawn into the window, which must have this size.

        This takes a tenth of the time of `take`.
        """
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)
        return read_bound_framebuffer(self.size)

    def release(self) -> None:
        """Delete the buffers."""
        if self._target is not None:
            self._target.release()


def drawn_picture(
    target: Target, renderer: HeadRenderer, params: HeadParams, camera: OrbitCamera, background: AnyBackground
) -> Picture:
    """Draw a head into `target` and return the picture (H, W, 4), colours multiplied by alpha."""
    target.bind()
    renderer.draw(params, camera, target.size, background)
    return target.read_rgba()
