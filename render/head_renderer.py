"""Draw one head: run its passes in order, into the framebuffer that is bound."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from OpenGL import GL

from flame_model.arrays import Float32Array, Float64Array
from flame_model.deform import prepare
from flame_model.face.wrinkling import wrinkling, wrinkling_matrix
from flame_model.head import JOINT_NAMES, Head
from flame_model.params import HeadParams, rest_params
from render.camera import OrbitCamera
from render.framing import DEFAULT, Framing
from render.gl.target import Target
from render.look import STUDIO, Background, Look
from render.mesh import HeadMesh
from render.passes.background_pass import BackgroundPass
from render.passes.deform_pass import DeformPass
from render.passes.edge_pass import EdgePass
from render.passes.head_pass import HeadPass, PosedHead
from render.passes.light_pass import LightPass
from render.passes.sky_visibility_pass import SkyVisibility, sphere_directions
from render.platform.driver import is_software

AJAR_JAW = 0.2
"""Radians that the jaw is open while sky visibility is measured.

Behind closed lips teeth and gums would be measured as dark, and stay so in every picture.
"""
HALF_SHUT = 0.5
"""Closure of the lids while sky visibility is measured; folds of open lids would stay dark on shut ones."""
AJAR_LIPS = ("mouthUpperUpLeft", "mouthUpperUpRight", "mouthLowerDownLeft", "mouthLowerDownRight")
"""Components that part the lips while sky visibility is measured, where a head names its components."""
AJAR_LIP_WEIGHT = 0.6
"""Coefficient of each component in AJAR_LIPS; chosen by trial."""
SHINY_BELOW = 0.24
"""Roughness below which materials are lit per pixel on the processor.

