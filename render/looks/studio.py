"""The look studio: lit skin, eyes with corneas, wrinkles and lashes."""

from __future__ import annotations

from flame_model.face.wrinkling import wrinkling, wrinkling_matrix
from render.looks.contract import HeadParts, View
from render.looks.lit import LitLook
from render.passes.head_pass import HeadPass, PosedHead
from render.scene.lighting import Lighting


class StudioLook(LitLook):
    """Draws a head as a photograph in a studio would show it."""

    def __init__(self, parts: HeadParts) -> None:
        super().__init__(parts)
        self._head = HeadPass(parts.mesh, parts.lighting)
        self._wrinkling = wrinkling_matrix(parts.head)

    def draw(self, view: View) -> None:
        """Draw the lit head."""
        depths = wrinkling(self._wrinkling, view.params.expression)
        posed = PosedHead(self.parts.deform, self.light, view.joints, depths)
        self._head.draw(posed, view.camera, view.size, inside=view.inside)

    def set_lighting(self, lighting: Lighting) -> None:
        """Use other lights from the next picture on."""
        super().set_lighting(lighting)
        self._head.set_lighting(lighting)

    def release(self) -> None:
        """Delete the passes."""
        super().release()
        self._head.release()
