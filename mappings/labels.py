"""Coefficients that another tracker found for gathered frames, as flame-head-tracker's files hold them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.npyio import NpzFile

from flame_model.checks import one_line
from flame_model.errors import InputError
from flame_model.head import Head
from mappings.gathered import Gathered
from mappings.unreadable import reason

Array = npt.NDArray[Any]

EYES, JAW, POSE = "eye_pose", "jaw_pose", "pose"
"""Keys beside `exp`; older versions write the head's turn and the jaw's together as `pose`."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Hold the coefficients of M of the gathered frames."""

    rows: Array
    """(M,) rows of the gathered data that are labelled."""
    expression: Array
    """(M, E) of the head's components."""
    jaw: Array
    """(M, 3) axis-angle radians."""
    eyes: Array
    """(M, 6) left, then right; axis-angle radians."""


def read_labels(path: Path, data: Gathered, head: Head) -> Labels:
    """Read labels of gathered frames as coefficients of `head`.

    A file holds one row per gathered frame: `exp` (N, E), `jaw_pose` (N, 3) or the older `pose` (N, 6) with
    the jaw last, `eye_pose` (N, 6), and may name FLAME's `edition`. A folder holds a folder per clip, or the
    files of one clip, with a file `<frame>.npz` of the same keys and one row for each frame that was tracked.
    Fewer components than the head's are FLAME's first ones. Raises InputError.
    """
    if path.is_dir():
        rows, found = _from_folder(path, data, head)
    else:
        found = _read(path, head)
        rows = np.arange(len(data.time_s))
        if len(found["exp"]) != len(rows):
            raise InputError(
                f"{path} labels {len(found['exp'])} frames, the data hold {len(rows)}; they belong together."
            )
    return Labels(rows, _as_head_takes(path, found["exp"], head), found[JAW], found[EYES])


def _from_folder(folder: Path, data: Gathered, head: Head) -> tuple[Array, dict[str, Array]]:
    """Return the labelled rows and their arrays."""
    rows, arrays = [], []
    for row, file in _frame_files(folder, data):
        if file.is_file():
            rows.append(row)
            arrays.append(_read(file, head))
    if not rows:
        raise InputError(
            f"{folder} labels none of the frames; it should hold <frame>.npz in a folder per clip, "
            f"such as {data.clip_names[0]}/0.npz."
        )
    for row, array in zip(rows, arrays, strict=True):
        if {key: value.shape[1] for key, value in array.items()} != {
            key: value.shape[1] for key, value in arrays[0].items()
        } or len(array["exp"]) != 1:
            raise InputError(
                f"{folder}: frame {data.frame[row]} of {data.clip_names[data.clip[row]]} has labels of "
                f"shape {array['exp'].shape}, the first one {arrays[0]['exp'].shape}."
            )
    return np.array(rows), {key: np.concatenate([each[key] for each in arrays]) for key in arrays[0]}


def _frame_files(folder: Path, data: Gathered) -> Iterator[tuple[int, Path]]:
    """Yield each row of the data with the file that would hold its labels."""
    direct = len(data.clip_names) == 1 and not (folder / data.clip_names[0]).is_dir()
    for row, (clip, frame) in enumerate(zip(data.clip, data.frame, strict=True)):
        yield row, (folder if direct else folder / data.clip_names[clip]) / f"{frame}.npz"


def _read(path: Path, head: Head) -> dict[str, Array]:
    """Return `exp`, `jaw_pose` and `eye_pose` of one file, each (rows, ...) and finite."""
    arrays, edition = _arrays(path)
    for key, columns in ((JAW, 3), (EYES, 6), ("exp", None)):
        array = arrays[key]
        rows = len(arrays["exp"]) if arrays["exp"].ndim else 0
        if array.ndim != 2 or array.shape != (rows, columns or array.shape[1]):
            raise InputError(
                f"{path}: {key!r} should have shape ({rows}, {columns or 'E'}), received {array.shape}."
            )
        if array.dtype.kind != "f" or not np.isfinite(array).all():
            raise InputError(f"{path}: {key!r} should be finite numbers.")
    if edition and head.provenance.edition and edition != head.provenance.edition:
        raise InputError(
            f"{path} holds labels of FLAME {edition}, but the head {head.name!r} is of "
            f"{head.provenance.edition}: their components differ."
        )
    return arrays


def _arrays(path: Path) -> tuple[dict[str, Array], str]:
    """Return the arrays of one file as they are, and the edition it names."""
    try:
        archive = np.load(path, allow_pickle=False)
        if not isinstance(archive, NpzFile):
            raise ValueError("a single array, not an archive")
        with archive:
            jaw = archive[JAW] if JAW in archive else archive[POSE][:, 3:]
            edition = str(archive["edition"]) if "edition" in archive else ""
            return {"exp": archive["exp"], JAW: jaw, EYES: archive[EYES]}, edition
    except FileNotFoundError as error:
        raise InputError(f"There are no labels {path}.") from error
    except KeyError as error:
        held = one_line(", ".join(sorted(archive.files))) or "nothing"
        raise InputError(f"{path} should hold exp, {JAW} and {EYES}, received {held}.") from error
    except Exception as error:
        # A damaged archive raises what zipfile, zlib or NumPy happen to trip over.
        raise InputError(f"{path} holds no readable labels ({reason(error)}).") from error


def _as_head_takes(path: Path, expression: Array, head: Head) -> Array:
    """Return the expression (M, E) with zeros for FLAME's later components that were not labelled."""
    given, wanted = expression.shape[1], head.expression_count
    if head.expression_names or given > wanted:
        raise InputError(
            f"{path} labels {given} components of a FLAME edition, but the head {head.name!r} has {wanted} "
            f"{'of its own' if head.expression_names else 'components'}; name the labels' head with --head."
        )
    return np.pad(expression, ((0, 0), (0, wanted - given)))
