"""Draw the deformed and lit head."""

from __future__ import annotations

from OpenGL import GL

from render.camera import OrbitCamera
from render.look import Look
from render.mesh import HeadMesh
from render.passes.deform_pass import GRID_WIDTH, DeformPass
from render.passes.light_pass import LightPass
from render.program import Program


class HeadPass:
    """Draw a head whose vertices, normals and light lie in textures; alpha comes out 1.

    Shiny triangles are lit per pixel, matte ones carry the colours of their vertices and come first, because
    skin hides most of the eyes and teeth.
    """

    def __init__(self, look: Look, *, textured: bool) -> None:
        defines = {"GRID_WIDTH": GRID_WIDTH, "TEXTURED": int(textured)}
        self._shiny = Program("shiny.vert", "shiny.frag", {**defines, "LIGHTS": 3})
        self._matte = Program("matte.vert", "matte.frag", defines)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Take other lights from the next picture on."""
        self._shiny.use()
        self._shiny.set(**look.uniforms())

    def draw(
        self,
        mesh: HeadMesh,
        deform: DeformPass,
        light: LightPass,
        camera: OrbitCamera,
        size: tuple[int, int],
        *,
        inside: bool,
    ) -> None:
        """Draw into the bound framebuffer of (width, height) pixels, whose depth has been cleared.

        `inside` also draws the back faces, for a mesh that can be looked into.
        """
        for capability in (GL.GL_BLEND, GL.GL_SCISSOR_TEST):
            GL.glDisable(capability)
        for capability in (GL.GL_DEPTH_TEST, GL.GL_CULL_FACE):
            GL.glEnable(capability)
        GL.glDepthMask(True)
        GL.glDepthFunc(GL.GL_LESS)
        GL.glFrontFace(GL.GL_CCW)
        GL.glCullFace(GL.GL_BACK)
        clip_from_world = camera.projection(size) @ camera.view()
        skin = {"skin_texture": mesh.texture.name} if mesh.texture else {}
        if mesh.texture and mesh.has_matte:
            mesh.texture.read_one_level(camera.pixels_per_metre(size))
        self._matte.use()
        self._matte.bind_textures(positions=deform.positions, lit=light.lit, **skin)
        self._matte.set(clip_from_world=clip_from_world)
        mesh.draw_matte()
        if inside:
            GL.glCullFace(GL.GL_FRONT)
            mesh.draw()
            GL.glCullFace(GL.GL_BACK)
        if mesh.texture:
            mesh.texture.read_all_levels()
        self._shiny.use()
        self._shiny.bind_textures(
            positions=deform.positions, normals=deform.normals, lit=light.lit, access=light.access, **skin
        )
        self._shiny.set(clip_from_world=clip_from_world, eye_position=camera.position)
        mesh.draw_shiny()

    def release(self) -> None:
        """Delete the programs."""
        self._shiny.release()
        self._matte.release()
