"""A legend at the left edge of the picture: the colours of a scale, and what they mean in millimetres."""

from __future__ import annotations

import numpy as np
from OpenGL import GL
from PIL import Image, ImageDraw, ImageFont

from flame_model.arrays import Picture
from render.gl.drawing import FullScreen, blend_over, overwrite_pixels
from render.gl.picture_texture import PictureTexture
from render.gl.program import Program

HEIGHT = 0.42
"""Height of the legend as a share of the picture's; its middle is that of the left edge."""
LEFT = 0.025
"""Distance from the left edge as a share of the picture's shorter side."""
LEAST_HEIGHT = 120
"""Pixels; a smaller legend could not be read."""
STEPS = 4
"""Steps between the numbers."""
_BOX, _WORDS = (13, 14, 18, 170), (237, 240, 245, 255)


class Legend:
    """Draws the legend of a scale of `colors` (256, 3) from 0 to `most_mm`."""

    def __init__(self, colors: Picture, most_mm: int) -> None:
        self._colors, self._most_mm = colors, most_mm
        self._program = Program("inset/picture.vert", "legend/legend.frag")
        self._texture = PictureTexture()
        self._screen = FullScreen()
        self._picture: Picture | None = None

    def draw(self, size: tuple[int, int]) -> None:
        """Draw over a picture of (width, height) pixels; a picture too low for a legend gets none."""
        if size[1] < LEAST_HEIGHT:
            return
        height = max(round(HEIGHT * size[1]), LEAST_HEIGHT)
        if self._picture is None or self._picture.shape[0] != height:
            self._picture = legend_picture(self._colors, self._most_mm, height)
        left, bottom = round(LEFT * min(size)), (size[1] - height) // 2
        shown = np.array([left, bottom, self._picture.shape[1], height], np.float64)
        clip = 2.0 * shown / np.array([*size, *size])
        clip[:2] -= 1.0
        overwrite_pixels()
        blend_over()
        self._program.use()
        self._program.bind_textures(picture=self._texture.of(self._picture))
        self._program.set(rectangle=clip)
        self._screen.draw_strip()
        GL.glDisable(GL.GL_BLEND)

    def release(self) -> None:
        """Delete everything on the GPU."""
        for part in (self._program, self._texture, self._screen):
            part.release()


def legend_picture(colors: Picture, most_mm: int, height: int) -> Picture:
    """Return the legend (height, W, 4) RGBA, straight alpha: a bar of `colors`, and numbers beside it."""
    font = ImageFont.load_default(max(height * 0.065, 12.0))
    words = [f"{most_mm * step // STEPS}" for step in range(STEPS)] + [f"{most_mm}+ mm"]
    line = round(font.getbbox("0")[3])
    wide = max(font.getlength(word) for word in words)
    pad, bar = round(0.6 * line), round(1.1 * line)
    image = Image.new("RGBA", (round(3 * pad + bar + wide), height))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, image.width - 1, height - 1), pad, fill=_BOX)
    top, bottom = pad + line // 2, height - pad - line // 2
    levels = np.linspace(255, 0, bottom - top).round().astype(int)
    bar_picture = Image.fromarray(np.repeat(colors[levels][:, None], bar, axis=1))
    image.paste(bar_picture, (pad, top))
    for step, word in enumerate(words):
        middle = bottom - step * (bottom - top) / STEPS
        draw.text((2 * pad + bar, middle), word, fill=_WORDS, font=font, anchor="lm")
    return np.array(image)
