"""Draw the deformed and lit head."""

from __future__ import annotations

from OpenGL import GL

from render.camera import OrbitCamera
from render.deform_pass import GRID_WIDTH, DeformPass
from render.light_pass import LightPass
from render.look import Look
from render.mesh import HeadMesh
from render.program import Program


class HeadPass:
    """Draw a head whose vertices, normals and light lie in textures; alpha comes out 1."""

    def __init__(self, look: Look) -> None:
        self._outside = Program("head.vert", "head.frag", {"GRID_WIDTH": GRID_WIDTH, "LIGHTS": 3})
        self._inside = Program("inside.vert", "inside.frag", {"GRID_WIDTH": GRID_WIDTH})
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Take other lights from the next picture on."""
        self._outside.use()
        self._outside.set(
            light_directions=look.light_directions(),
            light_colors=[light.color for light in look.lights],
            sky_color=look.sky,
            exposure=look.exposure,
        )

    def draw(
        self, mesh: HeadMesh, deform: DeformPass, light: LightPass, camera: OrbitCamera, size: tuple[int, int]
    ) -> None:
        """Draw into the bound framebuffer of (width, height) pixels, whose depth has been cleared."""
        for capability in (GL.GL_BLEND, GL.GL_SCISSOR_TEST):
            GL.glDisable(capability)
        for capability in (GL.GL_DEPTH_TEST, GL.GL_CULL_FACE):
            GL.glEnable(capability)
        GL.glDepthMask(True)
        GL.glDepthFunc(GL.GL_LESS)
        GL.glFrontFace(GL.GL_CCW)
        GL.glCullFace(GL.GL_BACK)
        clip_from_world = camera.projection(size) @ camera.view()
        self._outside.use()
        self._outside.bind_textures(
            positions=deform.positions,
            normals=deform.normals,
            scattered=light.scattered,
            access=light.access,
        )
        self._outside.set(clip_from_world=clip_from_world, eye_position=camera.position)
        mesh.draw()
        if not mesh.closed:
            GL.glCullFace(GL.GL_FRONT)
            self._inside.use()
            self._inside.bind_textures(positions=deform.positions)
            self._inside.set(clip_from_world=clip_from_world)
            mesh.draw()

    def release(self) -> None:
        """Delete the programs."""
        self._outside.release()
        self._inside.release()
