"""Compute the posed vertices and normals of a head on the GPU; `flame_model/deform.py` is the reference."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from flame_model.arrays import Float32Array, Float64Array, IndexArray, Int32Array
from flame_model.deform import PreparedHead, joint_transforms, pose_feature
from flame_model.head import EYE_JOINTS, Head
from flame_model.params import HeadParams
from render.gl.drawing import FullScreen, overwrite_pixels
from render.gl.program import Program
from render.gl.textures import as_grid, float_target, grid_shape, number_texture
from render.passes.packed_components import Band, PackedComponents
from render.passes.packed_eyelids import PackedEyelids, eyelid_layers, layer_weights

GRID_WIDTH = 256
"""Vertices in one row of the textures; a power of two."""


class DeformPass:
    """The shapes of one head on the GPU, and the deformation into the textures `positions` and `normals`.

    Vertices lie row by row in a grid `GRID_WIDTH` wide, vertex v as item `grid_items[v]`. Only the parameters
    are uploaded per frame. `render/shaders/deform/positions.frag` states the deformation as an equation.
    """

    def __init__(self, prepared: PreparedHead) -> None:
        head = prepared.head
        self._used, components = _used_components(head)
        lids = eyelid_layers(head)
        # Vertices that the same components move lie together, which saves fetches; lids come first.
        self._order = np.lexsort([*np.asarray(components.any(axis=2)), lids.any(axis=(0, 2))])[::-1]
        self.grid_items = np.argsort(self._order).astype(np.int32)
        self.grid_size = grid_shape(len(head.template), GRID_WIDTH)[::-1]
        self._components = PackedComponents(components[:, self._order], GRID_WIDTH)
        self._lids = PackedEyelids(lids[:, self._order], self._components.bands, GRID_WIDTH)
        self._weights = number_texture(as_grid(head.skin_weights[self._order, 1:], GRID_WIDTH))
        fans, corners = vertex_fans(self.grid_items[head.faces], len(head.template))
        self._fans = number_texture(as_grid(fans, GRID_WIDTH))
        self._corners = number_texture(as_grid(corners, GRID_WIDTH))
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


def vertex_fans(faces: Int32Array, vertex_count: int) -> tuple[Int32Array, Int32Array]:
    """Return the fan of faces around each vertex.

    The first array (V, 2) holds the first entry and the number of entries of a vertex in the second array
    (3F, 2), whose entries are the other two corners of a face, in the face's order.
    """
    order = np.argsort(faces.ravel(), kind="stable")
    others = np.stack([np.roll(faces, -1, axis=1).ravel(), np.roll(faces, -2, axis=1).ravel()], axis=1)
    counts = np.bincount(faces.ravel(), minlength=vertex_count)
    starts = np.cumsum(counts) - counts
    return np.stack([starts, counts], axis=1).astype(np.int32), others[order].astype(np.int32)


def _deform_program(defines: dict[str, int]) -> Program:
    return Program("shared/full_screen.vert", "deform/positions.frag", defines)


def _used_components(head: Head) -> tuple[IndexArray, Float32Array]:
    """Return the numbers (L,) of the components that move anything, and these components (L, V, 3).

    Components are expressions, then pose correctives, in metres. L is at least 1.
    """
    bases = np.concatenate([head.expression_basis, head.pose_correctives], axis=2)
    used = np.flatnonzero(bases.any(axis=(0, 1)))
    used = used if len(used) else np.array([0])
    return used, np.ascontiguousarray(bases[:, :, used].transpose(2, 0, 1))
