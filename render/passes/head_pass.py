"""Draw the triangles of the posed and lit head."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from flame_model.arrays import Float64Array
from flame_model.face.eyes import EYE_RADIUS, IRIS_RADIUS
from flame_model.head import EYE_JOINTS
from flame_model.paint.unwrap import EYE, EYE_REACH, SIZE
from render.camera import OrbitCamera
from render.gl.program import Program
from render.look import LIGHT_COUNT, Look
from render.mesh import HeadMesh
from render.passes.deform_pass import GRID_WIDTH, DeformPass
from render.passes.light_pass import LightPass


class HeadPass:
    """Draws a head from the textures of its vertices, normals and light, with alpha 1.

    Shiny triangles are lit per pixel. Matte ones interpolate the colours of their vertices and are drawn
    first, because skin hides most of the eyes and teeth. Translucent ones, drawn last, multiply what is
    behind them.
    """

    def __init__(self, look: Look, *, textured: bool) -> None:
        defines = {"GRID_WIDTH": GRID_WIDTH, "TEXTURED": int(textured)}
        self._shiny = Program(
            "head/shiny.vert", "head/shiny.frag", {**defines, **eye_defines(), "LIGHTS": LIGHT_COUNT}
        )
        self._translucent = Program("head/translucent.vert", "head/translucent.frag", defines)
        self._matte = Program("head/matte.vert", "head/matte.frag", defines)
        self.set_look(look)

    def set_look(self, look: Look) -> None:
        """Use another look from the next picture on."""
        self._shiny.use()
        self._shiny.set(**look.uniforms())

    def draw(
        self,
        mesh: HeadMesh,
        deform: DeformPass,
        light: LightPass,
        camera: OrbitCamera,
        size: tuple[int, int],
        joints: Float64Array,
        *,
        inside: bool,
    ) -> None:
        """Draw into the bound framebuffer of (width, height) pixels, whose depth must be cleared.

        `joints` (5, 4, 4) are the transforms that `deform.draw` returned. `inside` also draws back faces, for an open mesh whose inside is visible.
        """
        _draw_nearest_front_faces()
        clip_from_world = camera.projection(size) @ camera.view()
        skin = {"skin_texture": mesh.texture.name} if mesh.texture else {}
        if mesh.texture and mesh.has_matte:
            mesh.texture.sample_one_level(camera.pixels_per_metre(size))
        self._matte.use()
        self._matte.bind_textures(positions=deform.positions, lit=light.lit, **skin)
        self._matte.set(clip_from_world=clip_from_world)
        mesh.draw_matte()
        if inside:
            GL.glCullFace(GL.GL_FRONT)
            mesh.draw()
            GL.glCullFace(GL.GL_BACK)
        if mesh.texture:
            mesh.texture.sample_all_levels()
        self._shiny.use()
        self._shiny.bind_textures(
            positions=deform.positions,
            normals=deform.normals,
            lit=light.lit,
            light_shares=light.light_shares,
            **skin,
        )
        self._shiny.set(clip_from_world=clip_from_world, eye_position=camera.position)
        if mesh.texture:
            centers = deform.eye_centers(joints)
            turns = joints[EYE_JOINTS, :3, :3].transpose(0, 2, 1)
            self._shiny.set(viewer=camera.position, eye_centers=centers, eye_from_world=turns)
        mesh.draw_shiny()
        if mesh.has_translucent:
            self._translucent.use()
            self._translucent.bind_textures(positions=deform.positions, **skin)
            self._translucent.set(clip_from_world=clip_from_world, viewer=camera.position)
            _multiply_what_is_behind()
            mesh.draw_translucent()
            GL.glDisable(GL.GL_BLEND)
            GL.glDepthMask(True)

    def release(self) -> None:
        """Delete the programs."""
        self._translucent.release()
        self._shiny.release()
        self._matte.release()


def _draw_nearest_front_faces() -> None:
    """Let the next draws write front faces only, each pixel from the nearest."""
    for capability in (GL.GL_BLEND, GL.GL_SCISSOR_TEST):
        GL.glDisable(capability)
    for capability in (GL.GL_DEPTH_TEST, GL.GL_CULL_FACE):
        GL.glEnable(capability)
    GL.glDepthMask(True)
    GL.glDepthFunc(GL.GL_LESS)
    GL.glFrontFace(GL.GL_CCW)
    GL.glCullFace(GL.GL_BACK)


def _multiply_what_is_behind() -> None:
    """Let the next draws multiply the colours of what they hide, seen from either side."""
    GL.glEnable(GL.GL_BLEND)
    GL.glBlendFunc(GL.GL_DST_COLOR, GL.GL_ZERO)
    GL.glDisable(GL.GL_CULL_FACE)
    GL.glDepthMask(False)


def eye_defines() -> dict[str, float]:
    """Return the place of the eye's picture in textures and the eye's measures, for `skin/eye.glsl`."""
    return {
        "EYE_U": (EYE.left + EYE.width / 2) / SIZE,
        "EYE_V": 1.0 - (EYE.top + EYE.height / 2) / SIZE,
        "EYE_RADIANS_PER_U": EYE_REACH / (EYE.width / 2 / SIZE),
        "EYE_RADIUS": EYE_RADIUS,
        "IRIS_RADIANS": float(np.arcsin(IRIS_RADIUS / EYE_RADIUS)),
    }
