"""Light and draw the deformed head."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from render.camera import Matrix, OrbitCamera
from render.deform_pass import GRID_WIDTH, DeformPass
from render.look import Look
from render.mesh import HeadMesh
from render.program import Program


class HeadPass:
    """Draw a head whose vertices, normals and access to light lie in textures; alpha comes out 1."""

    def __init__(self, look: Look) -> None:
        self._program = Program("head.vert", "head.frag", {"GRID_WIDTH": GRID_WIDTH, "LIGHTS": 3})
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Take other lights from the next picture on."""
        directions = np.array([light.direction for light in look.lights])
        self._program.use()
        self._program.set(
            light_directions=directions / np.linalg.norm(directions, axis=1, keepdims=True),
            light_colors=[light.color for light in look.lights],
            sky_color=look.sky,
            ground_color=look.ground,
            exposure=look.exposure,
        )

    def draw(
        self,
        mesh: HeadMesh,
        deform: DeformPass,
        sky_access: int,
        skull_rotation: Matrix,
        camera: OrbitCamera,
        size: tuple[int, int],
    ) -> None:
        """Draw the head that `deform` holds; `skull_rotation` (3, 3) is how far the skull is turned from rest.

        The depth of the target must have been cleared.
        """
        for capability in (GL.GL_BLEND, GL.GL_SCISSOR_TEST):
            GL.glDisable(capability)
        for capability in (GL.GL_DEPTH_TEST, GL.GL_CULL_FACE):
            GL.glEnable(capability)
        GL.glDepthMask(True)
        GL.glDepthFunc(GL.GL_LESS)
        GL.glFrontFace(GL.GL_CCW)
        program = self._program
        program.use()
        textures = {
            "positions": deform.positions,
            "normals": deform.normals,
            "rest": deform.rest,
            "sky_access": sky_access,
        }
        for unit, (name, texture) in enumerate(textures.items()):
            program.bind_texture(unit, GL.GL_TEXTURE_2D, texture, name)
        program.set(
            clip_from_world=camera.projection(size) @ camera.view(),
            rest_from_world=skull_rotation.T,
            eye_position=camera.position,
        )
        # Back faces second: where the mesh is open they show its inside, elsewhere they fail the depth test.
        for culled in (GL.GL_BACK,) if mesh.closed else (GL.GL_BACK, GL.GL_FRONT):
            GL.glCullFace(culled)
            mesh.draw()

    def release(self) -> None:
        """Delete the program."""
        self._program.release()
