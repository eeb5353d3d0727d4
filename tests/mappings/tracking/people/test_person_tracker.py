"""One person is tracked through clips of several people, also where no face is seen at first."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np
import pytest

from flame_model.arrays import Picture
from mappings.frames import FaceObservation, Frame
from mappings.tracking.people.person_tracker import PersonTracker
from mappings.tracking.tracker import FaceTracker
from mappings.tracking.views.zoom import Zoom

Clip = Callable[[str, int], list[Picture]]
HIDDEN_FROM = 12


class Tracked:
    """The observations in a clip, and the notices about it."""

    def __init__(self, bundle: Path, images: Iterable[Picture], fps: float = 30.0, zoom: Zoom | None = None):
        self.said: list[str] = []
        with closing(PersonTracker(bundle, zoom=zoom, say=self.said.append)) as tracker:
            seen = [tracker.observe(Frame(i, i / fps, image)) for i, image in enumerate(images)]
        self.pictures = [each.picture for each in seen]
        self.observations: list[FaceObservation | None] = [each.observation for each in seen]

    @property
    def x(self) -> list[float]:
        """The x of the face in each frame, NaN where there is none."""
        return [np.nan if o is None else float(o.landmarks[:, 0].mean()) for o in self.observations]


def side_by_side(clip: Clip, count: int, far: str = "expressive") -> list[Picture]:
    """Return pictures, 640 pixels wide, of a near person on the left and a smaller one on the right."""
    near = [cv2.resize(image, (320, 320)) for image in clip("mouth_shapes", count)]
    small = [cv2.resize(image, (200, 200)) for image in clip(far, count)]
    together = [np.full((320, 640, 3), 120, np.uint8) for _ in range(count)]
    for picture, left, right in zip(together, near, small, strict=True):
        picture[:, :320] = left
        picture[60:260, 380:580] = right
    return together


def hidden(images: list[Picture], count: int, columns: slice = slice(0, 320)) -> list[Picture]:
    """Return the pictures with a part of `count` frames covered, from HIDDEN_FROM on."""
    covered = [image.copy() for image in images]
    for image in covered[HIDDEN_FROM : HIDDEN_FROM + count]:
        image[:, columns] = 128
    return covered


@pytest.mark.parametrize(
    ("far", "count"),
    [*(("expressive", count) for count in (1, 2, 4, 11)), *(("mouth_shapes", count) for count in (2, 30))],
)
def test_who_was_hidden_is_followed_again(bundle: Path, clip: Clip, far: str, count: int) -> None:
    images = hidden(side_by_side(clip, HIDDEN_FROM + count + 6, far), count)
    tracked = Tracked(bundle, images)
    back = HIDDEN_FROM + count
    assert np.isnan(tracked.x[HIDDEN_FROM + 1 : back - 1]).all()
    assert max(tracked.x[:HIDDEN_FROM] + tracked.x[back + 1 :]) < 320
    assert tracked.said == ["2 faces are seen; the nearest is followed"]


def test_who_stays_away_for_three_seconds_has_left(bundle: Path, clip: Clip) -> None:
    tracked = Tracked(bundle, hidden(side_by_side(clip, 60), 48), fps=10.0)
    taken = int(np.flatnonzero(np.nan_to_num(tracked.x) > 320)[0])
    assert taken - HIDDEN_FROM == pytest.approx(30, abs=2)
    assert min(tracked.x[taken:]) > 320, "nobody is stolen from who is followed now"


def test_a_cut_to_somebody_else_costs_nothing(bundle: Path, clip: Clip) -> None:
    stripes = np.kron(np.eye(2, dtype=np.uint8) * 200, np.ones((160, 320), np.uint8))
    scene = [np.dstack([stripes] * 3) for _ in range(10)]
    for picture, image in zip(scene, clip("grin", 10), strict=True):
        picture[60:260, 380:580] = cv2.resize(image, (200, 200))
    tracked = Tracked(bundle, [*side_by_side(clip, 10), *scene])
    assert np.isfinite(tracked.x[12:]).all(), "though a bystander was there before"


def test_one_person_is_tracked_to_the_bit_as_without_a_choice(bundle: Path, clip: Clip) -> None:
    images = clip("expressive", 40)
    with FaceTracker(bundle) as tracker:
        alone = [tracker.observe(Frame(i, i / 30, image)) for i, image in enumerate(images)]
    tracked = Tracked(bundle, images)
    for one, other in zip(alone, tracked.observations, strict=True):
        assert one is not None
        assert other is not None
        for name in ("landmarks", "scores", "T_camera_face"):
            np.testing.assert_array_equal(getattr(one, name), getattr(other, name))
    assert tracked.said == []


@pytest.mark.parametrize(("turns", "lies"), [(1, "on its side"), (2, "upside down"), (3, "on its side")])
def test_a_clip_that_lies_is_turned_from_its_first_picture_on(
    bundle: Path, clip: Clip, turns: int, lies: str
) -> None:
    images = clip("talking_wide", 12)
    tracked = Tracked(bundle, [np.ascontiguousarray(np.rot90(image, turns)) for image in images])
    assert tracked.said == [f"the picture lies {lies}: it is turned upright"]
    for picture, image in zip(tracked.pictures, images, strict=True):
        np.testing.assert_array_equal(picture, image)
    assert max(tracked.x) < 400
    assert all(o is not None and abs(o.T_camera_face[1, 0]) < 0.3 for o in tracked.observations)


def test_a_clip_that_lies_and_begins_without_a_face_is_turned_later(bundle: Path, clip: Clip) -> None:
    empty = [np.full((512, 512, 3), 60, np.uint8)] * 5
    images = [np.ascontiguousarray(np.rot90(image)) for image in clip("talking_wide", 25)]
    tracked = Tracked(bundle, [*empty, *images], fps=10.0)
    assert np.isfinite(tracked.x[-3:]).all()
    assert tracked.said == ["the picture lies on its side: it is turned upright"]


def small_faces(clip: Clip, count: int) -> list[Picture]:
    pictures = [np.full((360, 640, 3), 110, np.uint8) for _ in range(count)]
    for picture, image in zip(pictures, clip("expressive", count), strict=True):
        picture[100:180, 420:500] = cv2.resize(image, (80, 80), interpolation=cv2.INTER_AREA)
    return pictures


def test_a_face_too_small_gets_one_notice(bundle: Path, clip: Clip) -> None:
    tracked = Tracked(bundle, small_faces(clip, 60), fps=10.0)
    assert tracked.said == ["the face is too small: come nearer, or use --zoom 4"]
    assert np.isnan(tracked.x).all()


@pytest.mark.parametrize("zoom", [Zoom(4.0), Zoom(3.0, (0.72, 0.4))], ids=["around the face", "at a place"])
def test_a_zoom_tracks_it_in_the_pixels_of_the_whole_picture(bundle: Path, clip: Clip, zoom: Zoom) -> None:
    images = small_faces(clip, 10)
    tracked = Tracked(bundle, images, zoom=zoom)
    assert min(tracked.x) > 440
    assert max(tracked.x) < 480
    for seen, picture, image in zip(tracked.observations, tracked.pictures, images, strict=True):
        assert seen is not None
        assert seen.image_size == (640, 360)
        np.testing.assert_array_equal(picture, image)


def test_a_zoom_follows_a_face_that_has_gone(bundle: Path, clip: Clip) -> None:
    images = small_faces(clip, 30)
    moved = [np.roll(image, -300, axis=1) for image in images]
    tracked = Tracked(bundle, [*images[:5], *moved[5:]], fps=5.0, zoom=Zoom(4.0))
    assert min(tracked.x[:5]) > 440
    assert max(tracked.x[-3:]) < 180


def test_a_dog_in_a_clip_is_nobody(bundle: Path, photo: Callable[[str], Picture]) -> None:
    assert np.isnan(Tracked(bundle, [photo("no_face_dog")] * 5).x).all()


def test_starting_again_follows_the_nearest_again(bundle: Path, clip: Clip) -> None:
    both = side_by_side(clip, 8)
    right = [image.copy() for image in both]
    for image in right:
        image[:, :320] = 120
    with closing(PersonTracker(bundle)) as tracker:
        far = [tracker.observe(Frame(i, i / 30, image)).observation for i, image in enumerate(right)]
        near = [tracker.observe(Frame(i, i / 30, image)).observation for i, image in enumerate(both)]
    assert all(o is not None and o.landmarks[:, 0].mean() > 320 for o in far)
    assert all(o is not None and o.landmarks[:, 0].mean() < 320 for o in near)


def test_a_dog_beside_a_person_is_neither_followed_nor_counted(
    bundle: Path, clip: Clip, photo: Callable[[str], Picture]
) -> None:
    dog = cv2.resize(photo("no_face_dog"), (320, 320))
    images = [np.hstack([dog, cv2.resize(image, (320, 320))]) for image in clip("grin", 6)]
    tracked = Tracked(bundle, images)
    assert min(tracked.x) > 320
    assert tracked.said == []
