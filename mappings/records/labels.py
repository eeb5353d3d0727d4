"""Read labels: coefficients that another tracker found for gathered frames, in flame-head-tracker's files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

import numpy as np

from flame_model.arrays import Array
from flame_model.errors import InputError
from flame_model.files.checks import one_line
from flame_model.files.editions import differ, edition_of
from flame_model.files.npz import array_names, read_npz
from flame_model.files.paths import is_folder
from flame_model.files.reading import expecting
from flame_model.head import Head
from mappings.records.gathered import Gathered
from mappings.records.label_rows import ROW_KEYS, matched_rows
from mappings.scores.layout import Layout

EYES, JAW, POSE = "eye_pose", "jaw_pose", "pose"
"""Keys in a file besides `exp`; older files hold the turns of head and jaw together as `pose`."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The coefficients of M of the gathered frames."""

    rows: Array
    """(M,) rows of the gathered data that are labelled."""
    expression: Array
    """(M, E) coefficients of the head's components."""
    jaw: Array
    """(M, 3) axis-angle radians."""
    eyes: Array
    """(M, 6) left, then right; axis-angle radians."""

    def packed(self) -> Array:
        """Return the coefficients side by side, (M, C) as in `Layout`; the eyelids, never labelled, are 0."""
        layout = Layout(self.expression.shape[1])
        packed = np.zeros((len(self.rows), layout.width))
        packed[:, layout.expression] = self.expression
        packed[:, layout.jaw] = self.jaw
        packed[:, layout.eyes] = self.eyes
        return packed


def read_labels(path: Path, data: Gathered, head: Head) -> Labels:
    """Read labels of gathered frames as coefficients of `head`.

    A file holds one row per frame: `exp` (N, E), `jaw_pose` (N, 3) or the older `pose` (N, 6) with the jaw
    last, and `eye_pose` (N, 6). It may name FLAME's `edition`. Unless it labels all frames, it says which
    frames its rows are of (see `label_rows`). A folder holds a folder per clip, or the files of one clip: a
    file `<frame>.npz` with the same keys and one row for each frame that was tracked. Where there are fewer
    components than the head's, they are FLAME's first ones. Raises InputError.
    """
    if not data.clip_names:
        raise InputError(f"The gathered data name no clips that {path} could label; gather them again.")
    if is_folder(path):
        rows, found = _from_folder(path, data, head)
    else:
        arrays, own = _read(path, head)
        chosen, rows = matched_rows(path, own, len(arrays["exp"]), data)
        found = {key: array[chosen] for key, array in arrays.items()}
    return Labels(rows, _as_head_takes(path, found["exp"], head), found[JAW], found[EYES])


def _from_folder(folder: Path, data: Gathered, head: Head) -> tuple[Array, dict[str, Array]]:
    """Return the rows of the data that a folder labels, and the arrays of their labels; raises InputError."""
    rows, arrays = [], []
    for row, file in _frame_files(folder, data):
        if file is not None:
            rows.append(row)
            arrays.append(_read(file, head)[0])
    if not rows:
        raise InputError(
            f"{folder} labels none of the frames; it should hold <frame>.npz in a folder per clip, "
            f"such as {data.clip_names[0]}/0.npz."
        )
    for row, array in zip(rows, arrays, strict=True):
        alike = all(value.shape[1] == arrays[0][key].shape[1] for key, value in array.items())
        if not alike or len(array["exp"]) != 1:
            raise InputError(
                f"{folder}: frame {data.frame[row]} of {data.clip_names[data.clip[row]]} has labels of "
                f"shape {array['exp'].shape}, the first one {arrays[0]['exp'].shape}."
            )
    return np.array(rows), {key: np.concatenate([each[key] for each in arrays]) for key in arrays[0]}


def _frame_files(folder: Path, data: Gathered) -> Iterator[tuple[int, Path | None]]:
    """Yield each row of the data with the file of its labels, None where it has none."""
    direct = len(data.clip_names) == 1 and not is_folder(folder / data.clip_names[0])
    folders = [folder if direct else folder / PurePath(name).name for name in data.clip_names]
    files = [
        {int(file.stem): file for file in sorted(each.glob("*.npz")) if file.stem.isdecimal()}
        for each in folders
    ]
    for row, (clip, frame) in enumerate(zip(data.clip, data.frame, strict=True)):
        yield row, files[clip].get(int(frame))


def _read(path: Path, head: Head) -> tuple[dict[str, Array], dict[str, Array]]:
    """Return the checked `exp`, `jaw_pose` and `eye_pose` of a file, each (N, ...), and its ROW_KEYS."""
    held = _arrays(path)
    arrays = {key: held[key] for key in ("exp", JAW, EYES)}
    for key, columns in ((JAW, 3), (EYES, 6), ("exp", None)):
        array = arrays[key]
        rows = len(arrays["exp"]) if arrays["exp"].ndim else 0
        if array.ndim != 2 or array.shape != (rows, columns or array.shape[1]):
            raise InputError(
                f"{path}: {key!r} should have shape ({rows}, {columns or 'E'}), received {array.shape}."
            )
        if array.dtype.kind != "f" or not np.isfinite(array).all():
            raise InputError(f"{path}: {key!r} should be finite numbers.")
    edition, heads = edition_of(_text(held.get("edition"))), edition_of(head.provenance.edition)
    if differ(edition, heads):
        raise InputError(
            f"{path} holds labels of {edition}, but the head {head.name!r} is of {heads}: their components "
            "differ."
        )
    return arrays, {key: array for key, array in held.items() if key in ROW_KEYS}


def _arrays(path: Path) -> dict[str, Array]:
    """Return the needed arrays of a file, with the jaw's part of an older `pose` as `jaw_pose`."""
    with expecting("file of labels", "Check the path, or run the other tracker again."):
        held = read_npz(path, ("exp", JAW, POSE, EYES), optional=("edition", *ROW_KEYS))
        if JAW not in held and POSE in held and held[POSE].ndim == 2:
            held[JAW] = held[POSE][:, 3:]
        if not {"exp", JAW, EYES} <= set(held):
            names = one_line(", ".join(sorted(array_names(path)))) or "nothing"
            raise InputError(f"{path} should hold exp, {JAW} and {EYES}, received {names}.")
    return held


def _text(array: Array | None) -> str:
    """Return the only value of an array as text, or an empty text for any other array."""
    if array is None or array.size != 1:
        return ""
    value = array.item()
    return value.decode("latin1") if isinstance(value, bytes) else str(value)


def _as_head_takes(path: Path, expression: Array, head: Head) -> Array:
    """Return the expression (M, E) of a head, with zeros for FLAME's later components that have no labels."""
    given, wanted = expression.shape[1], head.expression_count
    if head.expression_names or given > wanted:
        raise InputError(
            f"{path} labels {given} components of a FLAME edition, but the head {head.name!r} has {wanted} "
            f"{'of its own' if head.expression_names else 'components'}; name the labels' head with --head."
        )
    return np.pad(expression, ((0, 0), (0, wanted - given)))
