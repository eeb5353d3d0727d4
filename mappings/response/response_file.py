"""Write and read responses as `.npz` files."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from flame_model.arrays import Array
from flame_model.errors import MappingFileError, OutdatedFileError
from flame_model.face.topology import FACE_POINT_COUNT
from flame_model.files.checks import FileArrays
from flame_model.files.npz import read_npz, write_npz
from flame_model.files.reading import expecting
from mappings.response.links import ANGLE_COUNT, APERTURE_COUNT, REPORT_COUNT
from mappings.response.network import Network
from mappings.response.response import Response, mapping_key
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import SIGNAL_COUNT

VERSION = 4
"""Version 1 reported MediaPipe's turn and no apertures, version 2 was quadratic, and version 3
had scores that are not even."""
_SHIFT_COUNT = 3
_MOST_HIDDEN = 4096
_LARGEST = 1e6
"""Largest number in a file; ours hold up to 10. Larger ones would put the head out of sight."""
_REMEDY = "Measure it again with: flame-cam mapping respond."
_PLAIN = tuple(field.name for field in fields(Response) if field.name != "network")
_LAYERS = tuple(field.name for field in fields(Network))


def save_response(response: Response, path: Path) -> None:
    """Write a response in single precision; raises OutputError."""
    arrays = {name: np.asarray(getattr(response, name)) for name in _PLAIN}
    arrays |= {f"network_{name}": getattr(response.network, name) for name in _LAYERS}
    arrays["version"] = np.array(VERSION)
    write_npz(path, {name: _single(array) for name, array in arrays.items()})


def load_response(path: Path, mapping: ScoreMapping) -> Response:
    """Read a file that `save_response` wrote for `mapping`.

    Raises MappingFileError, also for another mapping, and OutdatedFileError for a file of an earlier version
    of this program.
    """
    with expecting("response", _REMEDY, error=MappingFileError):
        _check_version(path, read_npz(path, ("version",)))
        arrays = read_npz(path, (*_PLAIN, *(f"network_{name}" for name in _LAYERS)))
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
    inputs = len(signals) + ANGLE_COUNT + _SHIFT_COUNT
    scale = _numbers(file, "scale", (inputs,))
    if scale.min() < 1.0 / _LARGEST:
        raise file.error("scale", f"should be above 0, received {scale.min():g}")
    values: dict[str, Any] = {
        "signals": signals,
        "centre": _numbers(file, "centre", (inputs,)),
        "scale": scale,
        "network": _network(file, inputs, REPORT_COUNT + 3 * len(points) + APERTURE_COUNT),
        "points": points,
        "shut": _numbers(file, "shut", (APERTURE_COUNT,)),
        "people_mean": _numbers(file, "people_mean", (len(signals),)),
        "people_precision": _numbers(file, "people_precision", (len(signals), len(signals))),
        "eye_distance": float(_numbers(file, "eye_distance", ())),
        "angle_limits": _numbers(file, "angle_limits", (ANGLE_COUNT,)),
        "linear_r2": _numbers(file, "linear_r2", (SIGNAL_COUNT,)),
        "r2": _numbers(file, "r2", (SIGNAL_COUNT,)),
        "frames": int(file.whole_numbers("frames", ())),
        "mapping_key": file.texts("mapping_key", ())[0],
    }
    return Response(**values)


def _network(file: FileArrays, inputs: int, outputs: int) -> Network:
    """Return the network of `inputs` and `outputs`; it computes in single precision."""
    hidden = len(file.floats("network_first_bias", ("H",)))
    if hidden > _MOST_HIDDEN:
        raise file.error("network_first_bias", f"should have up to {_MOST_HIDDEN} units, received {hidden}")
    shapes = {
        "first": (hidden, inputs),
        "first_bias": (hidden,),
        "second": (hidden, hidden),
        "second_bias": (hidden,),
        "last": (outputs, hidden),
        "direct": (outputs, inputs),
        "bias": (outputs,),
    }
    layers = {name: _numbers(file, f"network_{name}", shape) for name, shape in shapes.items()}
    return Network(**{name: layer.astype(np.float32) for name, layer in layers.items()})


def _numbers(file: FileArrays, name: str, shape: tuple[int, ...]) -> Array:
    """Return an array of real numbers of a sensible size in double precision."""
    values = file.floats(name, shape).astype(np.float64)
    greatest = np.abs(values).max(initial=0.0)
    if greatest > _LARGEST:
        raise file.error(name, f"should hold numbers up to {_LARGEST:g}, received {greatest:g}")
    return values


def _single(array: Array) -> Array:
    return array.astype(np.float32) if array.dtype == np.float64 else array
