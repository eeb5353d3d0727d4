"""Compute the posed vertices and normals of a head on the GPU; `flame_model/deform.py` is the reference."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from flame_model.arrays import Float32Array, Float64Array
from flame_model.deform import PreparedHead, joint_transforms, pose_feature
from flame_model.head import EYE_JOINTS
from flame_model.params import HeadParams
from render.gl.drawing import FullScreen, overwrite_pixels
from render.gl.program import Program
from render.gl.textures import as_grid, float_target, number_texture
from render.passes.deform_shapes import GRID_WIDTH, DeformShapes
from render.passes.packed_components import Band
from render.passes.packed_eyelids import layer_weights


class DeformPass:
    """The shapes of one head on the GPU, and the deformation into the textures `positions` and `normals`.

    Vertices lie row by row in a grid `GRID_WIDTH` wide, vertex v as item `grid_items[v]`. Only the parameters
    are uploaded per frame. `render/shaders/deform/positions.frag` states the deformation as an equation.
    """

    def __init__(self, prepared: PreparedHead, shapes: DeformShapes | None = None) -> None:
        """Upload a head's shapes, which are packed here where they are not given."""
        shapes = shapes or DeformShapes(prepared.head)
        shapes.upload()
        self._used, self._order = shapes.used, shapes.order
        self.grid_items, self.grid_size = shapes.grid_items, shapes.grid_size
        self._components, self._lids = shapes.components, shapes.lids
        self._weights = number_texture(shapes.weights)
        self._fans, self._corners = number_texture(shapes.fans), number_texture(shapes.corners)
        (self.positions,), self._position_buffer = float_target(*self.grid_size)
        (self.normals,), self._normal_buffer = float_target(*self.grid_size)
        # Software OpenGL runs both branches of an `if`: bands that no lid moves use a program without lids.
        defines = {"GRID_WIDTH": GRID_WIDTH, "PACKS": self._components.packs}
        self._open = _deform_program({**defines, "LIDS": 0})
        self._closing = _deform_program({**defines, "LIDS": 1})
        self._normal = Program("shared/full_screen.vert", "deform/normals.frag", {"GRID_WIDTH": GRID_WIDTH})
        self._screen = FullScreen()
        self.rest = 0
        self.set_rest(prepared)

    def set_rest(self, prepared: PreparedHead) -> None:
        """Use another identity of the same head from the next draw on."""
        self._prepared = prepared
        rest = np.concatenate([prepared.rest_vertices, prepared.head.skin_weights[:, :1]], axis=1)
        GL.glDeleteTextures(1, [self.rest])
        self.rest = number_texture(as_grid(rest[self._order], GRID_WIDTH))

    def draw(self, params: HeadParams) -> Float64Array:
        """Compute the posed vertices and their normals; return the transforms (5, 4, 4) of the joints.

        Changes the bound framebuffer and the viewport.
        """
        overwrite_pixels()
        joints = joint_transforms(self._prepared, params)
        self._draw_positions(params, joints)
        GL.glViewport(0, 0, *self.grid_size)
        self._draw_normals()
        return joints

    def _draw_positions(self, params: HeadParams, joints: Float64Array) -> None:
        weights = np.concatenate([params.expression, pose_feature(params)])[self._used]
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, self._position_buffer)
        if not params.eyelids.any():
            self._draw_bands(self._open, self._components.bands, weights, joints)
            return
        self._draw_bands(self._open, self._lids.still, weights, joints)
        self._closing.use()
        self._closing.set(closure=layer_weights(params.eyelids))
        self._closing.bind_textures(lids=self._lids.texture)
        self._draw_bands(self._closing, self._lids.moving, weights, joints)

    def _draw_bands(
        self, program: Program, bands: list[Band], weights: Float64Array, joints: Float64Array
    ) -> None:
        program.use()
        program.bind_textures(rest=self.rest, skin_weights=self._weights, components=self._components.texture)
        program.set(joints=joints)
        for band in bands:
            packs, steps = band.moving(weights)
            program.set(pack_count=len(packs), packs=packs, steps=steps)
            GL.glViewport(0, band.first_row, GRID_WIDTH, band.rows)
            self._screen.draw()

    def _draw_normals(self) -> None:
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, self._normal_buffer)
        program = self._normal
        program.use()
        program.bind_textures(positions=self.positions, fans=self._fans, corners=self._corners)
        self._screen.draw()

    def eye_centers(self, joints: Float64Array) -> Float64Array:
        """Return the centres (2, 3) of left and right eye in metres, posed by the transforms (5, 4, 4)."""
        rest = np.append(self._prepared.joints[EYE_JOINTS], np.ones((2, 1)), axis=1)
        return np.asarray(np.einsum("eij,ej->ei", joints[EYE_JOINTS, :3], rest))

    def read_vertices(self) -> Float32Array:
        """Return the posed vertices (V, 3) in metres."""
        return self._read(self.positions)

    def read_normals(self) -> Float32Array:
        """Return the unit normals (V, 3), to compare them with the reference."""
        return self._read(self.normals)

    def _read(self, texture: int) -> Float32Array:
        GL.glActiveTexture(GL.GL_TEXTURE0)
        GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
        raw = GL.glGetTexImage(GL.GL_TEXTURE_2D, 0, GL.GL_RGBA, GL.GL_FLOAT)
        return np.asarray(raw, dtype=np.float32).reshape(-1, 4)[self.grid_items, :3]

    def release(self) -> None:
        """Delete the textures, framebuffers and programs."""
        textures = [self.rest, self.positions, self.normals, self._weights, self._lids.texture]
        GL.glDeleteTextures(7, [*textures, self._fans, self._corners])
        GL.glDeleteFramebuffers(2, [self._position_buffer, self._normal_buffer])
        for part in (self._components, self._open, self._closing, self._normal, self._screen):
            part.release()


def _deform_program(defines: dict[str, int]) -> Program:
    return Program("shared/full_screen.vert", "deform/positions.frag", defines)
