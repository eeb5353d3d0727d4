"""The average face measured from tracked footage, and the `.npz` file that holds it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from pathlib import Path

import numpy as np

from flame_model.arrays import Float64Array, Int64Array
from flame_model.files.npz import read_npz, write_npz


@dataclass(frozen=True, slots=True)
class FaceMeasurement:
    """The 468 face landmarks measured over many people.

    Metres, x to the person's left, midline at x = 0.
    """

    neutral: Float64Array
    """(468, 3)."""
    shapes: Float64Array
    """(52, 468, 3) displacement per unit score."""
    identity: Float64Array
    """(10, 468, 3) displacement per standard deviation across people."""
    mirror: Int64Array
    """(468,) index of each landmark's mirror image."""
    triangles: Int64Array
    """(852, 3) counter-clockwise seen from outside; open at eyes and mouth."""
    score_names: tuple[str, ...]
    """Names of the 52 signals, in the order of `shapes`."""
    source: str
    """Where the measured footage comes from, in words."""


def save_measurement(face: FaceMeasurement, path: Path) -> None:
    """Write `face` as `.npz` in single precision; raises OutputError."""
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
    """Read a file that `save_measurement` wrote; raises UnreadableError."""
    data = read_npz(path, [field.name for field in fields(FaceMeasurement)])
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
    """Return the measurement that is part of the program's assets."""
    with resources.as_file(resources.files("assets") / "measured_face.npz") as path:
        return load_measurement(path)
