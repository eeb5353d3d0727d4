"""The light on each vertex: what its surface scatters, and how much of each light arrives."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from flame_model.arrays import Float64Array
from render.look import Look
from render.mesh import HeadMesh, linear_from_srgb
from render.passes.deform_pass import GRID_WIDTH, DeformPass
from render.program import Program
from render.textures import FullScreen, as_grid, float_target, number_texture


class LightPass:
    """Light the drawn vertices of a head into two textures, `lit` and `access`.

    Computed per vertex on a grid, light costs 0.5 ms on two cores. Per fragment of triangles a few pixels
    large it cost 9 ms, because software OpenGL shades 4x4 pixels for each of them.
    """

    def __init__(self, mesh: HeadMesh, look: Look) -> None:
        drawn = np.concatenate([mesh.albedo, mesh.places[:, None].astype(np.float32)], axis=1)
        self._drawn = number_texture(as_grid(drawn, GRID_WIDTH))
        self._finishes = number_texture(as_grid(mesh.finish, GRID_WIDTH))
        shiny = mesh.finish[:, :1] < mesh.shiny_below
        tints = np.where(shiny, linear_from_srgb(mesh.tint), mesh.tint)
        self._tints = number_texture(as_grid(tints, GRID_WIDTH))
        self._size = (GRID_WIDTH, as_grid(drawn, GRID_WIDTH).shape[0])
        (self._albedos,), self._albedo_buffer = float_target(*self._size)
        (self.lit, self.access), self._framebuffer = float_target(*self._size, count=2)
        defines = {"GRID_WIDTH": GRID_WIDTH, "LIGHTS": 3, "SHINY_BELOW": mesh.shiny_below}
        self._program = Program("full_screen.vert", "light.frag", defines)
        self._mottling = 1.0 if mesh.texture is None else 0.0
        self._screen = FullScreen()
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Take other lights from the next picture on."""
        self._program.use()
        self._program.set(ground_color=look.ground, **look.uniforms())

    def set_rest(self, rest: int) -> None:
        """Give skin that has no texture a fine structure at the `rest` positions of a `DeformPass`.

        Changes the bound framebuffer and the viewport.
        """
        program = Program("full_screen.vert", "albedo.frag", {"GRID_WIDTH": GRID_WIDTH})
        program.use()
        program.set(mottling=self._mottling)
        program.bind_textures(drawn=self._drawn, finishes=self._finishes, rest=rest)
        self._fill(self._albedo_buffer)
        program.release()

    def _fill(self, framebuffer: int) -> None:
        for capability in (GL.GL_BLEND, GL.GL_DEPTH_TEST, GL.GL_CULL_FACE, GL.GL_SCISSOR_TEST):
            GL.glDisable(capability)
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, framebuffer)
        GL.glViewport(0, 0, *self._size)
        self._screen.draw()

    def draw(
        self, deform: DeformPass, sky_access: int, skull_rotation: Float64Array, eye: Float64Array
    ) -> None:
        """Light the vertices that `deform` holds, seen from `eye` (3,) in metres.

        `skull_rotation` (3, 3) is the skull's turn from rest. Changes the bound framebuffer and the viewport.
        """
        self._program.use()
        self._program.bind_textures(
            albedos=self._albedos,
            tints=self._tints,
            finishes=self._finishes,
            positions=deform.positions,
            normals=deform.normals,
            sky_access=sky_access,
        )
        self._program.set(rest_from_world=skull_rotation.T, eye_position=eye)
        self._fill(self._framebuffer)

    def release(self) -> None:
        """Delete everything on the GPU."""
        textures = [self._drawn, self._finishes, self._tints, self._albedos, self.lit, self.access]
        GL.glDeleteTextures(len(textures), textures)
        GL.glDeleteFramebuffers(2, [self._albedo_buffer, self._framebuffer])
        self._program.release()
        self._screen.release()
