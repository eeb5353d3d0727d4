"""Read and write the identity of a person: coefficients of a head's identity basis."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from flame_model.errors import InputError, MissingFileError, UnreadableError
from flame_model.files.array_files import is_npy, is_npz, read_array, read_arrays
from flame_model.files.checks import one_line, shown
from flame_model.files.reading import Budget, read_json
from flame_model.files.writing.whole import write_text
from flame_model.head import Head
from flame_model.notices import Say

KEYS = ("identity", "betas", "shape_params", "shape")
"""Names under which programs keep FLAME's identity coefficients; the first found counts."""
_MEMORY_LIMIT = 2**26
_LARGEST = 10.0
"""Sigmas: beyond, nothing that looks like a head is left."""


def read_identity(path: Path, head: Head, say: Say | None = None) -> npt.NDArray[np.float64]:
    """Return the coefficients (I,) in a file, in units of one sigma; those it does not name are zero.

    `.npy` (as MICA writes it) or `.npz` with an array under one of KEYS. JSON: a list, an object with a list
    under one of KEYS, or one that gives components by number from 1, or by name where the head names them. Of
    several rows, one for each picture, the first is used, which `say` is told. Raises InputError.
    """
    if head.identity_count == 0:
        raise InputError(f"The head {head.name!r} has no identity components for {path} to move.")
    rows = _rows(path, head)
    if len(rows) > 1 and say:
        say(f"{path} holds {len(rows)} identities; the first one is used")
    values = rows[0]
    if len(values) > head.identity_count:
        raise InputError(
            f"{path} holds {len(values)} coefficients, but the head {head.name!r} has {head.identity_count} "
            "identity components."
        )
    if not (np.abs(values) <= _LARGEST).all():
        raise InputError(f"{path}: coefficients should lie within -{_LARGEST:g}..{_LARGEST:g}.")
    return np.concatenate([values, np.zeros(head.identity_count - len(values))])


def write_identity(path: Path, head: Head, coefficients: npt.NDArray[np.floating]) -> None:
    """Write coefficients (I,) as JSON that `read_identity` takes: by name where the head names components.

    Raises OutputError.
    """
    rounded = [round(float(value), 3) for value in coefficients]
    content = dict(zip(head.identity_names, rounded, strict=True)) if head.identity_names else rounded
    write_text(path, json.dumps(content, indent=1) + "\n")


def _rows(path: Path, head: Head) -> npt.NDArray[np.float64]:
    """Return what a file holds as rows (N, C) of one identity each; raises InputError."""
    try:
        if is_npz(path) or is_npy(path):
            return _shaped(path, _from_arrays(path))
        content = read_json(path)
    except MissingFileError as error:
        raise InputError(
            f"There is no identity file {path}; give an .npy, .npz or .json with coefficients."
        ) from error
    except UnreadableError as error:
        raise InputError(f"{path} should hold {_WANTED} ({error.reason}).") from error
    if isinstance(content, Mapping):
        key = next((key for key in KEYS if isinstance(content.get(key), list)), None)
        content = _by_component(content, head, path) if key is None else content[key]
    return _shaped(path, content)


_WANTED = "a JSON list of coefficients, an object of component and coefficient, or an array of numbers"


def _from_arrays(path: Path) -> npt.NDArray[Any]:
    budget = Budget(path, _MEMORY_LIMIT)
    if is_npy(path):
        return read_array(path, budget)
    arrays = read_arrays(path, KEYS, budget)
    key = next((key for key in KEYS if key in arrays), None)
    if key is None:
        raise InputError(
            f"{path} should hold coefficients in an array named {', '.join(KEYS[:-1])} or {KEYS[-1]}."
        )
    return arrays[key]


def _shaped(path: Path, content: Any) -> npt.NDArray[np.float64]:
    """Return coefficients (C,) or rows of them as (N, C); raises InputError."""
    try:
        values = np.array(content)
        if values.dtype.kind not in "iuf" and values.size:
            raise ValueError(f"it holds {values.dtype}, no numbers")
        if values.ndim not in (1, 2) or (values.ndim == 2 and not len(values)):
            raise ValueError(f"an array of shape {values.shape}")
        rows = np.atleast_2d(values).astype(np.float64)
    except (ValueError, TypeError, OverflowError) as error:
        raise InputError(f"{path} should hold {_WANTED} ({one_line(error)}).") from error
    return rows


def _by_component(content: Mapping[str, Any], head: Head, path: Path) -> list[float]:
    numbers = {str(index + 1): index for index in range(head.identity_count)}
    known = numbers | {name: index for index, name in enumerate(head.identity_names)}
    values = [0.0] * head.identity_count
    for name, value in content.items():
        if name not in known:
            names = one_line(", ".join(head.identity_names)) or f"1 to {head.identity_count}"
            raise InputError(
                f"{path} names the component {one_line(name, 60)!r}; the head {head.name!r} has {names}."
            )
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _LARGEST:
            raise InputError(
                f"{path}: the coefficient of {one_line(name, 60)!r} should lie within "
                f"-{_LARGEST:g}..{_LARGEST:g}, received {shown(value)}."
            )
        values[known[name]] = float(value)
    return values
