"""How the tracker reads a head: what it will say of the picture, as a function of what drives the head."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Array
from flame_model.errors import MappingFileError
from flame_model.face.topology import FACE_POINT_COUNT
from flame_model.files.checks import FileArrays
from flame_model.files.npz import read_npz, write_npz
from flame_model.files.reading import expecting
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import SIGNAL_COUNT

ANGLE_COUNT = 3
"""Yaw, pitch and roll, which follow the signals and the scores."""
_VERSION = 1
_LARGEST = 1e6
"""Of any number of a model; ours hold up to 1. Larger ones give a head that is nowhere."""


@dataclass(frozen=True, slots=True)
class Response:
    """Hold a model of the tracker's reading of one head under one mapping.

    The input x (n + 3) is n signals as the mapping takes them, then the head's yaw, pitch and roll in
    radians. Scores and angles are quadratic in x, landmarks linear.
    """

    signals: npt.NDArray[np.int64]
    """(n,) indices of the signals, in MediaPipe's order."""
    centre: Array
    """(n + 3,) mean of the inputs it was measured with; z = (x - centre) / scale."""
    scale: Array
    """(n + 3,) their standard deviation."""
    constant: Array
    """(55,) scores, then angles, at z = 0."""
    linear: Array
    """(55, n + 3)."""
    quadratic: Array
    """(55, n + 3, n + 3) symmetric."""
    shift_slopes: Array
    """(55, 3) what a metre from the middle of the stage adds."""
    points: npt.NDArray[np.int64]
    """(K,) landmarks."""
    point_constant: Array
    """(3 K,) metres, as `mappings.person.upright` lays the face, at z = 0."""
    point_linear: Array
    """(3 K, n + 3) metres."""
    angle_limits: Array
    """(3,) radians up to which it was measured, to either side."""
    linear_r2: Array
    """(52,) explained share of the scores' variance by the linear terms alone, on readings kept back."""
    r2: Array
    """(52,) by the whole model."""
    frames: int
    """Readings it was fitted to."""
    mapping_key: str
    """`mapping_key` of the mapping it was measured with."""

    @property
    def signal_count(self) -> int:
        """Number of signals, n."""
        return len(self.signals)

    def read(self, x: Array) -> tuple[Array, Array]:
        """Return scores and angles (55,) and their derivatives (55, n + 3) at x (n + 3,)."""
        z = (x - self.centre) / self.scale
        bent = self.quadratic @ z
        return self.constant + (self.linear + bent) @ z, (self.linear + 2.0 * bent) / self.scale

    def points_at(self, x: Array) -> Array:
        """Return the landmarks (3 K,) in metres at x (n + 3,)."""
        points: Array = self.point_constant + self.point_linear @ ((x - self.centre) / self.scale)
        return points

    def save(self, path: Path) -> None:
        """Write the model as `.npz`, in single precision; raises OutputError."""
        upper = np.triu_indices(self.quadratic.shape[1])
        arrays = {field.name: np.asarray(getattr(self, field.name)) for field in fields(self)}
        arrays |= {"quadratic": self.quadratic[:, *upper], "version": np.array(_VERSION)}
        write_npz(path, {name: _single(array) for name, array in arrays.items()})

    @classmethod
    def load(cls, path: Path, mapping: ScoreMapping) -> Self:
        """Read what `save` wrote for a mapping; raises MappingFileError."""
        with expecting("response", _REMEDY, error=MappingFileError):
            arrays = read_npz(path, (*_KEYS, "version"))
        values = _checked(FileArrays(path, arrays, MappingFileError, _REMEDY))
        if values["mapping_key"] != mapping_key(mapping):
            raise MappingFileError(
                f"{path} was measured with another mapping than {mapping.name!r}. {_REMEDY}"
            )
        return cls(**values)


_KEYS = tuple(field.name for field in fields(Response))
_REMEDY = "Measure it again with: flame-cam mapping respond."


def mapping_key(mapping: ScoreMapping) -> str:
    """Return a short text that another mapping has differently, up to single precision."""
    numbers = np.concatenate([mapping.matrix.ravel(), mapping.intercept]).astype(np.float32)
    return hashlib.sha256(numbers.tobytes()).hexdigest()[:16]


def _checked(file: FileArrays) -> dict[str, Any]:
    """Return the fields of a response by name; raises MappingFileError."""
    version = int(file.whole_numbers("version", ()))
    if version != _VERSION:
        raise file.error("version", f"should be {_VERSION}, received {version}")
    signals = file.indices("signals", ("n",), SIGNAL_COUNT).astype(np.int64)
    points = file.indices("points", ("K",), FACE_POINT_COUNT).astype(np.int64)
    inputs, outputs = len(signals) + ANGLE_COUNT, SIGNAL_COUNT + ANGLE_COUNT
    first, second = np.triu_indices(inputs)
    shapes: dict[str, tuple[int, ...]] = {
        **{"centre": (inputs,), "scale": (inputs,), "constant": (outputs,), "linear": (outputs, inputs)},
        **{"quadratic": (outputs, len(first)), "shift_slopes": (outputs, 3), "angle_limits": (ANGLE_COUNT,)},
        **{"point_constant": (3 * len(points),), "point_linear": (3 * len(points), inputs)},
        **{"linear_r2": (SIGNAL_COUNT,), "r2": (SIGNAL_COUNT,)},
    }
    numbers = {name: file.floats(name, shape).astype(np.float64) for name, shape in shapes.items()}
    for name, values in numbers.items():
        if np.abs(values).max(initial=0.0) > _LARGEST:
            raise file.error(
                name, f"should hold numbers up to {_LARGEST:g}, received {np.abs(values).max():g}"
            )
    if numbers["scale"].min() < 1.0 / _LARGEST:
        raise file.error("scale", f"should be above 0, received {numbers['scale'].min():g}")
    quadratic = np.zeros((outputs, inputs, inputs))
    quadratic[:, first, second] = quadratic[:, second, first] = numbers["quadratic"]
    texts = {"frames": int(file.whole_numbers("frames", ())), "mapping_key": file.texts("mapping_key", ())[0]}
    return {**numbers, "quadratic": quadratic, "signals": signals, "points": points, **texts}


def _single(array: Array) -> Array:
    return array.astype(np.float32) if array.dtype == np.float64 else array
