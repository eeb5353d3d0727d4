"""The look toon: a drawing in flat colours of two tones, with ink lines."""

from __future__ import annotations

import numpy as np

from render.gl.program import Program
from render.looks.contract import HeadParts, View
from render.looks.ink import Ink
from render.looks.lit import LitLook
from render.looks.surface_map import SurfaceMap
from render.passes.deform_shapes import GRID_WIDTH
from render.passes.translucent_pass import TranslucentPass
from render.scene.lighting import Lighting


class ToonLook(LitLook):
    """Draws each part of a head in its own colour, lit or in shadow, and lines around forms."""

    hard_lines = True

    def __init__(self, parts: HeadParts) -> None:
        super().__init__(parts)
        defines = {"GRID_WIDTH": GRID_WIDTH, "TEXTURED": int(parts.mesh.texture is not None)}
        self._program = Program("toon/toon.vert", "toon/toon.frag", defines)
        self._lashes = TranslucentPass(parts.mesh)
        self._map = SurfaceMap()
        self._ink = Ink()
        self.set_lighting(parts.lighting)

    def prepare(self, view: View) -> None:
        """Light the vertices, and draw the map that ink lines are found in."""
        super().prepare(view)
        self._map.draw(self, view)

    def draw(self, view: View) -> None:
        """Draw the flat colours, the lashes and the lines."""
        self._program.use()
        if self.bind_texture(self._program, view):
            self._program.set(skin_color=np.median(self.parts.mesh.surface.tint, axis=0))
        self._program.bind_textures(
            positions=self.parts.deform.positions,
            normals=self.parts.deform.normals,
            lit=self.light.lit,
            light_shares=self.light.light_shares,
        )
        self.draw_surface(self._program, view)
        if self.parts.mesh.has_translucent:
            self._lashes.draw(self.parts.deform, view.clip_from_world, view.camera)
        self._ink.draw(self._map.texture, view)

    def set_lighting(self, lighting: Lighting) -> None:
        """Use other lights from the next picture on."""
        super().set_lighting(lighting)
        self._program.use()
        self._program.set(key_direction=lighting.uniforms()["light_directions"][0])

    def release(self) -> None:
        """Delete the passes."""
        super().release()
        for part in (self._program, self._lashes, self._map, self._ink):
            part.release()
