"""Find where the tracker's landmarks lie on a head: render it, track it, cast the landmarks back onto it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from app.heads.importing.landmark_consensus import agreed_points, consistent_face
from app.heads.importing.ray_casting import Hits, cast_pixels
from flame_model.errors import InputError
from flame_model.face import topology as t
from flame_model.head import Head, LandmarkPlaces
from flame_model.landmarks import eye_faces, rest_landmarks, seat_landmarks
from flame_model.paint.paint_from_landmarks import guess_landmarks, has_colors, paint_head
from flame_model.params import rest_params
from mappings.tracking.tracker import FaceTracker, observe_repeatedly
from render.camera import OrbitCamera
from render.offscreen_renderer import OffscreenRenderer

Views = tuple[tuple[int, int], ...]

VIEWS = (
    *((0, 0), (20, 0), (-20, 0), (0, 15), (0, -15)),
    *((10, 0), (-10, 0), (40, 0), (-40, 0), (20, 15), (-20, 15)),
)
"""Degrees that the camera goes round the head to its left and up."""
FIRST_VIEWS = VIEWS[:5]
"""Enough to paint a face by."""
FEWEST_VIEWS = 3
SIZE = (720, 720)
SHOWN_TIMES = 3
"""How often the tracker is shown each picture: a fourth time moves the landmarks by 0.1 pixels."""
SHOWN_APART_S = 1.0
"""Seconds between two times, by which the tracker smooths."""


def place_landmarks(head: Head, tracker: FaceTracker) -> LandmarkPlaces:
    """Return where the 478 landmarks lie on the head at rest.

    A head without colours is painted first, from a guess and then from what was found on the painted one.
    Makes an OpenGL context of its own. Raises InputError where the tracker sees no face in it, GraphicsError.
    """
    if has_colors(head):
        return _seen_places(head, tracker, VIEWS)
    first = _seen_places(paint_head(head, guess_landmarks(head)), tracker, FIRST_VIEWS)
    return _seen_places(paint_head(head, first), tracker, VIEWS)


def _seen_places(head: Head, tracker: FaceTracker, views: Views) -> LandmarkPlaces:
    hits = [_landmark_hits(head, camera, pixels) for camera, pixels in _sightings(head, tracker, views)]
    if len(hits) < FEWEST_VIEWS:
        raise InputError(
            f"the tracker sees a face in {len(hits)} of {len(views)} pictures of the head {head.name!r}, "
            f"{FEWEST_VIEWS} are needed; it should be upright, in metres, and look along +z"
        )
    points = agreed_points(np.stack([hit.points for hit in hits]), np.stack([hit.facing for hit in hits]))
    points[: t.FACE_POINT_COUNT] = consistent_face(points[: t.FACE_POINT_COUNT])
    # An iris behind lids may show in no view at all.
    guessed = rest_landmarks(head, guess_landmarks(head))
    return seat_landmarks(head, np.where(np.isnan(points), guessed, points))


def _sightings(
    head: Head, tracker: FaceTracker, views: Views
) -> Iterator[tuple[OrbitCamera, npt.NDArray[np.float32]]]:
    """Yield the camera and the landmarks (478, 2) in pixels of every view in which a face is found."""
    rest = rest_params(head.expression_count)
    with OffscreenRenderer(head, SIZE) as renderer:
        home = renderer.camera
        for yaw, pitch in np.radians(views):
            renderer.camera = home.orbit(float(yaw), float(pitch))
            picture = renderer.draw(rest)[..., :3]
            tracker.reset()
            seen = observe_repeatedly(tracker, picture, times=SHOWN_TIMES, apart_s=SHOWN_APART_S)
            if seen is not None:
                yield renderer.camera, seen.landmarks[:, :2]


def _landmark_hits(head: Head, camera: OrbitCamera, pixels: npt.NDArray[np.float32]) -> Hits:
    """Return what the landmarks (478, 2) show of the head; irises show their eyeballs through the lids.

    Skin landmarks may hit whatever is in front, such as an eyeball right behind a lid's edge.
    """
    hits = cast_pixels(pixels, camera, SIZE, head.template, head.faces)
    for side, first in (("left", t.LEFT_IRIS), ("right", t.RIGHT_IRIS)):
        ball, iris = eye_faces(head, side), slice(first, first + 5)
        if len(ball):
            on_ball = cast_pixels(pixels[iris], camera, SIZE, head.template, head.faces[ball])
            hits.points[iris], hits.facing[iris] = on_ball.points, on_ball.facing
    return hits
