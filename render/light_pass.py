"""The light on each vertex: what skin scatters, and how much of each light arrives."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from render.camera import Matrix
from render.deform_pass import GRID_WIDTH, DeformPass
from render.look import Look
from render.mesh import HeadMesh
from render.program import Program
from render.textures import FullScreen, as_grid, float_target, number_texture


class LightPass:
    """Light the drawn vertices of a head into two textures, `scattered` and `access`.

    Scattered light changes slowly over the skin. Computed per vertex on a grid it costs 0.2 ms on two cores;
    computed per fragment of triangles a few pixels large it cost 4 ms.
    """

    def __init__(self, mesh: HeadMesh, look: Look) -> None:
        drawn = np.concatenate([mesh.albedo, mesh.sources[:, None].astype(np.float32)], axis=1)
        self._drawn = number_texture(as_grid(drawn, GRID_WIDTH))
        self._finishes = number_texture(as_grid(mesh.finish, GRID_WIDTH))
        self._size = (GRID_WIDTH, as_grid(drawn, GRID_WIDTH).shape[0])
        (self.scattered, self.access), self._framebuffer = float_target(*self._size, count=2)
        self._program = Program("full_screen.vert", "light.frag", {"GRID_WIDTH": GRID_WIDTH, "LIGHTS": 3})
        self._screen = FullScreen()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Take other lights from the next picture on."""
        self._program.use()
        self._program.set(
            light_directions=look.light_directions(),
            light_colors=[light.color for light in look.lights],
            sky_color=look.sky,
            ground_color=look.ground,
        )

    def draw(self, deform: DeformPass, sky_access: int, skull_rotation: Matrix) -> None:
        """Light the vertices that `deform` holds; `skull_rotation` (3, 3) is the skull's turn from rest.

        Changes the bound framebuffer and the viewport.
        """
        for capability in (GL.GL_BLEND, GL.GL_DEPTH_TEST, GL.GL_CULL_FACE, GL.GL_SCISSOR_TEST):
            GL.glDisable(capability)
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, self._framebuffer)
        GL.glViewport(0, 0, *self._size)
        self._program.use()
        self._program.bind_textures(
            drawn=self._drawn,
            finishes=self._finishes,
            normals=deform.normals,
            rest=deform.rest,
            sky_access=sky_access,
        )
        self._program.set(rest_from_world=skull_rotation.T)
        self._screen.draw()

    def release(self) -> None:
        """Delete everything on the GPU."""
        GL.glDeleteTextures(4, [self._drawn, self._finishes, self.scattered, self.access])
        GL.glDeleteFramebuffers(1, [self._framebuffer])
        self._program.release()
        self._screen.release()
