"""An observation in a part of a picture becomes the observation of the whole picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from flame_model.arrays import Picture
from flame_model.rotations import axis_angle_from_matrix
from mappings.frames import Frame
from mappings.tracking.people.face_finder import FaceFinder
from mappings.tracking.views.region import Region
from mappings.tracking.views.view import size_of


@pytest.fixture(scope="module")
def finder(bundle: Path) -> Iterator[FaceFinder]:
    with closing(FaceFinder(bundle)) as made:
        yield made


@pytest.mark.parametrize("name", ["einstein", "obama", "sargent_lady"])
@pytest.mark.parametrize("aside", [(0.0, 0.0), (0.5, -0.3), (-0.4, 0.4)], ids=str)
def test_landmarks_turn_and_place_are_those_of_the_whole_picture(
    finder: FaceFinder, photo: Callable[[str], Picture], name: str, aside: tuple[float, float]
) -> None:
    image = photo(name)
    whole = finder.find(Frame(0, 0.0, image))[0]
    middle = whole.landmarks[:, :2].mean(axis=0)
    width = float(np.ptp(whole.landmarks[:, 0]))
    region = Region.around(middle + np.multiply(aside, width), (3 * width, 3 * width), size_of(image))
    part = finder.find(Frame(0, 0.0, np.ascontiguousarray(region.of(image))))[0]
    converted = region.as_whole(part, size_of(image))
    assert converted.image_size == whole.image_size
    off = np.linalg.norm(converted.landmarks - whole.landmarks, axis=1).mean()
    assert off < 0.025 * width
    turn = whole.T_camera_face[:3, :3] @ converted.T_camera_face[:3, :3].T
    assert np.degrees(np.linalg.norm(axis_angle_from_matrix(turn))) < 4.0
    place, known = converted.T_camera_face[:3, 3], whole.T_camera_face[:3, 3]
    assert place[2] == pytest.approx(known[2], rel=0.08)
    np.testing.assert_allclose(place[:2] / place[2], known[:2] / known[2], atol=0.04)


def test_the_whole_picture_as_its_own_part_changes_nothing(
    finder: FaceFinder, photo: Callable[[str], Picture]
) -> None:
    image = photo("einstein")
    seen = finder.find(Frame(0, 0.0, image))[0]
    converted = Region(0, 0, *size_of(image)).as_whole(seen, size_of(image))
    np.testing.assert_array_equal(converted.landmarks, seen.landmarks)
    np.testing.assert_allclose(converted.T_camera_face, seen.T_camera_face, atol=1e-6)


def test_a_region_stays_inside_the_picture() -> None:
    assert Region.around((5, 5), (100, 100), (640, 480)) == (0, 0, 100, 100)
    assert Region.around((639, 479), (100, 100), (640, 480)) == (540, 380, 100, 100)
    assert Region.around((320, 240), (1000, 100), (640, 480)) == (0, 190, 640, 100)
    assert Region.around((320, 240), (0.1, 0.1), (640, 480)).width == 1
