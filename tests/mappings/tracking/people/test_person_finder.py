"""The person in a still is turned upright, found in a part of it, chosen among several, and human."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import cv2
import numpy as np
import pytest

from flame_model.arrays import Picture
from mappings.frames import Frame
from mappings.tracking.people.face_finder import FaceFinder
from mappings.tracking.people.person_finder import PersonFinder, Seen
from mappings.tracking.views.zoom import Zoom

LIES = {1: "on its side", 2: "upside down", 3: "on its side"}


class Finder:
    """A finder of the person in stills that keeps its notices."""

    def __init__(self, bundle: Path) -> None:
        self._bundle = bundle
        self.said: list[str] = []

    def at(self, image: Picture, zoom: Zoom | None = None) -> Seen:
        self.said = []
        with closing(PersonFinder(self._bundle, still=True, zoom=zoom, say=self.said.append)) as finder:
            return finder.observe(Frame(0, 0.0, np.ascontiguousarray(image)))


@pytest.fixture(scope="module")
def finder(bundle: Path) -> Finder:
    return Finder(bundle)


@pytest.fixture(scope="module")
def upright(bundle: Path) -> Iterator[Callable[[Picture], np.ndarray]]:
    """Return a function that returns the landmarks of the largest face in a picture that is not turned."""
    with closing(FaceFinder(bundle)) as finder:
        yield lambda image: finder.find(Frame(0, 0.0, image))[0].landmarks


@pytest.mark.parametrize("name", ["obama", "mona_lisa", "roman_lady"])
@pytest.mark.parametrize("turns", LIES)
def test_a_photo_that_lies_is_turned(
    finder: Finder,
    photo: Callable[[str], Picture],
    upright: Callable[[Picture], np.ndarray],
    name: str,
    turns: int,
) -> None:
    image = photo(name)
    seen = finder.at(np.rot90(image, -turns))
    assert finder.said == [f"the picture lies {LIES[turns]}: it is turned upright"]
    np.testing.assert_array_equal(seen.picture, image)
    assert seen.observation is not None
    np.testing.assert_allclose(seen.observation.landmarks, upright(image), atol=0.01)


@pytest.mark.parametrize("name", ["einstein", "portrait_black_dress", "girl_painting"])
def test_an_upright_one_is_left_alone(finder: Finder, photo: Callable[[str], Picture], name: str) -> None:
    image = photo(name)
    seen = finder.at(image)
    assert finder.said == []
    assert seen.picture is image or np.array_equal(seen.picture, image)
    assert seen.observation is not None


def placed(image: Picture, width: int, place: tuple[int, int], size: tuple[int, int]) -> Picture:
    """Return a picture of `size` (W, H) that shows an image of some width at a place."""
    canvas = np.full((size[1], size[0], 3), 96, np.uint8)
    height = round(width * image.shape[0] / image.shape[1])
    small = cv2.resize(image, (width, height), interpolation=cv2.INTER_AREA)
    canvas[place[1] : place[1] + height, place[0] : place[0] + width] = small
    return canvas


@pytest.mark.parametrize("width", [260, 130], ids=["8 %", "4 %"])
@pytest.mark.parametrize("turns", [0, 1])
def test_a_small_face_is_found_in_a_part_and_placed_in_the_whole_picture(
    finder: Finder,
    photo: Callable[[str], Picture],
    upright: Callable[[Picture], np.ndarray],
    width: int,
    turns: int,
) -> None:
    image = photo("einstein")
    seen = finder.at(np.rot90(placed(image, width, (700, 310), (1200, 800)), -turns))
    assert seen.observation is not None
    assert seen.observation.image_size == (1200, 800)
    expected = upright(image)[:, :2] * width / image.shape[1] + [700, 310]
    face = np.ptp(expected[:, 0])
    assert np.linalg.norm(seen.observation.landmarks[:, :2] - expected, axis=1).mean() < 0.05 * face
    assert -seen.observation.T_camera_face[2, 3] == pytest.approx(0.14 * 800 / (1.226 * face), rel=0.25)
    (share,) = (float(text.split()[4]) for text in finder.said if text.startswith("the face is small: "))
    assert share == pytest.approx(100 * face / 1200, rel=0.15)


def test_of_two_people_the_larger_is_used_with_a_notice(
    finder: Finder, photo: Callable[[str], Picture]
) -> None:
    image = photo("two_people")
    said = "2 faces are in the picture; the largest is used"
    seen = finder.at(image)
    assert seen.observation is not None
    assert seen.observation.landmarks[:, 0].mean() > image.shape[1] / 2
    assert finder.said == [said]
    small = finder.at(placed(image, 500, (300, 200), (1600, 900)))
    assert small.observation is not None
    assert small.observation.landmarks[:, 0].mean() > 300 + 250
    assert said in finder.said


@pytest.mark.parametrize("name", ["no_face_dog", "no_face_cat"])
def test_an_animal_is_nobody(finder: Finder, photo: Callable[[str], Picture], name: str) -> None:
    image = photo(name)
    seen = finder.at(image)
    assert seen.observation is None
    np.testing.assert_array_equal(seen.picture, image)
    assert finder.said == []


def test_a_zoom_looks_at_what_was_asked_for(finder: Finder, photo: Callable[[str], Picture]) -> None:
    image = photo("two_people")
    share = image.shape[1]
    for x in (0.3, 0.8):
        seen = finder.at(image, Zoom(3.0, (x, 0.3)))
        assert seen.observation is not None
        assert seen.observation.landmarks[:, 0].mean() / share == pytest.approx(x, abs=0.12)
        assert finder.said == []
