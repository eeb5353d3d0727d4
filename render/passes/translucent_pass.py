"""Draw the translucent triangles of a head, such as lashes, over what is behind them."""

from __future__ import annotations

from OpenGL import GL

from flame_model.arrays import Float64Array
from render.camera import OrbitCamera
from render.gl.program import Program
from render.mesh.head_mesh import HeadMesh
from render.passes.deform_pass import DeformPass
from render.passes.deform_shapes import GRID_WIDTH


class TranslucentPass:
    """Multiplies the picture behind the translucent triangles of a mesh by their colour."""

    def __init__(self, mesh: HeadMesh) -> None:
        self._mesh = mesh
        defines = {"GRID_WIDTH": GRID_WIDTH, "TEXTURED": int(mesh.texture is not None)}
        self._program = Program("head/translucent.vert", "head/translucent.frag", defines)

    def draw(self, deform: DeformPass, clip_from_world: Float64Array, camera: OrbitCamera) -> None:
        """Draw into the bound framebuffer, whose depth is that of the other triangles."""
        skin = {"skin_texture": self._mesh.texture.name} if self._mesh.texture else {}
        self._program.use()
        self._program.bind_textures(positions=deform.positions, **skin)
        self._program.set(clip_from_world=clip_from_world, viewer=camera.position)
        _multiply_what_is_behind()
        self._mesh.draw_translucent()
        GL.glDisable(GL.GL_BLEND)
        GL.glDepthMask(True)

    def release(self) -> None:
        """Delete the program."""
        self._program.release()


def _multiply_what_is_behind() -> None:
    """Let the next draws multiply the colours of what they hide, seen from either side."""
    GL.glEnable(GL.GL_BLEND)
    GL.glBlendFunc(GL.GL_DST_COLOR, GL.GL_ZERO)
    GL.glDisable(GL.GL_CULL_FACE)
    GL.glDepthMask(False)
