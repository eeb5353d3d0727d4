"""The fit distinguishes people from animals, and one person from another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from flame_model.arrays import Picture
from mappings.frames import FaceObservation, Frame
from mappings.tracking.people.appearance import HUMAN_MISFIT, SURE_MISFIT, appearance, identity_distance
from mappings.tracking.people.face_finder import FaceFinder
from tests.mappings.tracking.conftest import MakeFace

PAINTINGS = ("girl_painting", "mona_lisa", "pearl_earring", "portrait_lady", "roman_lady", "sargent_lady")


@pytest.fixture(scope="module")
def finder(bundle: Path) -> Iterator[FaceFinder]:
    with closing(FaceFinder(bundle)) as made:
        yield made


def test_people_are_human(test_data: Path) -> None:
    with np.load(test_data / "people_landmarks.npz") as people:
        seen = [
            appearance(FaceObservation(0.0, scores, points, np.eye(4, dtype=np.float32), (1, 1))).misfit
            for scores, points in zip(people["scores"][::2], people["landmarks_px"][::2], strict=True)
        ]
    assert max(seen) < HUMAN_MISFIT - 0.004
    assert np.percentile(seen, 90) < SURE_MISFIT


@pytest.mark.parametrize("name", PAINTINGS)
def test_painted_people_are_human(finder: FaceFinder, photo: Callable[[str], Picture], name: str) -> None:
    (face,) = finder.find(Frame(0, 0.0, photo(name)))
    assert appearance(face).misfit < HUMAN_MISFIT - 0.008


@pytest.mark.parametrize("scale", [1.0, 0.5, 0.3])
@pytest.mark.parametrize("mirrored", [False, True], ids=["as it is", "mirrored"])
def test_a_dog_is_not(
    finder: FaceFinder, photo: Callable[[str], Picture], scale: float, mirrored: bool
) -> None:
    image = photo("no_face_dog")
    small = np.asarray(Image.fromarray(image).resize([round(scale * side) for side in image.shape[1::-1]]))
    faces = finder.find(Frame(0, 0.0, np.ascontiguousarray(small[:, ::-1] if mirrored else small)))
    assert faces, "the landmarker takes a dog for a face, which is why it is asked how human"
    assert min(appearance(face).misfit for face in faces) > HUMAN_MISFIT + 0.004


def test_a_face_is_told_from_another_by_its_form_not_by_its_place(make_face: MakeFace) -> None:
    mine = make_face().appearance.identity
    assert identity_distance(make_face(x=100, width=230).appearance.identity, mine) < 0.1
    assert identity_distance(make_face(identity=1.5).appearance.identity, mine) > 5.0
    assert make_face().appearance.misfit < 0.001
