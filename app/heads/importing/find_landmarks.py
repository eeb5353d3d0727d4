"""Find the tracker's landmarks on a head: render it, track the pictures, cast the landmarks back onto it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from app.heads.importing.landmark_consensus import agreed_points, consistent_face
from app.heads.importing.ray_casting import Hits, cast_pixels
from flame_model.arrays import Float32Array
from flame_model.errors import InputError
from flame_model.face import topology as t
from flame_model.face.landmarks import eye_faces, rest_landmarks, seat_landmarks
from flame_model.face.true_landmarks import true_landmarks
from flame_model.find_heads import BUILTIN, load_head
from flame_model.head import Head, LandmarkPlaces
from flame_model.paint.paint_from_landmarks import guess_landmarks, has_colors, paint_head
from flame_model.params import rest_params
from mappings.tracking.tracker import FaceTracker, observe_repeatedly
from render.camera import OrbitCamera
from render.offscreen_renderer import OffscreenRenderer

Views = tuple[tuple[int, int], ...]
"""Degrees by which the camera orbits a head to its left and up."""

FIRST_VIEWS: Views = ((0, 0), (20, 0), (-20, 0), (0, 15), (0, -15))
"""Views of a head that was painted by a guess; they suffice to paint it again."""
VIEWS: Views = (*FIRST_VIEWS, (10, 0), (-10, 0), (40, 0), (-40, 0), (20, 15), (-20, 15))
"""Views of a head with colours."""
FEWEST_VIEWS = 3
"""Views in which the tracker has to find a face."""
SIZE = (720, 720)
SHOWN_TIMES = 3
"""Times that the tracker is shown each picture; a fourth time moves the landmarks by 0.1 pixels."""


def find_landmarks(head: Head, tracker: FaceTracker) -> LandmarkPlaces:
    """Return the places of the 478 landmarks on the head at rest.

    A head without colours is painted by a guess, its landmarks are found, and it is painted again by those.
    Makes an OpenGL context of its own. Raises GraphicsError, and InputError where the tracker finds no face.
    """
    if has_colors(head):
        return _found_places(head, tracker, VIEWS)
    first = _found_places(paint_head(head, guess_landmarks(head)), tracker, FIRST_VIEWS)
    return _found_places(paint_head(head, first), tracker, VIEWS)


def builtin_landmarks(tracker: FaceTracker, published: npt.NDArray[np.integer]) -> LandmarkPlaces:
    """Return the places of the built-in head's landmarks that match those of a head from `find_landmarks`.

    They are the tracker's, except for the landmarks in `published` (indices), which are the true ones. The
    tracker misplaces landmarks alike on every head (upper lids 0.9 mm too high). A mapping fitted between two
    heads whose landmarks were both found is free of this error: the round trip of a head in FLAME's format
    over talking_wide gains 0.016. Landmarks whose places on the other head were published have no such error.

    Makes an OpenGL context of its own. Raises GraphicsError.
    """
    builtin = load_head(BUILTIN)
    found, true = find_landmarks(builtin, tracker), true_landmarks(builtin)
    triangles, weights = found.triangles.copy(), found.weights.copy()
    triangles[published], weights[published] = true.triangles[published], true.weights[published]
    return LandmarkPlaces(triangles, weights)


def _found_places(head: Head, tracker: FaceTracker, views: Views) -> LandmarkPlaces:
    """Return the places on which the views agree."""
    hits = [_landmark_hits(head, camera, pixels) for camera, pixels in _tracked(head, tracker, views)]
    if len(hits) < FEWEST_VIEWS:
        raise InputError(
            f"The tracker finds a face in {len(hits)} of {len(views)} pictures of the head {head.name!r}, "
            f"{FEWEST_VIEWS} are needed; give a head that is upright, in metres, and looks along +z."
        )
    points = agreed_points(np.stack([hit.points for hit in hits]), np.stack([hit.facing for hit in hits]))
    points[: t.FACE_POINT_COUNT] = consistent_face(points[: t.FACE_POINT_COUNT])
    # No view may show an iris behind lids.
    guessed = rest_landmarks(head, guess_landmarks(head))
    return seat_landmarks(head, np.where(np.isnan(points), guessed, points))


def _tracked(head: Head, tracker: FaceTracker, views: Views) -> Iterator[tuple[OrbitCamera, Float32Array]]:
    """Yield the camera and the landmarks (478, 2) in pixels of every view in which a face is found."""
    rest = rest_params(head.expression_count)
    with OffscreenRenderer(head, SIZE) as renderer:
        home = renderer.camera
        for yaw, pitch in np.radians(views):
            renderer.camera = home.orbit(float(yaw), float(pitch))
            picture = renderer.draw(rest)[..., :3]
            tracker.reset()
            seen = observe_repeatedly(tracker, picture, times=SHOWN_TIMES)
            if seen is not None:
                yield renderer.camera, seen.landmarks[:, :2]


def _landmark_hits(head: Head, camera: OrbitCamera, pixels: Float32Array) -> Hits:
    """Return where the rays of the landmarks (478, 2) hit the head.

    Skin landmarks hit whatever is in front, such as an eyeball right behind the edge of a lid. Irises hit
    their eyeballs through the lids.
    """
    hits = cast_pixels(pixels, camera, SIZE, head.template, head.faces)
    for side, first in (("left", t.LEFT_IRIS), ("right", t.RIGHT_IRIS)):
        ball, iris = eye_faces(head, side), slice(first, first + 5)
        if len(ball):
            on_ball = cast_pixels(pixels[iris], camera, SIZE, head.template, head.faces[ball])
            hits.points[iris], hits.facing[iris] = on_ball.points, on_ball.facing
    return hits
