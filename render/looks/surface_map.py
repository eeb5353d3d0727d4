"""A map of the surface that the camera sees: its normal and depth at each pixel."""

from __future__ import annotations

from OpenGL import GL

from render.gl.program import Program
from render.gl.target import Target
from render.looks.contract import Look, View
from render.passes.deform_pass import GRID_WIDTH


class SurfaceMap:
    """The map of a look's head; `texture` is valid after `draw`.

    A texel is the unit normal in the camera's axes and the depth in metres beyond the camera's target, or has
    normal 0 where there is no head. Sixteen bits suffice: depths within 0.25 m are exact to 0.1 mm.
    """

    def __init__(self) -> None:
        self._program = Program(
            "shared/surface.vert", "surface_map/surface_map.frag", {"GRID_WIDTH": GRID_WIDTH}
        )
        self._target: Target | None = None

    @property
    def texture(self) -> int:
        """The texture of the map, 0 before the first draw."""
        return self._target.texture if self._target else 0

    def draw(self, look: Look, view: View) -> None:
        """Draw the map of a look's head; changes framebuffer and viewport."""
        if self._target is None or self._target.size != view.size:
            self._release_target()
            self._target = Target(view.size, layout=GL.GL_RGBA16F)
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
