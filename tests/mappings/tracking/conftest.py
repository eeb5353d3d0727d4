"""Fixtures: faces made from the mean face, and pictures of people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from flame_model.arrays import Picture
from flame_model.face.measured_face import bundled_measurement
from mappings.frames import FaceObservation
from mappings.person.upright_face import PICTURE_AXES
from mappings.tracking.people.face import Face

MakeFace = Callable[..., Face]


@pytest.fixture
def make_face() -> MakeFace:
    """Return a function that makes a face of a place, width and identity, pixels and sigmas."""
    mean = bundled_measurement()

    def make(x: float = 300.0, width: float = 100.0, identity: float = 0.0, time_s: float = 0.0) -> Face:
        shape = mean.neutral + identity * mean.identity[0]
        points = (shape - shape.mean(axis=0)) * width / np.ptp(mean.neutral[:, 0]) * PICTURE_AXES
        landmarks = np.vstack([points, np.zeros((10, 3))]) + np.array([x, 200.0, 0.0])
        return Face.of(
            FaceObservation(
                time_s=time_s,
                scores=np.zeros(52, np.float32),
                landmarks=landmarks.astype(np.float32),
                T_camera_face=np.eye(4, dtype=np.float32),
                image_size=(640, 480),
            )
        )

    return make


@pytest.fixture(scope="session")
def photo(test_data: Path) -> Callable[[str], Picture]:
    """Return a function that reads a photo as (H, W, 3)."""

    def read(name: str) -> Picture:
        with Image.open(test_data / "photos" / f"{name}.jpg") as picture:
            return np.asarray(picture.convert("RGB"))

    return read


@pytest.fixture(scope="session")
def clip(test_data: Path) -> Callable[[str, int], list[Picture]]:
    """Return a function that reads the first pictures of a clip, 30 a second."""

    def read(name: str, count: int) -> list[Picture]:
        with av.open(str(test_data / "clips" / f"{name}.mp4")) as container:
            return [picture.to_ndarray(format="rgb24") for picture in _first(container, count)]

    return read


def _first(container: av.container.InputContainer, count: int) -> Iterator[av.VideoFrame]:
    for _, frame in zip(range(count), container.decode(video=0), strict=False):
        yield frame
