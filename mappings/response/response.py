"""The tracker's response to one head: the scores, angles and landmarks that it reports on the drawn head.

The input x (n + 3) are the n signals that drive the head, then its yaw, pitch and roll in radians. With
z = (x - centre) / scale and the head's shift t (3,) in metres, the tracker reports

    y = a + L z + z' Q z + S t        scores (52,), then yaw, pitch and roll in radians: (55,)
    p = p_0 + P z                     K landmarks (3 K,) in metres, laid as in `mappings.person.upright_face`

Measured by drawing the head in random poses and tracking the drawings (`mappings.response.fit`).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

import numpy as np

from flame_model.arrays import Array, Int64Array
from flame_model.errors import MappingFileError
from flame_model.face.topology import FACE_POINT_COUNT
from flame_model.files.checks import FileArrays
from flame_model.files.npz import read_npz, write_npz
from flame_model.files.reading import expecting
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import SIGNAL_COUNT

ANGLE_COUNT = 3
"""Yaw, pitch and roll, which follow the signals in x and the scores in y."""
_VERSION = 1
_LARGEST = 1e6
"""Largest number in a file; ours hold up to 1. Larger ones would put the head out of sight."""


@dataclass(frozen=True, slots=True)
class Response:
    """A model of the tracker's reports on one head under one mapping."""

    signals: Int64Array
    """(n,) indices of the signals, in MediaPipe's order."""
    centre: Array
    """(n + 3,) mean of the inputs that were measured."""
    scale: Array
    """(n + 3,) standard deviation of the inputs that were measured."""
    constant: Array
    """(55,) a: scores, then angles, at z = 0."""
    linear: Array
    """(55, n + 3) L."""
    quadratic: Array
    """(55, n + 3, n + 3) Q, symmetric."""
    shift_slopes: Array
    """(55, 3) S: change per metre from the scene's centre."""
    points: Int64Array
    """(K,) indices of the landmarks."""
    point_constant: Array
    """(3 K,) p_0, metres."""
    point_linear: Array
    """(3 K, n + 3) P, metres."""
    angle_limits: Array
    """(3,) radians to either side up to which the head was turned."""
    linear_r2: Array
    """(52,) R2 of the scores by a model without Q and S, on readings that were kept back."""
    r2: Array
    """(52,) R2 of the scores by the whole model."""
    frames: int
    """Number of readings that the model was fitted to."""
    mapping_key: str
    """`mapping_key` of the mapping that the head was driven by."""

    @property
    def signal_count(self) -> int:
        """Number of signals, n."""
        return len(self.signals)

    def predict(self, x: Array) -> tuple[Array, Array]:
        """Return the scores and angles y (55,) at x (n + 3,) for no shift, and dy/dx (55, n + 3)."""
        z = (x - self.centre) / self.scale
        bent = self.quadratic @ z
        return self.constant + (self.linear + bent) @ z, (self.linear + 2.0 * bent) / self.scale

    def predict_points(self, x: Array) -> Array:
        """Return the landmarks p (3 K,) in metres at x (n + 3,)."""
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
        """Read a file that `save` wrote for `mapping`; raises MappingFileError, also for another mapping."""
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
    """Return a short text that differs for every mapping, up to single precision."""
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
    numbers = _checked_numbers(file, inputs, outputs, len(points))
    first, second = np.triu_indices(inputs)
    quadratic = np.zeros((outputs, inputs, inputs))
    quadratic[:, first, second] = quadratic[:, second, first] = numbers["quadratic"]
    return {
        **numbers,
        "quadratic": quadratic,
        "signals": signals,
        "points": points,
        "frames": int(file.whole_numbers("frames", ())),
        "mapping_key": file.texts("mapping_key", ())[0],
    }


def _checked_numbers(file: FileArrays, inputs: int, outputs: int, points: int) -> dict[str, Array]:
    """Return the real-valued arrays of a response; the upper triangles of Q lie side by side."""
    shapes: dict[str, tuple[int, ...]] = {
        "centre": (inputs,),
        "scale": (inputs,),
        "constant": (outputs,),
        "linear": (outputs, inputs),
        "quadratic": (outputs, inputs * (inputs + 1) // 2),
        "shift_slopes": (outputs, 3),
        "angle_limits": (ANGLE_COUNT,),
        "point_constant": (3 * points,),
        "point_linear": (3 * points, inputs),
        "linear_r2": (SIGNAL_COUNT,),
        "r2": (SIGNAL_COUNT,),
    }
    numbers = {name: file.floats(name, shape).astype(np.float64) for name, shape in shapes.items()}
    for name, values in numbers.items():
        if np.abs(values).max(initial=0.0) > _LARGEST:
            raise file.error(
                name, f"should hold numbers up to {_LARGEST:g}, received {np.abs(values).max():g}"
            )
    if numbers["scale"].min() < 1.0 / _LARGEST:
        raise file.error("scale", f"should be above 0, received {numbers['scale'].min():g}")
    return numbers


def _single(array: Array) -> Array:
    return array.astype(np.float32) if array.dtype == np.float64 else array
