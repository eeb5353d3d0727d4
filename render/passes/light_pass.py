"""Compute the light that each drawn vertex scatters, and the share of each light that reaches it."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from flame_model.arrays import Float64Array
from flame_model.head import JOINT_NAMES
from render.gl.drawing import FullScreen, overwrite_pixels
from render.gl.program import Program
from render.gl.textures import as_grid, float_target, number_texture
from render.mesh.head_mesh import linear_from_srgb
from render.mesh.surface import Surface
from render.passes.deform_pass import DeformPass
from render.passes.deform_shapes import GRID_WIDTH
from render.scene.lighting import LIGHT_COUNT, MOST_GLOWS, Lighting

_ROOT, _SKULL = JOINT_NAMES.index("root"), JOINT_NAMES.index("neck")


class LightPass:
    """Light on the drawn vertices of a head, in two textures, `lit` and `light_shares`.

    `render/shaders/light/light.frag` states the model as equations. On two cores, lighting the
    vertices in their grid takes 0.5 ms per picture. Lighting each pixel takes 9 ms, because software OpenGL
    shades 4x4 pixels for each triangle, and triangles are only a few pixels large.
    """

    def __init__(self, surface: Surface, lighting: Lighting, rest: int) -> None:
        """Upload a surface; `rest` is the texture of rest positions of its `DeformPass`."""
        self._upload_colors(surface)
        self._finishes = number_texture(as_grid(surface.finish, GRID_WIDTH))
        self._size = (GRID_WIDTH, as_grid(surface.finish, GRID_WIDTH).shape[0])
        (self._albedos,), self._albedo_buffer = float_target(*self._size)
        (self.lit, self.light_shares), self._framebuffer = float_target(*self._size, count=2)
        defines = {
            "GRID_WIDTH": GRID_WIDTH,
            "LIGHTS": LIGHT_COUNT,
            "GLOWS": MOST_GLOWS,
            "SHINY_BELOW": surface.shiny_below,
        }
        self._program = Program("shared/full_screen.vert", "light/light.frag", defines)
        self._mottling = float(surface.mottled)
        self._screen = FullScreen()
        self.set_lighting(lighting)
        self._compute_albedo(rest)

    def set_lighting(self, lighting: Lighting) -> None:
        """Use other lights from the next picture on."""
        self._program.use()
        self._program.set(ground_color=lighting.ground, **lighting.uniforms())

    def _upload_colors(self, surface: Surface) -> None:
        drawn = np.concatenate([surface.albedo, surface.grid_items[:, None].astype(np.float32)], axis=1)
        self._drawn = number_texture(as_grid(drawn, GRID_WIDTH))
        shiny = surface.finish[:, :1] < surface.shiny_below
        tints = np.where(shiny, linear_from_srgb(surface.tint), surface.tint)
        self._tints = number_texture(as_grid(tints, GRID_WIDTH))

    def set_colors(self, surface: Surface, rest: int) -> None:
        """Take the albedo and the tint of the surface in other colours; changes framebuffer and viewport."""
        GL.glDeleteTextures(2, [self._drawn, self._tints])
        self._upload_colors(surface)
        self._compute_albedo(rest)

    def _compute_albedo(self, rest: int) -> None:
        """Compute the albedo, mottled by the `rest` positions where the surface is mottled."""
        program = Program("shared/full_screen.vert", "light/albedo.frag", {"GRID_WIDTH": GRID_WIDTH})
        program.use()
        program.set(mottling=self._mottling)
        program.bind_textures(drawn=self._drawn, finishes=self._finishes, rest=rest)
        self._fill(self._albedo_buffer)
        program.release()

    def _fill(self, framebuffer: int) -> None:
        overwrite_pixels()
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, framebuffer)
        GL.glViewport(0, 0, *self._size)
        self._screen.draw()

    def draw(self, deform: DeformPass, sky_visibility: int, joints: Float64Array, eye: Float64Array) -> None:
        """Light the vertices in the textures of `deform`; `eye` (3,) is the camera's position in metres.

        `joints` (5, 4, 4) are the transforms of the joints. Changes framebuffer and viewport.
        """
        self._program.use()
        self._program.bind_textures(
            albedos=self._albedos,
            tints=self._tints,
            finishes=self._finishes,
            positions=deform.positions,
            normals=deform.normals,
            sky_visibility=sky_visibility,
            rest=deform.rest,
        )
        root, skull = joints[_ROOT, :3, :3], joints[_SKULL, :3, :3]
        self._program.set(rest_from_root=root.T, rest_from_skull=skull.T, eye_position=eye)
        self._fill(self._framebuffer)

    def release(self) -> None:
        """Delete everything on the GPU."""
        textures = [self._drawn, self._finishes, self._tints, self._albedos, self.lit, self.light_shares]
        GL.glDeleteTextures(len(textures), textures)
        GL.glDeleteFramebuffers(2, [self._albedo_buffer, self._framebuffer])
        self._program.release()
        self._screen.release()
