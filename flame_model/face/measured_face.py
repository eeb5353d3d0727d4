"""The measured face on file: numbers that our own code read off tracked footage."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np
import numpy.typing as npt

from flame_model.files.array_files import read_arrays
from flame_model.files.writing.whole import write_npz


@dataclass(frozen=True, slots=True)
class FaceMeasurement:
    """Hold the 468 face landmarks measured over many people, metres, x to the person's left, midline at x =
    0."""

    neutral: npt.NDArray[np.float64]
    """(468, 3)."""
    shapes: npt.NDArray[np.float64]
    """(52, 468, 3) displacement per unit score."""
    identity: npt.NDArray[np.float64]
    """(10, 468, 3) displacement per standard deviation across people."""
    mirror: npt.NDArray[np.int64]
    """(468,) index of each landmark's mirror image."""
    triangles: npt.NDArray[np.int64]
    """(852, 3) counter-clockwise seen from outside; eyes and mouth open."""
    score_names: tuple[str, ...]
    source: str


def save_measurement(face: FaceMeasurement, path: Path) -> None:
    """Write `face` as .npz in single precision."""
    write_npz(
        path,
        {
            "neutral": face.neutral.astype(np.float32),
            "shapes": face.shapes.astype(np.float32),
            "identity": face.identity.astype(np.float32),
            "mirror": face.mirror.astype(np.int16),
            "triangles": face.triangles.astype(np.int16),
            "score_names": np.array(face.score_names),
            "source": np.array(face.source),
        },
    )


def load_measurement(path: Path) -> FaceMeasurement:
    """Read what `save_measurement` wrote."""
    data = read_arrays(path, [field.name for field in fields(FaceMeasurement)])
    return FaceMeasurement(
        neutral=data["neutral"].astype(np.float64),
        shapes=data["shapes"].astype(np.float64),
        identity=data["identity"].astype(np.float64),
        mirror=data["mirror"].astype(np.int64),
        triangles=data["triangles"].astype(np.int64),
        score_names=tuple(data["score_names"].tolist()),
        source=str(data["source"]),
    )


@cache
def bundled_measurement() -> FaceMeasurement:
    """Return the measurement that comes with the program."""
    with resources.as_file(resources.files("assets") / "measured_face.npz") as path:
        return load_measurement(path)
