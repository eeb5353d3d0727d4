"""Vertices and normals of a head, computed on the GPU; `flame_model/deform.py` is the reference."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from OpenGL import GL

from flame_model.deform import PreparedHead, joint_transforms, pose_feature
from flame_model.errors import GraphicsError
from flame_model.head import IntArray
from flame_model.params import HeadParams
from render.program import Program
from render.textures import FullScreen, as_grid, float_target, number_texture

GRID_WIDTH = 256
"""Vertices in one row of the position texture; a power of two."""
SMALLEST_MOVE = 1e-7
"""Metres; a component that moves no vertex farther in this frame is not looked up."""

FloatArray = npt.NDArray[np.float32]


class DeformPass:
    """Keep one head's shapes on the GPU and deform it into two textures, `positions` and `normals`.

    Vertices lie row by row in a grid `GRID_WIDTH` wide; only the parameters are uploaded per frame.
    """

    def __init__(self, prepared: PreparedHead) -> None:
        head = prepared.head
        self.vertex_count = len(head.template)
        rows = as_grid(prepared.rest_vertices, GRID_WIDTH).shape[0]
        self.grid_size = (GRID_WIDTH, rows)
        self._layers, layers = _component_layers(prepared)
        self._extents = np.abs(layers).max(axis=(1, 2, 3))[: len(self._layers)]
        self._components = number_texture(layers)
        self._weights = number_texture(as_grid(head.skin_weights[:, 1:], GRID_WIDTH))
        fans, corners = vertex_fans(head.faces, self.vertex_count)
        self._fans = number_texture(as_grid(fans, GRID_WIDTH))
        self._corners = number_texture(as_grid(corners, GRID_WIDTH))
        (self.positions,), self._position_buffer = float_target(*self.grid_size)
        (self.normals,), self._normal_buffer = float_target(*self.grid_size)
        defines = {"COMPONENTS": len(layers), "GRID_WIDTH": GRID_WIDTH}
        self._deform = Program("full_screen.vert", "deform.frag", defines)
        self._normal = Program("full_screen.vert", "normals.frag", defines)
        self._screen = FullScreen()
        self.rest = 0
        self.set_rest(prepared)

    def set_rest(self, prepared: PreparedHead) -> None:
        """Take another identity of the same head."""
        self._prepared = prepared
        rest = np.concatenate([prepared.rest_vertices, prepared.head.skin_weights[:, :1]], axis=1)
        GL.glDeleteTextures(1, [self.rest])
        self.rest = number_texture(as_grid(rest, GRID_WIDTH))

    def draw(self, params: HeadParams) -> None:
        """Compute the posed vertices and their normals. Changes the bound framebuffer and the viewport."""
        for capability in (GL.GL_BLEND, GL.GL_DEPTH_TEST, GL.GL_CULL_FACE, GL.GL_SCISSOR_TEST):
            GL.glDisable(capability)
        GL.glViewport(0, 0, *self.grid_size)
        self._draw_positions(params)
        self._draw_normals()

    def _draw_positions(self, params: HeadParams) -> None:
        moving = self._moving(params)
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, self._position_buffer)
        program = self._deform
        program.use()
        program.bind_textures(rest=self.rest, skin_weights=self._weights, components=self._components)
        program.set(moving_count=len(moving), joints=joint_transforms(self._prepared, params))
        if len(moving):
            program.set(moving=moving)
        self._screen.draw()

    def _draw_normals(self) -> None:
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, self._normal_buffer)
        program = self._normal
        program.use()
        program.bind_textures(positions=self.positions, fans=self._fans, corners=self._corners)
        self._screen.draw()

    def _moving(self, params: HeadParams) -> FloatArray:
        """Return (N, 2) layer and weight of the components that move something."""
        weights = np.concatenate([params.expression, params.eyelids, pose_feature(params)])[self._layers]
        moving = np.flatnonzero(np.abs(weights) * self._extents > SMALLEST_MOVE)
        return np.stack([moving, weights[moving]], axis=1).astype(np.float32)

    def read_vertices(self) -> FloatArray:
        """Return the posed vertices (V, 3) in metres."""
        return self._read(self.positions)

    def read_normals(self) -> FloatArray:
        """Return the unit normals (V, 3)."""
        return self._read(self.normals)

    def _read(self, texture: int) -> FloatArray:
        GL.glActiveTexture(GL.GL_TEXTURE0)
        GL.glBindTexture(GL.GL_TEXTURE_2D, texture)
        raw = GL.glGetTexImage(GL.GL_TEXTURE_2D, 0, GL.GL_RGBA, GL.GL_FLOAT)
        return np.asarray(raw, dtype=np.float32).reshape(-1, 4)[: self.vertex_count, :3].copy()

    def release(self) -> None:
        """Delete the textures, framebuffers and programs."""
        textures = [self.rest, self.positions, self.normals, self._components, self._weights]
        GL.glDeleteTextures(7, [*textures, self._fans, self._corners])
        GL.glDeleteFramebuffers(2, [self._position_buffer, self._normal_buffer])
        for part in (self._deform, self._normal, self._screen):
            part.release()


def vertex_fans(faces: IntArray, vertex_count: int) -> tuple[IntArray, IntArray]:
    """Return the faces around each vertex: their start and number (V, 2), their other two corners (3F, 2)."""
    order = np.argsort(faces.ravel(), kind="stable")
    others = np.stack([np.roll(faces, -1, axis=1).ravel(), np.roll(faces, -2, axis=1).ravel()], axis=1)
    counts = np.bincount(faces.ravel(), minlength=vertex_count)
    starts = np.cumsum(counts) - counts
    return np.stack([starts, counts], axis=1).astype(np.int32), others[order].astype(np.int32)


def _component_layers(prepared: PreparedHead) -> tuple[npt.NDArray[np.intp], FloatArray]:
    """Return which components move anything, and their grids (L, rows, width, 3), at least one layer.

    Components count expression, eyelids, pose correctives.
    """
    head = prepared.head
    bases = np.concatenate([head.expression_basis, head.eyelid_basis, head.pose_correctives], axis=2)
    used = np.flatnonzero(np.abs(bases).max(axis=(0, 1)) > 0.0)
    most = int(GL.glGetIntegerv(GL.GL_MAX_ARRAY_TEXTURE_LAYERS))
    if len(used) > most:
        raise GraphicsError(f"head {head.name!r} has {len(used)} shapes, this graphics driver holds {most}")
    layers = [as_grid(np.ascontiguousarray(bases[:, :, index]), GRID_WIDTH) for index in used]
    return used, np.stack(layers or [np.zeros((1, 1, 3), np.float32)])
