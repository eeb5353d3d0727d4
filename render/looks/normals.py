"""The look normals: the direction in which each point of the surface faces, as a colour."""

from __future__ import annotations

from render.gl.program import Program
from render.looks.contract import HeadParts, Look, View
from render.passes.deform_shapes import GRID_WIDTH


class NormalsLook(Look):
    """Draws (n + 1) / 2 as sRGB; the normal n is in the camera's axes: x right, y up, z to the viewer."""

    def __init__(self, parts: HeadParts) -> None:
        super().__init__(parts)
        self._program = Program("shared/surface.vert", "normals/normals.frag", {"GRID_WIDTH": GRID_WIDTH})

    def draw(self, view: View) -> None:
        """Draw the surface."""
        self._program.use()
        self.bind_surface(self._program, view)
        self.draw_surface(self._program, view)

    def release(self) -> None:
        """Delete the program."""
        self._program.release()
