"""The contract of every look: what it draws from, and when it is asked to draw."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass

from OpenGL import GL

from flame_model.arrays import Float64Array
from flame_model.head import Head
from flame_model.params import HeadParams
from render.camera import OrbitCamera
from render.gl.drawing import nearest_front_faces
from render.gl.program import Program
from render.mesh.head_mesh import HeadMesh
from render.passes.deform_pass import DeformPass
from render.passes.sky_visibility_pass import SkyVisibility
from render.scene.lighting import Lighting


@dataclass(frozen=True, slots=True)
class HeadParts:
    """What all looks of a head draw from."""

    head: Head
    deform: DeformPass
    mesh: HeadMesh
    sky: SkyVisibility
    lighting: Lighting


@dataclass(frozen=True, slots=True)
class View:
    """One picture: the pose that `HeadParts.deform` computed last, and where it is seen from."""

    params: HeadParams
    joints: Float64Array
    """(5, 4, 4) transforms of the joints."""
    camera: OrbitCamera
    size: tuple[int, int]
    """(W, H) of the picture, pixels."""
    region: tuple[int, int, int, int]
    """Left, bottom, width and height in pixels of the part of the picture that the head can reach."""
    inside: bool
    """Whether an open mesh shows its inside, so that back faces are drawn as well."""

    @property
    def clip_from_world(self) -> Float64Array:
        """The transform (4, 4) from the world to clip space."""
        return self.camera.projection(self.size) @ self.camera.view()

    @property
    def camera_from_world(self) -> Float64Array:
        """The rotation (3, 3) from the world to the camera's axes: x right, y up, z towards the viewer."""
        return self.camera.view()[:3, :3]


class Look(ABC):
    """One way to draw a head; `draw` and `release` are each look's own, and the other hooks may stay empty.

    For each picture `prepare` is called, then `draw`, then `draw_over`.
    """

    hard_lines = False
    """Whether `draw` draws lines whose stair steps multisampling does not smooth."""

    def __init__(self, parts: HeadParts) -> None:
        self.parts = parts

    def prepare(self, view: View) -> None:  # noqa: B027
        """Fill textures of the look's own; may change framebuffer and viewport."""

    @abstractmethod
    def draw(self, view: View) -> None:
        """Draw into the bound framebuffer, which holds the background and whose depth is cleared."""

    def draw_over(self, view: View) -> None:  # noqa: B027
        """Draw over the picture after its edges were smoothed, without depth; for text and thin marks."""

    def set_colors(self) -> None:  # noqa: B027
        """Take the colours of `parts.mesh` anew."""

    def set_lighting(self, lighting: Lighting) -> None:  # noqa: B027
        """Use other lights from the next picture on."""

    @abstractmethod
    def release(self) -> None:
        """Delete everything on the GPU."""

    def bind_surface(self, program: Program, view: View) -> None:
        """Give the current program what `shared/surface.vert` and those like it need."""
        program.bind_textures(positions=self.parts.deform.positions, normals=self.parts.deform.normals)
        program.set(camera_from_world=view.camera_from_world)

    def draw_surface(self, program: Program, view: View) -> None:
        """Draw all triangles but the translucent ones with the current program, and the inside if visible."""
        program.set(clip_from_world=view.clip_from_world)
        nearest_front_faces()
        self.parts.mesh.draw()
        if view.inside:
            GL.glCullFace(GL.GL_FRONT)
            self.parts.mesh.draw()
            GL.glCullFace(GL.GL_BACK)
