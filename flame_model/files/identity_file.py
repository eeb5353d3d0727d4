"""Read and write a person's identity: the coefficients of a head's identity basis."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Array, Float64Array
from flame_model.errors import InputError
from flame_model.files.checks import one_line, shown
from flame_model.files.npz import is_npy, is_npz, read_npy, read_npz
from flame_model.files.reading import Budget, expecting, read_json, reading
from flame_model.files.writing.whole_file import write_text
from flame_model.head import Head
from flame_model.notices import Say

KEYS = ("identity", "betas", "shape_params", "shape")
"""Array names under which programs store FLAME's identity coefficients; the first one found is read."""
_MEMORY_LIMIT = 2**26
"""Bytes of memory that reading an array file may take."""
_LARGEST = 10.0
"""Standard deviations; with larger coefficients the surface does not look like a head."""
_REMEDY = (
    "Give a file with a JSON list of coefficients, an object of component and coefficient, "
    "or an array of numbers."
)


def read_identity(path: Path, head: Head, say: Say | None = None) -> Float64Array:
    """Return the coefficients (I,) in a file, in standard deviations; missing ones are zero.

    Formats: `.npy` (as MICA writes it); `.npz` with an array under one of KEYS; JSON with a list, with an
    object that has a list under one of KEYS, or with an object of coefficients by component number (from 1)
    or by the head's component name. If there are several rows, one per picture, the first is used and `say`
    reports it. Raises InputError.
    """
    if head.identity_count == 0:
        raise InputError(f"The head {head.name!r} has no identity components, so {path} cannot change it.")
    rows = _rows(path, head)
    if len(rows) > 1 and say:
        say(f"{path} holds {len(rows)} identities; the first one is used")
    values = rows[0]
    if len(values) > head.identity_count:
        raise InputError(
            f"{path} holds {len(values)} coefficients, but the head {head.name!r} has {head.identity_count} "
            "identity components."
        )
    outside = values[~(np.abs(values) <= _LARGEST)]
    if len(outside):
        raise InputError(
            f"{path}: coefficients should lie within -{_LARGEST:g}..{_LARGEST:g}, received {outside[0]:g}."
        )
    return np.concatenate([values, np.zeros(head.identity_count - len(values))])


def write_identity(path: Path, head: Head, coefficients: npt.NDArray[np.floating]) -> None:
    """Write coefficients (I,) as JSON for `read_identity`, by name where the head names its components.

    Raises OutputError.
    """
    rounded = [round(float(value), 3) for value in coefficients]
    content = dict(zip(head.identity_names, rounded, strict=True)) if head.identity_names else rounded
    write_text(path, json.dumps(content, indent=1) + "\n")


def _rows(path: Path, head: Head) -> Float64Array:
    """Return the content of a file as rows (N, C) of one identity each; raises InputError."""
    with expecting("identity file", _REMEDY):
        if is_npz(path) or is_npy(path):
            return _shaped(path, _from_arrays(path))
        content = read_json(path)
        if isinstance(content, Mapping):
            key = next((key for key in KEYS if isinstance(content.get(key), list)), None)
            content = _by_component(content, head, path) if key is None else content[key]
        return _shaped(path, content)


def _from_arrays(path: Path) -> Array:
    """Return the coefficients in an `.npy` or `.npz` file."""
    budget = Budget(path, _MEMORY_LIMIT)
    if is_npy(path):
        return read_npy(path, budget)
    arrays = read_npz(path, KEYS, budget)
    key = next((key for key in KEYS if key in arrays), None)
    if key is None:
        raise InputError(
            f"{path} should hold coefficients in an array named {', '.join(KEYS[:-1])} or {KEYS[-1]}."
        )
    return arrays[key]


def _shaped(path: Path, content: Any) -> Float64Array:
    """Return coefficients (C,) or rows of them as (N, C); raises UnreadableError."""
    with reading(path):
        values = np.array(content)
        if values.dtype.kind not in "iuf" and values.size:
            raise ValueError(f"it holds {values.dtype}, not numbers")
        if values.ndim not in (1, 2) or (values.ndim == 2 and not len(values)):
            raise ValueError(f"it holds an array of shape {values.shape}")
        return np.atleast_2d(values).astype(np.float64)


def _by_component(content: Mapping[str, Any], head: Head, path: Path) -> list[float]:
    """Return the coefficients (I,) of a JSON object by component number or name; raises InputError."""
    numbers = {str(index + 1): index for index in range(head.identity_count)}
    known = numbers | {name: index for index, name in enumerate(head.identity_names)}
    values = [0.0] * head.identity_count
    for name, value in content.items():
        if name not in known:
            names = one_line(", ".join(head.identity_names)) or f"1 to {head.identity_count}"
            raise InputError(
                f"{path} names the component {one_line(name, 60)!r}, but the head {head.name!r} has {names}."
            )
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _LARGEST:
            raise InputError(
                f"{path}: the coefficient of {one_line(name, 60)!r} should lie within "
                f"-{_LARGEST:g}..{_LARGEST:g}, received {shown(value)}."
            )
        values[known[name]] = float(value)
    return values
