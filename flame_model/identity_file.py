"""Read and write the identity of a person: coefficients of a head's identity basis."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from flame_model.checks import FileArrays, one_line
from flame_model.errors import InputError
from flame_model.head import Head
from flame_model.npz import is_npz, read_npz
from flame_model.writing import write_text

KEYS = ("identity", "betas", "shape")
"""Names under which programs keep FLAME's identity coefficients; the first found counts."""
_SIZE_LIMIT = 2**20
_LARGEST = 10.0
"""Sigmas: beyond, nothing that looks like a head is left."""


def read_identity(path: Path, head: Head) -> npt.NDArray[np.float64]:
    """Return the coefficients (I,) in a file, in units of one sigma; those it does not name are zero.

    `.npz`: an array under one of KEYS. JSON: a list, or an object that gives components by number from 1, or
    by name where the head names them. Raises InputError.
    """
    if not path.is_file():
        raise InputError(f"There is no identity file {path}; give an .npz or .json with coefficients.")
    if head.identity_count == 0:
        raise InputError(f"The head {head.name!r} has no identity components for {path} to move.")
    values = _from_npz(path) if is_npz(path) else _from_json(path, head)
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


def _from_npz(path: Path) -> npt.NDArray[np.float64]:
    file = FileArrays(path, read_npz(path, only=KEYS))
    key = next((key for key in KEYS if key in file.arrays), None)
    if key is None:
        raise InputError(
            f"{path} should hold coefficients in an array named {', '.join(KEYS[:-1])} or {KEYS[-1]}."
        )
    shape = file.arrays[key].shape
    # Fitting programs write one row for each picture; a single one is a person.
    row = len(shape) == 2 and shape[0] == 1
    return file.floats(key, (1, None) if row else (None,)).ravel().astype(np.float64)


def _from_json(path: Path, head: Head) -> npt.NDArray[np.float64]:
    try:
        if path.stat().st_size > _SIZE_LIMIT:
            raise ValueError("too large")
        content = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(content, Mapping):
            content = _by_component(content, head, path)
        values = np.array(content, dtype=np.float64)
        if values.ndim != 1:
            raise ValueError(f"an array of shape {values.shape}")
        return values
    except (OSError, ValueError, TypeError, OverflowError, RecursionError) as error:
        raise InputError(
            f"{path} should hold a JSON list of coefficients or an object of component and coefficient "
            f"({one_line(error)})."
        ) from error


def _by_component(content: Mapping[str, Any], head: Head, path: Path) -> list[float]:
    numbers = {str(index + 1): index for index in range(head.identity_count)}
    known = numbers | {name: index for index, name in enumerate(head.identity_names)}
    values = [0.0] * head.identity_count
    for name, value in content.items():
        if name not in known:
            names = ", ".join(head.identity_names) or f"1 to {head.identity_count}"
            raise InputError(
                f"{path} names the component {one_line(name)!r}; the head {head.name!r} has {names}."
            )
        values[known[name]] = float(value)
    return values
