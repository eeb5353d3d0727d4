"""Write and read responses as `.npz` files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from flame_model.arrays import Array
from flame_model.errors import MappingFileError, OutdatedFileError
from flame_model.face.topology import FACE_POINT_COUNT
from flame_model.files.checks import FileArrays
from flame_model.files.npz import read_npz, write_npz
from flame_model.files.reading import expecting
from mappings.response.aperture_model import ApertureModel
from mappings.response.quadratic import Quadratic
from mappings.response.response import ANGLE_COUNT, Response, mapping_key
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import SIGNAL_COUNT

VERSION = 2
"""Version 1 reported MediaPipe's turn, and no apertures."""
_APERTURES = 3
_LARGEST = 1e6
"""Largest number in a file; ours hold up to 1. Larger ones would put the head out of sight."""
_REMEDY = "Measure it again with: flame-cam mapping respond."
_PLAIN = (
    "signals",
    "centre",
    "scale",
    "shift_slopes",
    "points",
    "eye_distance",
    "angle_limits",
    "linear_r2",
    "r2",
    "frames",
    "mapping_key",
)
_QUADRATICS = ("reports", "places", "apart")
_PARTS = ("constant", "linear", "quadratic")
_KEYS = (*_PLAIN, "shut", *(f"{name}_{part}" for name in _QUADRATICS for part in _PARTS))


def save_response(response: Response, path: Path) -> None:
    """Write a response in single precision; raises OutputError."""
    arrays = {name: np.asarray(getattr(response, name)) for name in _PLAIN}
    functions = {"reports": response.reports, "places": response.places, "apart": response.apertures.apart}
    for name, function in functions.items():
        upper = np.triu_indices(function.linear.shape[1])
        parts = (function.constant, function.linear, function.bent[:, *upper])
        arrays |= {f"{name}_{part}": array for part, array in zip(_PARTS, parts, strict=True)}
    arrays |= {"shut": response.apertures.shut, "version": np.array(VERSION)}
    write_npz(path, {name: _single(array) for name, array in arrays.items()})


def load_response(path: Path, mapping: ScoreMapping) -> Response:
    """Read a file that `save_response` wrote for `mapping`.

    Raises MappingFileError, also for another mapping, and OutdatedFileError for a file of an earlier version
    of this program.
    """
    with expecting("response", _REMEDY, error=MappingFileError):
        _check_version(path, read_npz(path, ("version",)))
        arrays = read_npz(path, _KEYS)
    response = _checked(FileArrays(path, arrays, MappingFileError, _REMEDY))
    if response.mapping_key != mapping_key(mapping):
        raise MappingFileError(f"{path} was measured with another mapping than {mapping.name!r}. {_REMEDY}")
    return response


def _check_version(path: Path, arrays: dict[str, Array]) -> None:
    """Raise an error unless the file is of this version."""
    file = FileArrays(path, arrays, MappingFileError, _REMEDY)
    version = int(file.whole_numbers("version", ()))
    if 0 < version < VERSION:
        raise OutdatedFileError(f"{path} was measured by an earlier version of this program. {_REMEDY}")
    if version != VERSION:
        raise file.error("version", f"should be {VERSION}, received {version}")


def _checked(file: FileArrays) -> Response:
    """Return the response in a file's arrays; raises MappingFileError."""
    signals = file.indices("signals", ("n",), SIGNAL_COUNT).astype(np.int64)
    points = file.indices("points", ("K",), FACE_POINT_COUNT).astype(np.int64)
    inputs = len(signals) + ANGLE_COUNT
    scale = _numbers(file, "scale", (inputs,))
    if scale.min() < 1.0 / _LARGEST:
        raise file.error("scale", f"should be above 0, received {scale.min():g}")
    fields: dict[str, Any] = {
        "signals": signals,
        "centre": _numbers(file, "centre", (inputs,)),
        "scale": scale,
        "reports": _quadratic(file, "reports", SIGNAL_COUNT + ANGLE_COUNT, inputs),
        "shift_slopes": _numbers(file, "shift_slopes", (SIGNAL_COUNT + ANGLE_COUNT, 3)),
        "points": points,
        "places": _quadratic(file, "places", 3 * len(points), inputs),
        "apertures": ApertureModel(
            _numbers(file, "shut", (_APERTURES,)), _quadratic(file, "apart", _APERTURES, inputs)
        ),
        "eye_distance": float(_numbers(file, "eye_distance", ())),
        "angle_limits": _numbers(file, "angle_limits", (ANGLE_COUNT,)),
        "linear_r2": _numbers(file, "linear_r2", (SIGNAL_COUNT,)),
        "r2": _numbers(file, "r2", (SIGNAL_COUNT,)),
        "frames": int(file.whole_numbers("frames", ())),
        "mapping_key": file.texts("mapping_key", ())[0],
    }
    return Response(**fields)


def _quadratic(file: FileArrays, name: str, count: int, inputs: int) -> Quadratic:
    """Return `count` functions of `inputs` variables; the upper triangles of Q lie side by side."""
    constant, linear, quadratic = (f"{name}_{part}" for part in _PARTS)
    constants = _numbers(file, constant, (count,))
    first, second = np.triu_indices(inputs)
    bent = np.zeros((count, inputs, inputs))
    upper = _numbers(file, quadratic, (count, inputs * (inputs + 1) // 2))
    bent[:, first, second] = bent[:, second, first] = upper
    return Quadratic(constants, _numbers(file, linear, (count, inputs)), bent)


def _numbers(file: FileArrays, name: str, shape: tuple[int, ...]) -> Array:
    """Return an array of real numbers of a sensible size in double precision."""
    values = file.floats(name, shape).astype(np.float64)
    greatest = np.abs(values).max(initial=0.0)
    if greatest > _LARGEST:
        raise file.error(name, f"should hold numbers up to {_LARGEST:g}, received {greatest:g}")
    return values


def _single(array: Array) -> Array:
    return array.astype(np.float32) if array.dtype == np.float64 else array
