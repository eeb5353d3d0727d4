"""One head on a stage: its passes in order, into whatever framebuffer is bound."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from OpenGL import GL

from flame_model.deform import joint_transforms, prepare
from flame_model.head import JOINT_NAMES, Head
from flame_model.params import HeadParams, rest_params
from render.backdrop_pass import BackdropPass
from render.camera import OrbitCamera
from render.deform_pass import DeformPass
from render.head_pass import HeadPass
from render.light_pass import LightPass
from render.look import STUDIO, Background, Look
from render.mesh import HeadMesh
from render.sky_pass import measure_sky_access
from render.target import Picture, Target, straight_alpha

AJAR_JAW = 0.2
"""Radians the jaw hangs open while the access to light is measured, so that teeth are not black for ever."""


class Stage:
    """Own one head's passes; needs a current context, and `release()` before it goes."""

    def __init__(self, head: Head, look: Look | None = None) -> None:
        self.head = head
        self.deform = DeformPass(prepare(head))
        self._mesh = HeadMesh(head)
        self._light = LightPass(self._mesh, look or Look())
        self._head = HeadPass(look or Look())
        self._backdrop = BackdropPass()
        self.set_identity(None)

    def set_identity(self, identity: npt.ArrayLike | None) -> None:
        """Give the head the face of the first identity coefficients (up to I), None for the template's."""
        self._prepared = prepare(self.head, identity)
        self.deform.set_rest(self._prepared)
        self.deform.draw(replace(rest_params(self.head.expression_count), jaw=np.array([AJAR_JAW, 0.0, 0.0])))
        if hasattr(self, "_sky_access"):
            GL.glDeleteTextures(1, [self._sky_access])
        self._sky_access = measure_sky_access(self.deform, self._mesh)

    def set_look(self, look: Look) -> None:
        """Take other lights from the next picture on."""
        self._light.set_look(look)
        self._head.set_look(look)

    def draw(
        self, params: HeadParams, camera: OrbitCamera, size: tuple[int, int], background: Background = STUDIO
    ) -> None:
        """Draw into the bound framebuffer of (width, height) pixels, which has a depth buffer."""
        framebuffer = GL.glGetIntegerv(GL.GL_DRAW_FRAMEBUFFER_BINDING)
        skull = joint_transforms(self._prepared, params)[JOINT_NAMES.index("neck"), :3, :3]
        self.deform.draw(params)
        self._light.draw(self.deform, self._sky_access, skull)
        GL.glBindFramebuffer(GL.GL_DRAW_FRAMEBUFFER, framebuffer)
        GL.glViewport(0, 0, *size)
        GL.glDepthMask(True)
        GL.glClear(GL.GL_DEPTH_BUFFER_BIT)
        self._backdrop.draw(background, size)
        self._head.draw(self._mesh, self.deform, self._light, camera, size)

    def home_camera(self) -> OrbitCamera:
        """Return the camera that shows the whole head from the front."""
        return OrbitCamera.framing(self._prepared.rest_vertices)

    def release(self) -> None:
        """Delete everything the stage has put on the GPU."""
        GL.glDeleteTextures(1, [self._sky_access])
        for part in (self.deform, self._mesh, self._light, self._head, self._backdrop):
            part.release()


class OffscreenStage:
    """Draw a head into pictures of one size; needs a current context."""

    def __init__(
        self,
        head: Head,
        size: tuple[int, int],
        look: Look | None = None,
        background: Background = STUDIO,
        samples: int = 4,
    ) -> None:
        self.stage = Stage(head, look)
        self.camera = self.stage.home_camera()
        self.background = background
        self._target = Target(size, samples)

    def render(self, params: HeadParams) -> Picture:
        """Return the picture (H, W, 4), top row first, straight alpha."""
        self._target.bind()
        self.stage.draw(params, self.camera, self._target.size, self.background)
        picture = self._target.read_rgba()
        return straight_alpha(picture) if self.background.alpha < 1.0 else picture

    def release(self) -> None:
        """Delete everything on the GPU."""
        self._target.release()
        self.stage.release()
