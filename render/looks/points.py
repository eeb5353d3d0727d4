"""The look points: the places of the tracker's 478 landmarks on a dark head."""

from __future__ import annotations

import numpy as np
from OpenGL import GL

from flame_model.errors import InputError
from flame_model.find_heads import BUILTIN
from flame_model.head import Head, LandmarkPlaces
from render.gl.drawing import FullScreen, blend_over, overwrite_pixels
from render.gl.program import Program
from render.gl.textures import as_grid, number_texture
from render.looks.contract import HeadParts, Look, View
from render.looks.surface_map import DEPTH_RANGE, SurfaceMap
from render.passes.deform_shapes import GRID_WIDTH

DIAMETER_M = 0.0024
"""Metres across a point."""
LEAST_DIAMETER = 3.0
"""Pixels."""


class PointsLook(Look):
    """Draws the landmarks that are visible from the camera, those of the irises in another colour."""

    def __init__(self, parts: HeadParts) -> None:
        super().__init__(parts)
        places = known_landmarks(parts.head)
        self._count = len(places.triangles)
        defines = {"GRID_WIDTH": GRID_WIDTH}
        self._surface = Program("shared/surface.vert", "points/surface.frag", defines)
        ranged = {**defines, "DEPTH_RANGE": DEPTH_RANGE}
        self._points = Program("points/points.vert", "points/points.frag", ranged)
        corners = np.zeros((self._count, 4), np.int32)
        corners[:, :3] = parts.deform.grid_items[parts.head.faces[places.triangles]]
        self._corners = number_texture(as_grid(corners, GRID_WIDTH))
        self._weights = number_texture(as_grid(places.weights.astype(np.float32), GRID_WIDTH))
        self._map = SurfaceMap()
        self._screen = FullScreen()

    def prepare(self, view: View) -> None:
        """Draw the map that shows which points are hidden."""
        self._map.draw(self, view)

    def draw(self, view: View) -> None:
        """Draw the dark head."""
        self._surface.use()
        self.bind_surface(self._surface, view)
        self.draw_surface(self._surface, view)

    def draw_over(self, view: View) -> None:
        """Draw the points that the head does not hide."""
        overwrite_pixels()
        blend_over()
        GL.glEnable(GL.GL_PROGRAM_POINT_SIZE)
        self._points.use()
        self._points.bind_textures(
            positions=self.parts.deform.positions,
            corners=self._corners,
            weights=self._weights,
            surface=self._map.texture,
        )
        pixels = DIAMETER_M * view.camera.pixels_per_metre(view.size)
        self._points.set(
            clip_from_world=view.clip_from_world,
            reference=view.camera.distance,
            diameter=max(pixels, LEAST_DIAMETER),
        )
        self._screen.draw_points(self._count)
        GL.glDisable(GL.GL_BLEND)

    def release(self) -> None:
        """Delete the programs and the places."""
        GL.glDeleteTextures(2, [self._corners, self._weights])
        for part in (self._surface, self._points, self._map, self._screen):
            part.release()


def known_landmarks(head: Head) -> LandmarkPlaces:
    """Return the places of the landmarks on a head; raises InputError where they are unknown."""
    if head.landmarks is None and head.name == BUILTIN:
        # Importing SciPy takes a third of a second, which other looks do not need.
        from flame_model.face.true_landmarks import true_landmarks

        return true_landmarks(head)
    if head.landmarks is None:
        raise InputError(
            f"The look 'points' needs the places of the landmarks, which the head {head.name!r} lacks; "
            "add the head with flame-cam heads add FILE, or choose another look."
        )
    return head.landmarks
