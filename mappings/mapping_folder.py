"""Read the files of a mapping folder, each checked with the shape received in the error; write ours."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from flame_model.errors import MappingFileError
from mappings.signals import SIGNAL_COUNT

Array = npt.NDArray[np.float64]

CARD_NAME = "mapping.json"
PUBLISHED_EXPRESSION_COUNTS = (50, 100)


@dataclass(frozen=True, slots=True)
class MappingCard:
    """Say what a mapping was made for: the contents of `mapping.json`."""

    head: str
    expression_count: int
    licence: str
    source: str


@dataclass(frozen=True, slots=True)
class MappingArrays:
    """Hold the matrices of one folder, rows in MediaPipe's order, and their intercepts, zero where absent."""

    card: MappingCard | None
    """None for a folder in the published layout."""
    expression: tuple[Array, Array]
    """(52, E) and (E,)."""
    jaw: tuple[Array, Array]
    """(52, 3) and (3,) axis-angle radians."""
    eyes: tuple[Array, Array]
    """(52, 6) and (6,) left, then right; axis-angle radians."""
    eyelids: tuple[Array, Array]
    """(52, 2) and (2,) left, then right closure; zero in the published layout."""


def read_mapping_folder(folder: Path) -> MappingArrays:
    """Read the published layout or ours from `folder`; raises MappingFileError.

    Published: `bs2exp.npy` (52, 50 or 100), `bs2jaw.npy` (52, 3) or the older `bs2pose.npy` (52, 6) whose
    first three columns turn the head and are left out, `bs2eye.npy` (52, 6). Ours adds `bs2eyelids.npy`
    (52, 2), intercepts `exp_`, `jaw_`, `eye_`, `eyelids_intercept.npy`, and the card `mapping.json`, which
    allows another number of expression components.
    """
    if not folder.is_dir():
        raise MappingFileError(f"{folder} is not a folder; a mapping is a folder with bs2exp.npy in it.")
    card = _read_card(folder / CARD_NAME)
    counts = (card.expression_count,) if card else PUBLISHED_EXPRESSION_COUNTS
    older = not (folder / "bs2jaw.npy").exists() and (folder / "bs2pose.npy").exists()
    jaw = _matrix(folder / "bs2pose.npy", 6)[:, 3:] if older else _matrix(folder / "bs2jaw.npy", 3)
    eyelids = folder / "bs2eyelids.npy"
    matrices = {
        "exp": _matrix(folder / "bs2exp.npy", *counts),
        "jaw": jaw,
        "eye": _matrix(folder / "bs2eye.npy", 6),
        "eyelids": _matrix(eyelids, 2) if eyelids.exists() else np.zeros((SIGNAL_COUNT, 2)),
    }
    parts = {name: (matrix, _intercept(folder, name, matrix.shape[1])) for name, matrix in matrices.items()}
    return MappingArrays(card, parts["exp"], parts["jaw"], parts["eye"], parts["eyelids"])


def write_mapping_folder(folder: Path, arrays: Mapping[str, Array], card: MappingCard) -> None:
    """Write arrays of our layout, by file name without suffix, and their card; the folder is made."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in arrays.items():
        np.save(folder / f"{name}.npy", array.astype(np.float32))
    (folder / CARD_NAME).write_text(json.dumps(asdict(card), indent=2) + "\n", encoding="utf-8")


def _matrix(path: Path, *column_counts: int) -> Array:
    """Read a finite (52, C) matrix with one of the given numbers of columns."""
    return _read_array(path, tuple((SIGNAL_COUNT, columns) for columns in column_counts))


def _intercept(folder: Path, name: str, length: int) -> Array:
    """Read a finite (C,) intercept; an absent one is zero."""
    path = folder / f"{name}_intercept.npy"
    return _read_array(path, ((length,),)) if path.exists() else np.zeros(length)


def _read_array(path: Path, shapes: tuple[tuple[int, ...], ...]) -> Array:
    """Read an array of finite numbers that has one of the given shapes."""
    try:
        array = np.load(path, allow_pickle=False)
    except FileNotFoundError as error:
        raise MappingFileError(f"{path} is missing; a mapping folder needs it.") from error
    except (OSError, ValueError, EOFError) as error:
        raise MappingFileError(f"{path} is not a readable .npy file ({_first_line(error)}).") from error
    expected = " or ".join(str(shape) for shape in shapes)
    if not isinstance(array, np.ndarray) or array.dtype.kind not in "iuf":
        kind = array.dtype if isinstance(array, np.ndarray) else "an archive"
        raise MappingFileError(f"{path} should hold numbers of shape {expected}, received {kind}.")
    if array.shape not in shapes:
        hint = f"; another number of components needs a {CARD_NAME}" if path.name == "bs2exp.npy" else ""
        raise MappingFileError(f"{path} should have shape {expected}, received {array.shape}{hint}.")
    if not np.isfinite(array).all():
        place = tuple(int(index) for index in np.argwhere(~np.isfinite(array))[0])
        raise MappingFileError(f"{path} should be finite, received {array[place]} at {place}.")
    return array.astype(np.float64)


def _read_card(path: Path) -> MappingCard | None:
    """Read `mapping.json`, None where there is none."""
    if not path.exists():
        return None
    try:
        fields: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise MappingFileError(f"{path} is not readable JSON ({_first_line(error)}).") from error
    kinds = {"head": str, "expression_count": int, "licence": str, "source": str}
    for key, kind in kinds.items():
        value = fields.get(key) if isinstance(fields, dict) else None
        if type(value) is not kind:
            raise MappingFileError(f"{path} should have a {kind.__name__} under {key!r}, received {value!r}.")
    if fields["expression_count"] < 1:
        raise MappingFileError(
            f"{path} should have an 'expression_count' of 1 or more, received {fields['expression_count']}."
        )
    return MappingCard(**{key: fields[key] for key in kinds})


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
