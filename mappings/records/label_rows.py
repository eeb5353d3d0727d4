"""Match the rows of a file of labels to gathered frames, by scores, frame numbers or file names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import numpy as np
from scipy.spatial import cKDTree

from flame_model.arrays import Array
from flame_model.errors import InputError
from flame_model.files.checks import shown
from flame_model.notices import counted
from mappings.records.gathered import Gathered
from mappings.signals import ARKIT_NAMES, MEDIAPIPE_NAMES, SIGNAL_COUNT, reordered

SCORE_KEYS = ("scores", "blendshape_scores", "blendshapes")
FRAME_KEYS = ("frame", "frames", "frame_index", "frame_id", "frame_idx", "frame_number")
NAME_KEYS = ("filename", "filenames", "file_name", "file", "files", "img_name", "image_name", "name", "names")
CLIP_KEYS = ("clip", "clip_name", "clip_names", "video", "video_name")
ROW_KEYS = (*SCORE_KEYS, *FRAME_KEYS, *NAME_KEYS, *CLIP_KEYS, "score_names")
"""All keys by which a file may say which frames its rows are of."""

_SAME = 2e-3
"""Largest difference of two equal scores, for files that store them in half precision or with three
digits."""
_NUMBER = re.compile(r"(\d{1,15})\D*$")
"""The last number in a file's name."""


def matched_rows(path: Path, own: Mapping[str, Array], count: int, data: Gathered) -> tuple[Array, Array]:
    """Return the matched rows (M,) of `count` labels, and the rows (M,) of the data that they label.

    `own` holds those of ROW_KEYS that the file has. Scores are used first, else frame numbers or file names;
    a file without any of them has to have as many rows as there are frames. Raises InputError where no row
    matches.
    """
    if (scores := _first(own, SCORE_KEYS, (count, SIGNAL_COUNT))) is not None:
        found = _by_scores(_in_order(path, scores, own.get("score_names")), data)
        what = "scores"
    elif (frames := _frames(own, count)) is not None:
        found = _by_frames(path, frames, _clips(path, own, count, data), data)
        what = "frame numbers"
    elif count == len(data.time_s):
        return np.arange(count), np.arange(count)
    else:
        raise InputError(
            f"{path} labels {counted(count, 'frame')}, the data hold {len(data.time_s)}, and neither scores "
            "nor frame numbers show which of them; add 'scores' or 'frame' to it."
        )
    labelled = np.flatnonzero(found >= 0)
    if not len(labelled):
        raise InputError(f"{path} labels none of the frames: none of its {what} is in the data.")
    return labelled, found[labelled]


def _first(own: Mapping[str, Array], keys: tuple[str, ...], shape: tuple[int, ...]) -> Array | None:
    """Return the first array of numbers under `keys` with a shape, None where there is none."""
    arrays = (own[key] for key in keys if key in own)
    return next((array for array in arrays if array.shape == shape and array.dtype.kind in "iuf"), None)


def _in_order(path: Path, scores: Array, names: Array | None) -> Array:
    """Return scores in MediaPipe's order; without names they are in that order."""
    if names is None:
        return scores
    given = [str(name) for name in names.ravel()[: 2 * SIGNAL_COUNT]]
    if set(given) not in (set(MEDIAPIPE_NAMES), set(ARKIT_NAMES)) or len(given) != SIGNAL_COUNT:
        raise InputError(f"{path}: 'score_names' should hold the {SIGNAL_COUNT} signals.")
    return reordered(scores, given, MEDIAPIPE_NAMES)


def _by_scores(scores: Array, data: Gathered) -> Array:
    """Return the row (N,) of the data with the same scores as each row of `scores` (N, 52), -1 for none.

    Frames with equal scores, as a still picture gives them, are matched in their order.
    """
    different, kind = np.unique(data.scores, axis=0, return_inverse=True)
    kind = kind.ravel()
    groups = np.split(np.argsort(kind, kind="stable"), np.cumsum(np.bincount(kind))[:-1])
    found, used = np.full(len(scores), -1), np.zeros(len(different), dtype=np.int64)
    finite = np.flatnonzero(np.isfinite(scores).all(axis=1))
    distances, nearest = cKDTree(different).query(scores[finite], p=np.inf, distance_upper_bound=_SAME)
    for row, group in zip(finite[np.isfinite(distances)], nearest[np.isfinite(distances)], strict=True):
        found[row] = groups[group][min(used[group], len(groups[group]) - 1)]
        used[group] += 1
    return found


def _frames(own: Mapping[str, Array], count: int) -> Array | None:
    """Return the frame number of each row (N,), -1 where it has none, or None where no row has one."""
    numbers = _first(own, FRAME_KEYS, (count,))
    if numbers is not None:
        return _whole(numbers)
    names = _texts(own, (*FRAME_KEYS, *NAME_KEYS), count)
    if names is None:
        return None
    found = [_NUMBER.search(PurePosixPath(name.replace("\\", "/")).stem) for name in names]
    return np.array([int(number[1]) if number else -1 for number in found]) if any(found) else None


def _whole(numbers: Array) -> Array:
    """Return whole numbers (N,) as integers, -1 for all others."""
    whole = np.isfinite(numbers) & (np.abs(numbers) < 2**53) & (numbers == np.round(numbers))
    return np.where(whole, numbers, -1).astype(np.int64)


def _texts(own: Mapping[str, Array], keys: tuple[str, ...], count: int) -> list[str] | None:
    """Return the first array of `count` texts under `keys`, None where there is none."""
    arrays = (own[key] for key in keys if key in own)
    texts = next((array for array in arrays if array.shape == (count,) and array.dtype.kind == "U"), None)
    return None if texts is None else [str(text) for text in texts]


def _clips(path: Path, own: Mapping[str, Array], count: int, data: Gathered) -> Array:
    """Return the index of each row's clip (N,), -1 for one that is not in the data; raises InputError."""
    numbers = _first(own, CLIP_KEYS, (count,))
    if numbers is not None:
        return _whole(numbers)
    names = _texts(own, CLIP_KEYS, count)
    if names is None and (files := _texts(own, NAME_KEYS, count)) is not None:
        names = [PurePosixPath(file.replace("\\", "/")).parent.name for file in files]
    if names is None or not any(names):
        if len(data.clip_names) == 1:
            return np.zeros(count, dtype=np.int64)
        raise InputError(
            f"{path} numbers its frames, but the data hold {len(data.clip_names)} clips, such as "
            f"{shown(data.clip_names[0])}; add the name of each row's clip as 'clip'."
        )
    known = {PurePosixPath(name).stem: index for index, name in enumerate(data.clip_names)}
    known |= {name: index for index, name in enumerate(data.clip_names)}
    return np.array([known.get(name, known.get(PurePosixPath(name).stem, -1)) for name in names])


def _by_frames(path: Path, frames: Array, clips: Array, data: Gathered) -> Array:
    """Return the row (N,) of the data with each row's clip and frame, -1 for none; raises InputError."""
    rows = {(int(c), int(f)): row for row, (c, f) in enumerate(zip(data.clip, data.frame, strict=True))}
    wanted = [(int(clip), int(frame)) for clip, frame in zip(clips, frames, strict=True)]
    found = np.array([rows.get(place, -1) for place in wanted], dtype=np.int64)
    matched = found[found >= 0]
    if len(np.unique(matched)) < len(matched):
        raise InputError(f"{path} labels a frame twice; it should label each frame of a clip once.")
    return found
