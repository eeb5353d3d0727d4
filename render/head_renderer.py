"""Draw one head: run its passes in order, into the framebuffer that is bound."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace

import numpy.typing as npt
from OpenGL import GL

from flame_model.arrays import Float64Array
from flame_model.deform import prepare
from flame_model.head import Head
from flame_model.params import HeadParams
from render.camera import OrbitCamera
from render.framing import DEFAULT, Framing
from render.gl.target import Target
from render.looks.contract import HeadParts, Look, View
from render.looks.making import make_look
from render.looks.names import DEFAULT_LOOK
from render.mesh.head_mesh import HeadMesh
from render.mesh.hull import hull_of, posed_hull
from render.passes.ajar_pose import ajar_params
from render.passes.background_pass import BackgroundPass
from render.passes.deform_pass import DeformPass
from render.passes.deform_shapes import DeformShapes
from render.passes.edge_pass import EdgePass
from render.passes.sky_visibility_pass import SkyVisibility
from render.platform.driver import is_software
from render.scene.background import STUDIO, AnyBackground
from render.scene.lighting import Lighting

SHINY_BELOW = 0.24
"""Roughness below which materials are lit per pixel on the processor.

Lid margins are above it, because their triangles are only a pixel large.
"""
ALL_SHINY = 2.0
"""The same limit on a graphics card: every roughness is below it."""


class PreparedDrawing:
    """What a renderer needs of a head before OpenGL; it takes two tenths of a second, on any thread."""

    def __init__(self, head: Head) -> None:
        self.head = head
        self.prepared = prepare(head)
        self.hull = hull_of(self.prepared.rest_vertices)
        self.shapes = DeformShapes(head)

    def close(self) -> None:
        """Nothing is open."""


class HeadRenderer:
    """One head on the GPU and the passes that draw it; call `release()` before the context is deleted.

    A graphics card draws 4 samples per pixel. On the processor these take 7 ms per picture. There the picture
    has one sample per pixel, its edges are smoothed afterwards, and skin is lit per vertex. `samples`
    overrides the number of samples. `look` is one of `render.looks.names.LOOK_NAMES`.
    """

    def __init__(
        self,
        head: Head,
        lighting: Lighting | None = None,
        samples: int | None = None,
        look: str = DEFAULT_LOOK,
    ) -> None:
        for _ in self._build(PreparedDrawing(head), lighting, samples, look):
            pass

    @classmethod
    def in_steps(
        cls, prepared: PreparedDrawing, lighting: Lighting, look: str
    ) -> Generator[None, None, HeadRenderer]:
        """Make the renderer of a prepared head in steps, between which another head may be drawn.

        On the processor a step takes some hundredths of a second, and all together a third of one.
        """
        made = cls.__new__(cls)
        yield from made._build(prepared, lighting, None, look)
        return made

    def _build(
        self, prepared: PreparedDrawing, lighting: Lighting | None, samples: int | None, look: str
    ) -> Iterator[None]:
        software = is_software()
        self._samples = samples if samples is not None else 1 if software else 4
        self.head = prepared.head
        self._prepared, self._hull = prepared.prepared, prepared.hull
        self.deform = DeformPass(self._prepared, prepared.shapes)
        yield
        self._mesh = HeadMesh(self.head, self.deform.grid_items, SHINY_BELOW if software else ALL_SHINY)
        self._background = BackgroundPass(keep=self._samples == 1)
        self._edges = EdgePass()
        self._targets: dict[tuple[int, int], Target] = {}
        yield
        self.deform.draw(ajar_params(self.head))
        self._sky = yield from SkyVisibility.in_steps(self.deform, self._mesh)
        self._lighting = lighting or Lighting()
        self._look = self._make_look(look)

    def set_identity(self, identity: npt.ArrayLike | None) -> None:
        """Give the head the face of identity coefficients (up to I); None for the template's.

        It takes 4 ms on a processor. Sky visibility stays as measured on the template: measuring it again
        takes 260 ms, and at 1.5 standard deviations it changes 99 % of the pixels by at most 6 of 255 levels.
        """
        self._prepared = prepare(self.head, identity)
        self.deform.set_rest(self._prepared)
        self._hull = hull_of(self._prepared.rest_vertices)

    def set_colors(self, head: Head) -> None:
        """Draw the head in other colours: `head` is the same head with other vertex colours and picture."""
        framebuffer = GL.glGetIntegerv(GL.GL_DRAW_FRAMEBUFFER_BINDING)
        self.head = replace(self.head, vertex_colors=head.vertex_colors, texture=head.texture)
        self._mesh.set_colors(self.head)
        self._look.set_colors()
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)

    def set_lighting(self, lighting: Lighting) -> None:
        """Use other lights from the next picture on."""
        self._lighting = lighting
        self._look.set_lighting(lighting)

    def set_look(self, name: str) -> None:
        """Draw in another look from the next picture on; the one before stays where InputError is raised."""
        look = self._make_look(name)
        self._look.release()
        self._look = look

    def _make_look(self, name: str) -> Look:
        """Return a look; the bound framebuffer stays bound."""
        framebuffer = GL.glGetIntegerv(GL.GL_DRAW_FRAMEBUFFER_BINDING)
        look = make_look(name, HeadParts(self.head, self.deform, self._mesh, self._sky, self._lighting))
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
        return look

    def draw(
        self,
        params: HeadParams,
        camera: OrbitCamera,
        size: tuple[int, int],
        background: AnyBackground = STUDIO,
    ) -> None:
        """Draw into the bound framebuffer of (width, height) pixels; it stays bound.

        Colours are multiplied by alpha.
        """
        framebuffer = GL.glGetIntegerv(GL.GL_DRAW_FRAMEBUFFER_BINDING)
        joints = self.deform.draw(params)
        inside = self._sky.hollow or self._seen_from_below(joints, camera)
        region = camera.region(posed_hull(self._hull, joints), size)
        view = View(params, joints, camera, size, region, inside)
        self._look.prepare(view)
        target = self._sized_target(size)
        target.bind()
        self._background.draw(background, size)
        target.clear_depth()
        self._look.draw(view)
        picture = target.resolve()
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
        target.copy()
        if self._samples == 1 or self._look.hard_lines:
            self._edges.draw(picture, size, region, framebuffer)
        GL.glBindFramebuffer(GL.GL_FRAMEBUFFER, framebuffer)
        GL.glViewport(0, 0, *size)
        self._look.draw_over(view)

    def home_camera(self, framing: Framing = DEFAULT) -> OrbitCamera:
        """Return the camera that shows the head from the front."""
        return framing.camera(self.head)

    def release(self) -> None:
        """Delete everything on the GPU."""
        for target in self._targets.values():
            target.release()
        for part in (self._look, self.deform, self._mesh, self._background, self._edges, self._sky):
            part.release()

    def _sized_target(self, size: tuple[int, int]) -> Target:
        """Return a target of this size; the last two sizes are kept, for a window and its recording."""
        if size not in self._targets:
            if len(self._targets) == 2:
                self._targets.pop(next(iter(self._targets))).release()
            self._targets[size] = Target(size, self._samples)
        return self._targets[size]

    def _seen_from_below(self, joints: Float64Array, camera: OrbitCamera) -> bool:
        """Return whether the camera is below the open end of the neck."""
        root = joints[0]
        eye = root[:3, :3].T @ (camera.position - root[:3, 3])
        return not self._mesh.closed and bool(eye[1] < self._hull[:, 1].min())
