"""The face is placed where the name of the placing says, at the size that it says."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest

from benchmarks.measuring.placed_pictures import ASIDE, PLACINGS, PLAIN, face_box
from mappings.frames import FaceObservation

HEIGHT, WIDTH = 40, 60
BOX = (20, 10, 40, 30)
"""The white face in the picture."""
Picture = npt.NDArray[np.uint8]


@pytest.fixture
def picture() -> Picture:
    left, top, right, bottom = BOX
    image = np.full((HEIGHT, WIDTH, 3), 40, np.uint8)
    image[top:bottom, left:right] = 255
    return image


def found(image: Picture) -> tuple[int, int, int, int]:
    """Return the box of the white face."""
    rows, columns = np.nonzero(image[..., 0] > 200)
    return int(columns.min()), int(rows.min()), int(columns.max()) + 1, int(rows.max()) + 1


@pytest.mark.parametrize(
    ("name", "size", "box"),
    [
        (PLAIN, (60, 40), BOX),
        ("3 pixels aside", (60, 40), (20 + ASIDE, 10 + ASIDE, 40 + ASIDE, 30 + ASIDE)),
        ("upper left", (120, 80), (20, 10, 40, 30)),
        ("upper right", (120, 80), (80, 10, 100, 30)),
        ("lower left", (120, 80), (20, 50, 40, 70)),
        ("lower right", (120, 80), (80, 50, 100, 70)),
        ("half as large", (60, 40), (25, 15, 35, 25)),
        ("a quarter as large", (60, 40), (27, 18, 32, 22)),
        ("cropped close", (20, 20), (0, 0, 20, 20)),
    ],
)
def test_the_face_is_placed(
    picture: Picture, name: str, size: tuple[int, int], box: tuple[int, int, int, int]
) -> None:
    placed = PLACINGS[name](picture, BOX)
    assert (placed.shape[1], placed.shape[0]) == size
    assert found(placed) == box
    assert placed.flags.c_contiguous


def test_every_placing_is_tested() -> None:
    marks = test_the_face_is_placed.pytestmark[0].args[1]
    assert [mark[0] for mark in marks] == list(PLACINGS)


def test_the_box_holds_the_face_of_every_frame_and_stays_in_the_picture() -> None:
    def observation(low: float, high: float) -> FaceObservation:
        landmarks = np.full((478, 3), low, np.float32)
        landmarks[1] = high
        return FaceObservation(
            0.0, np.zeros(52, np.float32), landmarks, np.eye(4, dtype=np.float32), (100, 80)
        )

    left, top, right, bottom = face_box([observation(20, 40), None, observation(30, 75)], (100, 80))
    assert (left, top) == (13, 13), "0.12 of 55 pixels around 20"
    assert (right, bottom) == (82, 80), "the picture ends at 80"
