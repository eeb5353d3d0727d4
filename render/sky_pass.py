"""How much light from where reaches each vertex of the head at rest: soft shadows that cost nothing per frame."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from OpenGL import GL

from render.deform_pass import GRID_WIDTH, DeformPass
from render.mesh import HeadMesh
from render.program import Program
from render.textures import FullScreen, float_target

DIRECTIONS = 64
DEPTH_SIZE = 256
"""Pixels along one side of a depth map: about 2 mm on a head."""


def measure_sky_access(deform: DeformPass, mesh: HeadMesh) -> int:
    """Return a texture in the grid of `deform`: per vertex of its current pose the mean (w) and the
    first moment times 3 (xyz) of the directions that no other part of the head hides.

    Depth maps are drawn from all around. Changes the bound framebuffer and the viewport.
    """
    vertices = deform.read_vertices()
    center = (vertices.min(axis=0) + vertices.max(axis=0)) / 2.0
    radius = float(np.linalg.norm(vertices - center, axis=1).max()) * 1.02
    bounds, directions = (*center, radius), sphere_directions(DIRECTIONS)
    depths = _depth_maps(deform, mesh, directions, bounds)
    (texture,), framebuffer = float_target(*deform.grid_size)
    program = Program(
        "full_screen.vert", "sky_access.frag", {"DIRECTIONS": DIRECTIONS, "GRID_WIDTH": GRID_WIDTH}
    )
    screen = FullScreen()
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
    GL.glViewport(0, 0, *deform.grid_size)
    for capability in (GL.GL_BLEND, GL.GL_DEPTH_TEST, GL.GL_CULL_FACE, GL.GL_SCISSOR_TEST):
        GL.glDisable(capability)
    program.use()
    program.bind_textures(positions=deform.positions, normals=deform.normals, depths=depths)
    program.set(directions=directions, bounds=bounds)
    screen.draw()
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)
    GL.glDeleteFramebuffers(1, [framebuffer])
    GL.glDeleteTextures(1, [depths])
    program.release()
    screen.release()
    return texture


def sphere_directions(count: int) -> npt.NDArray[np.float32]:
    """Return unit vectors (count, 3) spread evenly over the sphere (Fibonacci lattice)."""
    index = np.arange(count) + 0.5
    height, turn = 1.0 - 2.0 * index / count, np.pi * (1.0 + np.sqrt(5.0)) * index
    level = np.sqrt(1.0 - height**2)
    return np.stack([level * np.cos(turn), height, level * np.sin(turn)], axis=1).astype(np.float32)


def _depth_maps(
    deform: DeformPass,
    mesh: HeadMesh,
    directions: npt.NDArray[np.float32],
    bounds: tuple[float, ...],
) -> int:
    """Return a depth texture array, one layer per direction."""
    texture: int = GL.glGenTextures(1)
    GL.glBindTexture(GL.GL_TEXTURE_2D_ARRAY, texture)
    GL.glTexParameteri(GL.GL_TEXTURE_2D_ARRAY, GL.GL_TEXTURE_MIN_FILTER, GL.GL_NEAREST)
    GL.glTexParameteri(GL.GL_TEXTURE_2D_ARRAY, GL.GL_TEXTURE_MAG_FILTER, GL.GL_NEAREST)
    GL.glTexImage3D(
        GL.GL_TEXTURE_2D_ARRAY, 0, GL.GL_DEPTH_COMPONENT24, DEPTH_SIZE, DEPTH_SIZE, len(directions),
        0, GL.GL_DEPTH_COMPONENT, GL.GL_FLOAT, None,
    )  # fmt: skip
    framebuffer = GL.glGenFramebuffers(1)
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
    GL.glDrawBuffer(GL.GL_NONE)
    GL.glReadBuffer(GL.GL_NONE)
    GL.glViewport(0, 0, DEPTH_SIZE, DEPTH_SIZE)
    for capability in (GL.GL_BLEND, GL.GL_CULL_FACE, GL.GL_SCISSOR_TEST):
        GL.glDisable(capability)
    GL.glEnable(GL.GL_DEPTH_TEST)
    GL.glDepthMask(True)
    GL.glDepthFunc(GL.GL_LESS)
    program = Program("depth.vert", "depth.frag", {"GRID_WIDTH": GRID_WIDTH})
    program.use()
    program.bind_textures(positions=deform.positions)
    program.set(bounds=bounds)
    for layer, direction in enumerate(directions):
        GL.glFramebufferTextureLayer(GL.GL_FRAMEBUFFER, GL.GL_DEPTH_ATTACHMENT, texture, 0, layer)
        GL.glClear(GL.GL_DEPTH_BUFFER_BIT)
        program.set(direction=direction)
        mesh.draw()
    GL.glDeleteFramebuffers(1, [framebuffer])
    program.release()
    return texture
