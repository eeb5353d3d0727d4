"""Vertices and normals of a head, computed on the GPU; `flame_model/deform.py` is the reference."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from OpenGL import GL

from flame_model.arrays import Float32Array, Float64Array, Int32Array
from flame_model.deform import PreparedHead, joint_transforms, pose_feature
from flame_model.head import Head
from flame_model.params import HeadParams
from render.passes.packed_components import Band, PackedComponents
from render.passes.packed_eyelids import PackedEyelids, eyelid_layers, layer_weights
from render.program import Program
from render.textures import FullScreen, as_grid, float_target, grid_shape, number_texture

GRID_WIDTH = 256
"""Vertices in one row of the position texture; a power of two."""


class DeformPass:
    """Keep one head's shapes on the GPU and deform it into two textures, `positions` and `normals`.

    Vertices lie row by row in a grid `GRID_WIDTH` wide, vertex v as item `places[v]`. Only the parameters are
    uploaded per frame.
    """

    def __init__(self, prepared: PreparedHead) -> None:
        head = prepared.head
        self._used, components = _used_components(head)
        lids = eyelid_layers(head)
        # Vertices moved by the same components lie together, which spares look-ups; those of the lids first.
        self._order = np.lexsort([*np.asarray(components.any(axis=2)), lids.any(axis=(0, 2))])[::-1]
        self.places = np.argsort(self._order).astype(np.int32)
        self.grid_size = grid_shape(len(head.template), GRID_WIDTH)[::-1]
        self._components = PackedComponents(components[:, self._order], GRID_WIDTH)
        self._lids = PackedEyelids(lids[:, self._order], self._components.bands, GRID_WIDTH)
        self._weights = number_texture(as_grid(head.skin_weights[self._order, 1:], GRID_WIDTH))
        fans, corners = vertex_fans(self.places[head.faces], len(head.template))
        self._fans = number_texture(as_grid(fans, GRID_WIDTH))
        self._corners = number_texture(as_grid(corners, GRID_WIDTH))
        (self.positions,), self._position_buffer = float_target(*self.grid_size)
        (self.normals,), self._normal_buffer = float_target(*self.grid_size)
        # Software OpenGL runs both ways of an `if`, so bands that no lid moves have a program without them.
        defines = {"GRID_WIDTH": GRID_WIDTH, "PACKS": self._components.packs}
        self._open, self._closing = (
            Program("full_screen.vert", "deform.frag", {**defines, "LIDS": lids}) for lids in (0, 1)
        )
        self._normal = Program("full_screen.vert", "normals.frag", {"GRID_WIDTH": GRID_WIDTH})
        self._screen = FullScreen()
        self.rest = 0
        self.set_rest(prepared)

    def set_rest(self, prepared: PreparedHead) -> None:
        """Take another identity of the same head."""
        self._prepared = prepared
        rest = np.concatenate([prepared.rest_vertices, prepared.head.skin_weights[:, :1]], axis=1)[
            self._order
        ]
        GL.glDeleteTextures(1, [self.rest])
        self.rest = number_texture(as_grid(rest, GRID_WIDTH))

    def draw(self, params: HeadParams) -> Float64Array:
        """Compute the posed vertices and their normals; return the joints' transforms (5, 4, 4).

        Changes the bound framebuffer and the viewport.
        """
        for capability in (GL.GL_BLEND, GL.GL_DEPTH_TEST, GL.GL_CULL_FACE, GL.GL_SCISSOR_TEST):
            GL.glDisable(capability)
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

    def read_vertices(self) -> Float32Array:
        """Return the posed vertices (V, 3) in metres."""
        return self._read(self.positions)

    def read_normals(self) -> Float32Array:
        """Return the unit normals (V, 3)."""
        return self._read(self.normals)

    def _read(self, texture: int) -> Float32Array:
        GL.glActiveTexture(GL.GL_TEXTURE0)
        GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
        raw = GL.glGetTexImage(GL.GL_TEXTURE_2D, 0, GL.GL_RGBA, GL.GL_FLOAT)
        return np.asarray(raw, dtype=np.float32).reshape(-1, 4)[self.places, :3]

    def release(self) -> None:
        """Delete the textures, framebuffers and programs."""
        textures = [self.rest, self.positions, self.normals, self._weights, self._lids.texture]
        GL.glDeleteTextures(7, [*textures, self._fans, self._corners])
        GL.glDeleteFramebuffers(2, [self._position_buffer, self._normal_buffer])
        for part in (self._components, self._open, self._closing, self._normal, self._screen):
            part.release()


def vertex_fans(faces: Int32Array, vertex_count: int) -> tuple[Int32Array, Int32Array]:
    """Return the faces around each vertex: their start and number (V, 2), their other two corners (3F, 2)."""
    order = np.argsort(faces.ravel(), kind="stable")
    others = np.stack([np.roll(faces, -1, axis=1).ravel(), np.roll(faces, -2, axis=1).ravel()], axis=1)
    counts = np.bincount(faces.ravel(), minlength=vertex_count)
    starts = np.cumsum(counts) - counts
    return np.stack([starts, counts], axis=1).astype(np.int32), others[order].astype(np.int32)


def _used_components(head: Head) -> tuple[npt.NDArray[np.intp], Float32Array]:
    """Return which of expression and pose correctives move anything, and them (L, V, 3).

    There is at least one.
    """
    bases = np.concatenate([head.expression_basis, head.pose_correctives], axis=2)
    used = np.flatnonzero(bases.any(axis=(0, 1)))
    used = used if len(used) else np.array([0])
    return used, np.ascontiguousarray(bases[:, :, used].transpose(2, 0, 1))
