"""What looks have in common whose heads are lit by the lights of the scene."""

from __future__ import annotations

from render.gl.program import Program
from render.looks.contract import HeadParts, Look, View
from render.mesh.surface import Surface
from render.passes.light_pass import LightPass
from render.scene.lighting import Lighting


class LitLook(Look):
    """A look with the light on each vertex of its head, in `light`."""

    def __init__(self, parts: HeadParts) -> None:
        super().__init__(parts)
        self.light = LightPass(self.surface(), parts.lighting, parts.deform.rest)

    def surface(self) -> Surface:
        """Return the surface that is lit: the head's own, unless a look overrides it."""
        return self.parts.mesh.surface

    def prepare(self, view: View) -> None:
        """Light the vertices."""
        self.light.draw(self.parts.deform, self.parts.sky.texture, view.joints, view.camera.position)

    def set_colors(self) -> None:
        """Light the surface in its new colours."""
        self.light.set_colors(self.surface(), self.parts.deform.rest)

    def set_lighting(self, lighting: Lighting) -> None:
        """Use other lights from the next picture on."""
        self.light.set_lighting(lighting)

    def release(self) -> None:
        """Delete the light."""
        self.light.release()

    def bind_texture(self, program: Program, view: View) -> bool:
        """Bind the head's texture to the current program, one level of it; False where it has none."""
        texture = self.parts.mesh.texture
        if texture is None:
            return False
        texture.sample_one_level(view.camera.pixels_per_metre(view.size))
        program.bind_textures(skin_texture=texture.name)
        return True
