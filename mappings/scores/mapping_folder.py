"""Read and write mapping folders: the published layout and ours, every array checked."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.errors import MappingFileError, OutputError
from flame_model.files.npz import read_npy
from flame_model.files.paths import is_folder
from flame_model.files.reading import expecting
from flame_model.files.writing.filling import filled_whole
from mappings.scores.layout import Layout
from mappings.scores.mapping_card import CARD_NAME, REMEDY, MappingCard, read_card, write_card
from mappings.scores.perceptron import Perceptron, load_perceptron
from mappings.signals import SIGNAL_COUNT

CORRECTION_NAME = "mlp.npz"
RESPONSE_NAME = "response.npz"
"""The tracker's response to the head under this mapping, which `mappings.response.response` reads."""
LARGEST_NUMBER = 1e6
"""Largest number in an array of a mapping; ours hold up to 2. Products of larger ones leave single
precision."""
PUBLISHED_EXPRESSION_COUNTS = (50, 100)
"""Numbers of expression components in the published layout."""
_STEMS = {"expression": "exp", "jaw": "jaw", "eyes": "eye", "eyelids": "eyelids"}
"""Names of the groups of coefficients in file names."""
NAMES = (
    CARD_NAME,
    CORRECTION_NAME,
    RESPONSE_NAME,
    *(f"bs2{stem}.npy" for stem in _STEMS.values()),
    *(f"{stem}_intercept.npy" for stem in _STEMS.values()),
    "score_bounds.npy",
)
"""Names of all the files that a mapping in our layout may have."""


@dataclass(frozen=True, slots=True)
class MappingArrays:
    """The matrices of one folder, rows in MediaPipe's order, each with its intercept, zero where absent."""

    card: MappingCard | None
    """None for a folder in the published layout."""
    expression: tuple[Float64Array, Float64Array]
    """(52, E) and (E,)."""
    jaw: tuple[Float64Array, Float64Array]
    """(52, 3) and (3,) axis-angle radians."""
    eyes: tuple[Float64Array, Float64Array]
    """(52, 6) and (6,) left, then right; axis-angle radians."""
    eyelids: tuple[Float64Array, Float64Array]
    """(52, 2) and (2,) closure of the left, then the right eye; zero in the published layout."""
    score_bounds: Float64Array | None = None
    """(2, 52) least and greatest score."""
    correction: Perceptron | None = None


def folder_arrays(matrix: Float64Array, intercept: Float64Array) -> dict[str, Float64Array]:
    """Return a matrix (52, C) and intercept (C,) as the arrays of our layout, by file name without suffix."""
    arrays = {}
    for group, columns in Layout.of_width(matrix.shape[1]).groups.items():
        arrays[f"bs2{_STEMS[group]}"] = matrix[:, columns]
        arrays[f"{_STEMS[group]}_intercept"] = intercept[columns]
    return arrays


def read_mapping_folder(folder: Path) -> MappingArrays:
    """Read the published layout or ours from `folder`; raises MappingFileError.

    The published layout is `bs2exp.npy` (52, 50 or 100), `bs2eye.npy` (52, 6), and `bs2jaw.npy` (52, 3) or
    the older `bs2pose.npy` (52, 6), whose first three columns turn the head and are left out. Ours adds
    `bs2eyelids.npy` (52, 2), the intercepts `exp_`, `jaw_`, `eye_` and `eyelids_intercept.npy`,
    `score_bounds.npy` (2, 52), the correction `mlp.npz`, and the card `mapping.json`, which allows another
    number of expression components.
    """
    if not is_folder(folder):
        raise MappingFileError(f"{folder} is not a folder; a mapping is a folder with bs2exp.npy in it.")
    card = read_card(folder / CARD_NAME)
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
    return MappingArrays(
        card,
        parts["exp"],
        parts["jaw"],
        parts["eye"],
        parts["eyelids"],
        score_bounds=_read_bounds(folder / "score_bounds.npy"),
        correction=_read_correction(folder / CORRECTION_NAME, matrices),
    )


def write_mapping_folder(
    folder: Path, arrays: Mapping[str, Float64Array], card: MappingCard, correction: Perceptron | None = None
) -> None:
    """Write arrays of our layout, by file name without suffix, and their card; make the folder if needed.

    An earlier mapping in our layout is replaced as a whole, other files stay. Raises OutputError, also where
    files of another program have the names of a mapping's files.
    """
    require_own_mapping(folder)
    with filled_whole(folder, obsolete=lambda: NAMES) as making:
        for name, array in arrays.items():
            np.save(making / f"{name}.npy", array.astype(np.float32))
        if correction is not None:
            correction.save(making / CORRECTION_NAME)
        write_card(making / CARD_NAME, card)


def require_own_mapping(folder: Path) -> None:
    """Raise OutputError if `folder` holds files of a mapping without the card that marks them as ours."""
    foreign = [name for name in NAMES if os.path.lexists(folder / name)]
    if foreign and CARD_NAME not in foreign:
        raise OutputError(
            f"{folder} holds {foreign[0]} of another program; name another folder for the mapping."
        )


def _matrix(path: Path, *column_counts: int) -> Float64Array:
    """Read a finite matrix with 52 rows and one of the given numbers of columns."""
    return _read_array(path, tuple((SIGNAL_COUNT, columns) for columns in column_counts))


def _intercept(folder: Path, name: str, length: int) -> Float64Array:
    """Read a finite intercept of a given length; an absent one is zero."""
    path = folder / f"{name}_intercept.npy"
    return _read_array(path, ((length,),)) if path.exists() else np.zeros(length)


def _read_bounds(path: Path) -> Float64Array | None:
    """Read the least and greatest scores (2, 52); return None where there is no such file."""
    if not path.exists():
        return None
    bounds = _read_array(path, ((2, SIGNAL_COUNT),))
    if (bounds[0] > bounds[1]).any():
        signal = int(np.argmax(bounds[0] > bounds[1]))
        raise MappingFileError(
            f"{path} should hold the least scores before the greatest, received {bounds[:, signal]}. {REMEDY}"
        )
    return bounds


def _read_correction(path: Path, matrices: Mapping[str, Float64Array]) -> Perceptron | None:
    """Read the correction of the coefficients of all matrices; return None where there is no such file."""
    if not path.exists():
        return None
    return load_perceptron(path, sum(matrix.shape[1] for matrix in matrices.values()))


def _read_array(path: Path, shapes: tuple[tuple[int, ...], ...]) -> Float64Array:
    """Read an array of finite numbers with one of the given shapes; raises MappingFileError."""
    with expecting(".npy file", "A mapping folder needs it.", error=MappingFileError):
        array = read_npy(path)
    expected = " or ".join(str(shape) for shape in shapes)
    if array.dtype.kind not in "iuf":
        raise MappingFileError(
            f"{path} should hold numbers of shape {expected}, received {array.dtype}. {REMEDY}"
        )
    if array.shape not in shapes:
        remedy = f"Another number of components needs a {CARD_NAME}." if path.name == "bs2exp.npy" else REMEDY
        raise MappingFileError(f"{path} should have shape {expected}, received {array.shape}. {remedy}")
    values = array.astype(np.float64)
    wrong = np.argwhere(~(np.abs(values) <= LARGEST_NUMBER))
    if len(wrong):
        place = tuple(int(index) for index in wrong[0])
        raise MappingFileError(
            f"{path} should be finite, up to {LARGEST_NUMBER:g}, received {values[place]} at {place}. "
            f"{REMEDY}"
        )
    return values