Lid margins are above it, because their triangles are only a pixel large.
"""
ALL_SHINY = 2.0
"""The same limit on a graphics card: every roughness is below it."""
EXPRESSION_MARGIN = 0.06
"""How far an expression reaches beyond the head's outline at rest, at most, as a share of the head's size."""
_RIGID = [JOINT_NAMES.index(name) for name in ("root", "neck", "jaw")]
"""Joints that move large parts of the outline."""


class HeadRenderer:
    """One head on the GPU and the passes that draw it; call `release()` before the context is deleted.

    A graphics card draws 4 samples per pixel. On the processor these take 7 ms per picture. There the picture
    has one sample per pixel, its edges are smoothed afterwards, and skin is lit per vertex. `samples`
    overrides the number of samples.
    """

    def __init__(self, head: Head, look: Look | None = None, samples: int | None = None) -> None:
        software = is_software()
        self._samples = samples if samples is not None else 1 if software else 4
        look = look or Look()
        self.head = head
        self._prepared = prepare(head)
        self._hull = _hull(self._prepared.rest_vertices)
        self.deform = DeformPass(self._prepared)
        self._mesh = HeadMesh(head, self.deform.grid_items, SHINY_BELOW if software else ALL_SHINY)
        self._light = LightPass(self._mesh, look)
        self._head = HeadPass(self._mesh, look)
        self._wrinkling = wrinkling_matrix(head)
        self._background = BackgroundPass(keep=self._samples == 1)
        self._edges = EdgePass() if self._samples == 1 else None
        self._targets: dict[tuple[int, int], Target] = {}
        self._sky = self._measure_light()

    def set_identity(self, identity: npt.ArrayLike | None) -> None:
        """Give the head the face of identity coefficients (up to I); None for the template's.

        It takes 4 ms on a processor. Sky visibility stays as measured on the template: measuring it again
        takes 260 ms, and at 1.5 standard deviations it changes 99 % of the pixels by at most 6 of 255 levels.
        """
        self._prepared = prepare(self.head, identity)
        self.deform.set_rest(self._prepared)
        self._hull = _hull(self._prepared.rest_vertices)

    def set_colors(self, head: Head) -> None:
        """Draw the head in other colours: `head` is the same head with other vertex colours and picture."""
        framebuffer = GL.glGetIntegerv(GL.GL_DRAW_FRAMEBUFFER_BINDING)
        self.head = replace(self.head, vertex_colors=head.vertex_colors, texture=head.texture)
        self._mesh.set_colors(self.head)
        self._light.set_colors(self._mesh, self.deform.rest)
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)

    def _measure_light(self) -> SkyVisibility:
        """Return the sky visibility with mouth ajar and eyes half shut; also compute the albedo."""
        self._light.set_rest(self.deform.rest)
        names = self.head.expression_names
        parted = AJAR_LIP_WEIGHT * np.isin(names, AJAR_LIPS) if names else 0.0
        rest = rest_params(self.head.expression_count)
        self.deform.draw(
            replace(
                rest,
                jaw=np.array([AJAR_JAW, 0.0, 0.0]),
                expression=rest.expression + parted,
                eyelids=np.full(2, HALF_SHUT),
            )
        )
        return SkyVisibility(self.deform, self._mesh)

    def set_look(self, look: Look) -> None:
        """Use another look from the next picture on."""
        self._light.set_look(look)
        self._head.set_look(look)

    def draw(
        self, params: HeadParams, camera: OrbitCamera, size: tuple[int, int], background: Background = STUDIO
    ) -> None:
        """Draw into the bound framebuffer of (width, height) pixels; it stays bound.

        Colours are multiplied by alpha.
        """
        framebuffer = GL.glGetIntegerv(GL.GL_DRAW_FRAMEBUFFER_BINDING)
        joints = self.deform.draw(params)
        self._light.draw(self.deform, self._sky.texture, joints, camera.position)
        target = self._sized_target(size)
        target.bind()
        self._background.draw(background, size)
        target.clear_depth()
        inside = self._sky.hollow or self._seen_from_below(joints, camera)
        posed = PosedHead(self.deform, self._light, joints, wrinkling(self._wrinkling, params.expression))
        self._head.draw(posed, camera, size, inside=inside)
        picture = target.resolve()
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
        target.copy()
        if self._edges:
            self._edges.draw(picture, size, camera.region(self._outline(joints), size), framebuffer)
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
        GL.glViewport(0, 0, *size)

    def home_camera(self, framing: Framing = DEFAULT) -> OrbitCamera:
        """Return the camera that shows the head from the front."""
        return framing.camera(self.head)

    def release(self) -> None:
        """Delete everything on the GPU."""
        passes = (self.deform, self._mesh, self._light, self._head, self._background, self._edges, self._sky)
        for part in (*passes, *self._targets.values()):
            if part:
                part.release()

    def _sized_target(self, size: tuple[int, int]) -> Target:
        """Return a target of this size; the last two sizes are kept, for a window and its recording."""
        if size not in self._targets:
            if len(self._targets) == 2:
                self._targets.pop(next(iter(self._targets))).release()
            self._targets[size] = Target(size, self._samples)
        return self._targets[size]

    def _outline(self, joints: Float64Array) -> Float64Array:
        """Return points (N, 3) around everything the head can reach with these joints."""
        moved = self._hull @ joints[_RIGID, :3, :3].transpose(0, 2, 1) + joints[_RIGID, None, :3, 3]
        outline: Float64Array = moved.reshape(-1, 3)
        return outline

    def _seen_from_below(self, joints: Float64Array, camera: OrbitCamera) -> bool:
        """Return whether the camera is below the open end of the neck."""
        root = joints[0]
        eye = root[:3, :3].T @ (camera.position - root[:3, 3])
        return not self._mesh.closed and bool(eye[1] < self._hull[:, 1].min())


def _hull(vertices: Float32Array) -> Float64Array:
    """Return the outermost vertices (N, 3), moved out from the centre by `EXPRESSION_MARGIN`."""
    outermost = np.unique(np.argmax(np.einsum("vi,di->vd", vertices, sphere_directions(64)), axis=0))
    center = (vertices.min(axis=0) + vertices.max(axis=0)) / 2.0
    from_center = vertices[outermost].astype(np.float64) - center
    hull: Float64Array = center + (1.0 + EXPRESSION_MARGIN) * from_center
    return hull
