"""Measure how much of the sky each vertex sees, and in which directions; it gives soft shadows.

It is measured once for each head, so that the shadows take no time per frame.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence

import numpy as np
from OpenGL import GL

from flame_model.arrays import Float32Array
from render.gl.drawing import FullScreen, overwrite_pixels
from render.gl.program import Program
from render.gl.textures import float_target, new_texture
from render.mesh.head_mesh import HeadMesh
from render.passes.deform_pass import DeformPass
from render.passes.deform_shapes import GRID_WIDTH

DIRECTIONS = 48
"""Directions over the whole sphere, one depth map each; chosen by trial."""
AT_ONCE = 3
"""Depth maps of one step, which take 15 ms on the processor, and 40 ms for the largest heads."""
DEPTH_SIZE = 256
"""Pixels along the side of a depth map; a pixel is about 2 mm of a head."""
HOLLOW_SHARE = 1e-3
"""Share of a depth map from the front that back faces cover at most in a mesh without visible openings."""
FRONT = 0.7
"""Least z of a direction from the front; its y is not negative, as open necks are visible from below."""
MARGIN = 1.02
"""Radius of the sphere that is drawn into the depth maps, as a multiple of the head's radius."""


class SkyVisibility:
    """Visibility of the sky from each vertex, in the pose that a `DeformPass` computed last.

    `texture` stores, in the grid of the vertices, the mean m (w) and three times the first moment v (xyz) of
    the visibility over the sphere; direction d is visible to about m + v . d
    (`render/shaders/sky/visibility.frag`). `hollow` is True where back faces are visible from the
    front. Construction changes the bound framebuffer and the viewport.
    """

    def __init__(self, deform: DeformPass, mesh: HeadMesh) -> None:
        for _ in self._measure(deform, mesh):
            pass

    @classmethod
    def in_steps(cls, deform: DeformPass, mesh: HeadMesh) -> Generator[None, None, SkyVisibility]:
        """Measure in steps of a few hundredths of a second, between which other heads may be drawn."""
        made = cls.__new__(cls)
        yield from made._measure(deform, mesh)
        return made

    def _measure(self, deform: DeformPass, mesh: HeadMesh) -> Iterator[None]:
        vertices = deform.read_vertices()
        center = (vertices.min(axis=0) + vertices.max(axis=0)) / 2.0
        radius = float(np.linalg.norm(vertices - center, axis=1).max()) * MARGIN
        bounds, directions = (*center, radius), sphere_directions(DIRECTIONS)
        depths, seen_inside = _depth_texture(len(directions)), 0
        for first in range(0, len(directions), AT_ONCE):
            some = list(enumerate(directions))[first : first + AT_ONCE]
            seen = _draw_depth_maps(deform, mesh, depths, some, bounds)
            seen_inside = max(seen_inside, seen)
            yield
        self.hollow = seen_inside > HOLLOW_SHARE * DEPTH_SIZE**2
        self.texture = _accumulate(deform, depths, directions, bounds)
        GL.glDeleteTextures(1, [depths])

    def release(self) -> None:
        """Delete the texture."""
        GL.glDeleteTextures(1, [self.texture])


def sphere_directions(count: int) -> Float32Array:
    """Return unit vectors (count, 3) spread evenly over the sphere, a Fibonacci lattice."""
    index = np.arange(count) + 0.5
    height, turn = 1.0 - 2.0 * index / count, np.pi * (1.0 + np.sqrt(5.0)) * index
    level = np.sqrt(1.0 - height**2)
    return np.stack([level * np.cos(turn), height, level * np.sin(turn)], axis=1).astype(np.float32)


def _draw_depth_maps(
    deform: DeformPass,
    mesh: HeadMesh,
    texture: int,
    directions: Sequence[tuple[int, Float32Array]],
    bounds: tuple[float, ...],
) -> int:
    """Draw the depth maps of directions (3,) into layers; return the visible pixels of back faces.

    These are counted in the view from the front that shows the most. `bounds` is centre and radius in metres.
    """
    overwrite_pixels()
    framebuffer, query = GL.glGenFramebuffers(1), GL.glGenQueries(1)[0]
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
    GL.glDrawBuffer(GL.GL_NONE)
    GL.glReadBuffer(GL.GL_NONE)
    GL.glViewport(0, 0, DEPTH_SIZE, DEPTH_SIZE)
    GL.glEnable(GL.GL_DEPTH_TEST)
    GL.glDepthMask(True)
    program = Program("sky/depth.vert", "sky/depth.frag", {"GRID_WIDTH": GRID_WIDTH})
    program.use()
    program.bind_textures(positions=deform.positions)
    program.set(bounds=bounds)
    seen_inside = 0
    for layer, direction in directions:
        GL.glFramebufferTextureLayer(GL.GL_FRAMEBUFFER, GL.GL_DEPTH_ATTACHMENT, texture, 0, layer)
        GL.glClear(GL.GL_DEPTH_BUFFER_BIT)
        program.set(direction=direction)
        GL.glDepthFunc(GL.GL_LESS)
        mesh.draw()
        if not mesh.closed and direction[2] > FRONT and direction[1] >= 0.0:
            seen_inside = max(seen_inside, _visible_back_faces(mesh, query))
    GL.glDeleteFramebuffers(1, [framebuffer])
    GL.glDeleteQueries(1, [query])
    program.release()
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)
    return seen_inside


def _visible_back_faces(mesh: HeadMesh, query: int) -> int:
    """Return the number of pixels of the depth map just drawn whose nearest surface is a back face."""
    GL.glDepthFunc(GL.GL_EQUAL)
    GL.glEnable(GL.GL_CULL_FACE)
    GL.glCullFace(GL.GL_FRONT)
    GL.glBeginQuery(GL.GL_SAMPLES_PASSED, query)
    mesh.draw()
    GL.glEndQuery(GL.GL_SAMPLES_PASSED)
    GL.glDisable(GL.GL_CULL_FACE)
    return int(GL.glGetQueryObjectuiv(query, GL.GL_QUERY_RESULT))


def _accumulate(deform: DeformPass, depths: int, directions: Float32Array, bounds: tuple[float, ...]) -> int:
    """Return the texture of v and m of each vertex, from the depth maps."""
    (texture,), framebuffer = float_target(*deform.grid_size)
    defines = {"DIRECTIONS": DIRECTIONS, "GRID_WIDTH": GRID_WIDTH}
    program, screen = Program("shared/full_screen.vert", "sky/visibility.frag", defines), FullScreen()
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
    GL.glViewport(0, 0, *deform.grid_size)
    GL.glDisable(GL.GL_DEPTH_TEST)
    program.use()
    program.bind_textures(positions=deform.positions, normals=deform.normals, depths=depths)
    program.set(directions=directions, bounds=bounds)
    screen.draw()
    GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, 0)
    GL.glDeleteFramebuffers(1, [framebuffer])
    program.release()
    screen.release()
    return texture


def _depth_texture(layers: int) -> int:
    target = GL.GL_TEXTURE_2D_ARRAY
    texture = new_texture(target, GL.GL_NEAREST)
    layout, kind = GL.GL_DEPTH_COMPONENT24, GL.GL_DEPTH_COMPONENT
    GL.glTexImage3D(target, 0, layout, DEPTH_SIZE, DEPTH_SIZE, layers, 0, kind, GL.GL_FLOAT, None)
    return texture
