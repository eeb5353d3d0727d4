"""Pictures on the GPU, uploaded when they change."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from flame_model.arrays import Picture
from render.gl.textures import new_texture

_LAYOUTS = {3: (GL.GL_RGB8, GL.GL_RGB), 4: (GL.GL_RGBA8, GL.GL_RGBA)}


class PictureTexture:
    """A texture of the picture shown last; its first row is the picture's top row."""

    def __init__(self) -> None:
        self._texture = new_texture(GL.GL_TEXTURE_2D, GL.GL_LINEAR, clamp=True)
        self._shown: Picture | None = None

    def of(self, picture: Picture) -> int:
        """Return the texture of a picture (H, W, 3 or 4), which is uploaded if it is another array."""
        if picture is not self._shown:
            GL.glActiveTexture(GL.GL_TEXTURE0)
            GL.glBindTexture(GL.GL_TEXTURE_2D, self._texture)
            GL.glPixelStorei(GL.GL_UNPACK_ALIGNMENT, 1)
            self._upload(np.ascontiguousarray(picture))
            self._shown = picture
        return self._texture

    def _upload(self, data: Picture) -> None:
        height, width, channels = data.shape
        inner, outer = _LAYOUTS[channels]
        kind = GL.GL_UNSIGNED_BYTE
        if self._shown is not None and self._shown.shape == data.shape:
            GL.glTexSubImage2D(GL.GL_TEXTURE_2D, 0, 0, 0, width, height, outer, kind, data)
        else:
            GL.glTexImage2D(GL.GL_TEXTURE_2D, 0, inner, width, height, 0, outer, kind, data)

    def release(self) -> None:
        """Delete the texture."""
        GL.glDeleteTextures(1, [self._texture])
