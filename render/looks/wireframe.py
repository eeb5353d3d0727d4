"""The look wireframe: the edges of the head's triangles, without those that its surface hides."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from flame_model.paint.materials import TRANSLUCENT
from render.gl.drawing import FullScreen, nearest_front_faces
from render.gl.program import Program
from render.gl.textures import as_grid, number_texture
from render.looks.contract import HeadParts, Look, View
from render.passes.deform_shapes import GRID_WIDTH

WIDTH = 1.0 / 900
"""Width of a line as a share of the picture's shorter side, and at least LEAST_WIDTH; chosen by eye."""
LEAST_WIDTH = 0.9
"""Pixels."""


class WireframeLook(Look):
    """Draws each triangle dark, with lines of constant width in pixels along its edges."""

    def __init__(self, parts: HeadParts) -> None:
        super().__init__(parts)
        self._program = Program(
            "wireframe/wireframe.vert", "wireframe/wireframe.frag", {"GRID_WIDTH": GRID_WIDTH}
        )
        head = parts.head
        names = np.array([material.name for material in head.materials])
        faces = head.faces[~np.isin(names, TRANSLUCENT)[head.face_materials]]
        corners = np.zeros((len(faces), 4), np.int32)
        corners[:, :3] = parts.deform.grid_items[faces]
        self._count = len(faces)
        self._corners = number_texture(as_grid(corners, GRID_WIDTH))
        self._screen = FullScreen()

    def draw(self, view: View) -> None:
        """Draw the triangles."""
        self._program.use()
        self.bind_surface(self._program, view)
        self._program.bind_textures(corners=self._corners)
        width = max(WIDTH * min(view.size), LEAST_WIDTH)
        self._program.set(clip_from_world=view.clip_from_world, line_width=width)
        nearest_front_faces()
        if view.inside:
            GL.glDisable(GL.GL_CULL_FACE)
        self._screen.draw_triangles(self._count)

    def release(self) -> None:
        """Delete the program and the corners."""
        GL.glDeleteTextures(1, [self._corners])
        self._program.release()
        self._screen.release()
