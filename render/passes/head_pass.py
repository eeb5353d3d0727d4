"""Draw the triangles of the posed and lit head."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from OpenGL import GL

from flame_model.arrays import Float64Array
from flame_model.face.eyes import EYE_RADIUS, IRIS_RADIUS
from flame_model.head import EYE_JOINTS
from flame_model.paint.unwrapping.charts import EYE, EYE_REACH, SIZE
from flame_model.paint.unwrapping.face_projection import MIDLINE
from flame_model.paint.wrinkles.layout import BORDERS, BROW_BORDER
from render.camera import OrbitCamera
from render.gl.drawing import nearest_front_faces
from render.gl.program import Program
from render.mesh.head_mesh import HeadMesh
from render.passes.deform_pass import DeformPass
from render.passes.deform_shapes import GRID_WIDTH
from render.passes.light_pass import LightPass
from render.passes.translucent_pass import TranslucentPass
from render.scene.lighting import LIGHT_COUNT, MOST_GLOWS, Lighting


@dataclass(frozen=True, slots=True)
class PosedHead:
    """What the passes before have computed of a head for one picture."""

    deform: DeformPass
    light: LightPass
    joints: Float64Array
    """(5, 4, 4) transforms of the joints, from `DeformPass.draw`."""
    wrinkling: Float64Array
    """(2, 7) depths of the wrinkles, from `flame_model.face.wrinkling`."""

    @property
    def depths(self) -> dict[str, Float64Array]:
        """The uniforms of the wrinkles' depths."""
        left, right = self.wrinkling[:, :6].reshape(2, 2, 3)
        return {"left_depths": left, "right_depths": right, "brow_depths": self.wrinkling[:, 6]}


class HeadPass:
    """Draws a mesh from the textures of its vertices, normals and light, with alpha 1.

    Shiny triangles are lit per pixel. Matte ones interpolate the colours of their vertices and are drawn
    first, because skin hides most of the eyes and teeth. Translucent ones, drawn last, multiply what is
    behind them (`TranslucentPass`).
    """

    def __init__(self, mesh: HeadMesh, lighting: Lighting) -> None:
        self._mesh = mesh
        self._wrinkles = {"wrinkles": mesh.texture.wrinkles} if mesh.texture and mesh.texture.wrinkles else {}
        self._per_pixel = bool(self._wrinkles) and not mesh.has_matte
        borders = zip(("RED_BORDER_V", "GREEN_BORDER_V", "BLUE_BORDER_V"), BORDERS, strict=True)
        defines = {
            "GRID_WIDTH": GRID_WIDTH,
            "TEXTURED": int(mesh.texture is not None),
            "MIDLINE_U": MIDLINE,
            **dict(borders),
            "BROW_BORDER_V": BROW_BORDER,
        }
        lit_per_pixel = {
            **defines,
            **eye_defines(),
            "LIGHTS": LIGHT_COUNT,
            "GLOWS": MOST_GLOWS,
            "EYES": int(mesh.shows_eye_picture),
            "WRINKLED": int(self._per_pixel),
        }
        self._shiny = Program("head/shiny.vert", "head/shiny.frag", lit_per_pixel)
        self._smooth, self._wrinkled = (
            Program("head/matte.vert", "head/matte.frag", {**defines, "WRINKLED": int(wrinkled)})
            for wrinkled in (False, mesh.has_wrinkles)
        )
        self._translucent = TranslucentPass(mesh)
        self.set_lighting(lighting)

    def set_lighting(self, lighting: Lighting) -> None:
        """Use other lights from the next picture on."""
        self._shiny.use()
        self._shiny.set(**lighting.uniforms())

    def draw(self, posed: PosedHead, camera: OrbitCamera, size: tuple[int, int], *, inside: bool) -> None:
        """Draw into the bound framebuffer of (width, height) pixels, whose depth must be cleared.

        `inside` also draws back faces, for an open mesh whose inside is visible.
        """
        nearest_front_faces()
        mesh = self._mesh
        clip_from_world = camera.projection(size) @ camera.view()
        skin = {"skin_texture": mesh.texture.name} if mesh.texture else {}
        if mesh.texture and mesh.has_matte:
            mesh.texture.sample_one_level(camera.pixels_per_metre(size))
        self._draw_matte(posed, clip_from_world, skin)
        if inside:
            GL.glCullFace(GL.GL_FRONT)
            mesh.draw()
            GL.glCullFace(GL.GL_BACK)
        if mesh.texture:
            mesh.texture.sample_all_levels()
        self._draw_shiny(posed, clip_from_world, camera, skin)
        if mesh.has_translucent:
            self._translucent.draw(posed.deform, clip_from_world, camera)

    def _draw_matte(self, posed: PosedHead, clip_from_world: Float64Array, skin: dict[str, int]) -> None:
        """Draw the matte triangles; the program of the smooth ones stays the current one."""
        textures = {"positions": posed.deform.positions, "lit": posed.light.lit, **skin}
        wrinkled = self._mesh.has_wrinkles and posed.wrinkling.any()
        if wrinkled:
            self._wrinkled.use()
            self._wrinkled.bind_textures(**textures, **self._wrinkles)
            self._wrinkled.set(clip_from_world=clip_from_world, **posed.depths)
            self._mesh.draw_wrinkled()
        self._smooth.use()
        self._smooth.bind_textures(**textures)
        self._smooth.set(clip_from_world=clip_from_world)
        if wrinkled:
            self._mesh.draw_smooth()
        else:
            self._mesh.draw_matte()

    def _draw_shiny(
        self, posed: PosedHead, clip_from_world: Float64Array, camera: OrbitCamera, skin: dict[str, int]
    ) -> None:
        program = self._shiny
        program.use()
        program.bind_textures(
            positions=posed.deform.positions,
            normals=posed.deform.normals,
            lit=posed.light.lit,
            light_shares=posed.light.light_shares,
            **skin,
            **(self._wrinkles if self._per_pixel else {}),
        )
        program.set(clip_from_world=clip_from_world, eye_position=camera.position)
        if self._per_pixel:
            program.set(**posed.depths)
        if self._mesh.shows_eye_picture:
            program.set(
                viewer=camera.position,
                eye_centers=posed.deform.eye_centers(posed.joints),
                eye_from_world=posed.joints[EYE_JOINTS, :3, :3].transpose(0, 2, 1),
            )
        self._mesh.draw_shiny()

    def release(self) -> None:
        """Delete the programs."""
        for part in (self._shiny, self._smooth, self._wrinkled, self._translucent):
            part.release()


def eye_defines() -> dict[str, float]:
    """Return the place of the eye's picture in textures and the size of the iris, for `skin/eye.glsl`."""
    return {
        "EYE_U": (EYE.left + EYE.width / 2) / SIZE,
        "EYE_V": 1.0 - (EYE.top + EYE.height / 2) / SIZE,
        "EYE_RADIANS_PER_U": EYE_REACH / (EYE.width / 2 / SIZE),
        "IRIS_RADIANS": float(np.arcsin(IRIS_RADIUS / EYE_RADIUS)),
    }
