"""A map of the surface that the camera sees: its normal and depth at each pixel."""

from __future__ import annotations

from OpenGL import GL

from render.gl.program import Program
from render.gl.target import Target
from render.looks.contract import Look, View
from render.passes.deform_shapes import GRID_WIDTH

DEPTH_RANGE = 0.40
"""Metres of depth that the map tells apart, half of them before the camera's target."""


class SurfaceMap:
    """The map of a look's head; `texture` is valid after `draw`.

    A texel is (n + 1) / 2 with the unit normal n in the camera's axes, and the depth as a share of
    DEPTH_RANGE metres around the camera's target, or 0 where there is no head. Eight bits give steps of
    1.6 mm; with sixteen, the look toon takes a third more time on the processor.
    """

    def __init__(self) -> None:
        defines = {"GRID_WIDTH": GRID_WIDTH, "DEPTH_RANGE": DEPTH_RANGE}
        self._program = Program("shared/surface.vert", "surface_map/surface_map.frag", defines)
        self._target: Target | None = None

    @property
    def texture(self) -> int:
        """The texture of the map, 0 before the first draw."""
        return self._target.texture if self._target else 0

    def draw(self, look: Look, view: View) -> None:
        """Draw the map of a look's head; changes framebuffer and viewport."""
        if self._target is None or self._target.size != view.size:
            self._release_target()
            self._target = Target(view.size)
        self._target.bind()
        GL.glClearColor(0.0, 0.0, 0.0, 0.0)
        GL.glClear(GL.GL_COLOR_BUFFER_BIT)
        self._target.clear_depth()
        self._program.use()
        self._program.set(reference=view.camera.distance)
        look.bind_surface(self._program, view)
        look.draw_surface(self._program, view)

    def _release_target(self) -> None:
        if self._target is not None:
            self._target.release()

    def release(self) -> None:
        """Delete the program and the map."""
        self._release_target()
        self._program.release()
