"""Gathered data: the observations of many clips in one `.npz` file, which mappings are fitted to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from flame_model.arrays import Array
from flame_model.errors import InputError
from flame_model.files.checks import shown
from flame_model.files.npz import read_npz, write_npz
from flame_model.files.reading import expecting
from flame_model.head import LANDMARK_COUNT
from mappings.frames import FaceObservation
from mappings.plausible_face import plausible_faces
from mappings.signals import MEDIAPIPE_NAMES, SIGNAL_COUNT

VERSION = 1
REFERENCE = "reference"
"""Name of the data that come with the program: the observations, without pictures, of 250 frames of 65
people."""
REASONS = ("no face", "extreme yaw", "jump", "blur")
"""Reasons for which a frame is left out."""

_FRAME_KEYS: dict[str, tuple[str, tuple[int, ...]]] = {
    "scores": ("f", (SIGNAL_COUNT,)),
    "landmarks": ("f", (LANDMARK_COUNT, 3)),
    "T_camera_face": ("f", (4, 4)),
    "image_size": ("i", (2,)),
    "time_s": ("f", ()),
    "frame": ("i", ()),
    "clip": ("i", ()),
    "person": ("i", ()),
}
"""Keys of the arrays with one row per frame: kind of number and shape of a row."""
_MORE_KEYS = ("version", "clip_names", "left_out", "licence", "score_names")
"""Keys of the other arrays."""
_REMEDY = "Make it with: flame-cam mapping gather CLIPS... --out FILE.npz."


@dataclass(frozen=True, slots=True)
class Gathered:
    """The observations in N frames of C clips; a row belongs to the same frame in all arrays."""

    scores: Array
    """(N, 52) in MediaPipe's order."""
    landmarks: Array
    """(N, 478, 3) pixels, as in an observation."""
    T_camera_face: Array
    """(N, 4, 4) metres."""
    image_size: Array
    """(N, 2) pixels."""
    time_s: Array
    """(N,) seconds in the clip."""
    frame: Array
    """(N,) number of the frame in its clip, counted from 0, including frames that were left out."""
    clip: Array
    """(N,) index into `clip_names`."""
    person: Array
    """(N,) index of the person; clips of one person share it."""
    clip_names: tuple[str, ...]
    left_out: Array
    """(C, 4) number of frames of each clip that were left out, by REASONS."""
    licence: str = "unknown"
    """Licence of the data, as the person who gathered them stated it."""

    @property
    def person_count(self) -> int:
        """Number of different people."""
        return len(np.unique(self.person))

    def observation(self, row: int) -> FaceObservation:
        """Return the observation in one row."""
        return FaceObservation(
            time_s=float(self.time_s[row]),
            scores=self.scores[row],
            landmarks=self.landmarks[row],
            T_camera_face=self.T_camera_face[row],
            image_size=(int(self.image_size[row, 0]), int(self.image_size[row, 1])),
        )

    def taken(self, rows: Array) -> Gathered:
        """Return the frames in `rows`, indices (M,)."""
        return replace(self, **{key: getattr(self, key)[rows] for key in _FRAME_KEYS})

    def save(self, path: Path) -> None:
        """Write the data, whole or not at all; equal data give equal bytes. Raises OutputError."""
        arrays: dict[str, Any] = {
            key: np.asarray(getattr(self, key), kind + "4") for key, (kind, _) in _FRAME_KEYS.items()
        }
        arrays["version"] = VERSION
        arrays["clip_names"] = np.array(self.clip_names, dtype="U")
        arrays["left_out"] = np.asarray(self.left_out, np.int32)
        arrays["licence"] = self.licence
        arrays["score_names"] = MEDIAPIPE_NAMES
        write_npz(path, arrays)


def load_gathered(path: Path) -> Gathered:
    """Read gathered data; REFERENCE names the data that come with the program.

    Raises InputError that names the key of an array that is missing, misshapen or not finite.
    """
    if str(path) == REFERENCE and not path.exists():
        with resources.as_file(resources.files("assets") / "reference_frames.npz") as bundled:
            return load_gathered(bundled)
    arrays = _read(path)
    _check_kind(path, arrays)
    count, clips = arrays["time_s"].size, len(arrays["clip_names"])
    for key, (_, shape) in _FRAME_KEYS.items():
        _check(path, key, arrays[key], (count, *shape))
    _check(path, "left_out", arrays["left_out"], (clips, len(REASONS)))
    _check_faces(path, arrays)
    if count and not 0 <= arrays["clip"].min() <= arrays["clip"].max() < clips:
        raise InputError(
            f"{path}: 'clip' should count the {clips} clips from 0, received {arrays['clip'].max()}. "
            f"{_REMEDY}"
        )
    return Gathered(
        **{key: arrays[key] for key in _FRAME_KEYS},
        clip_names=tuple(map(str, arrays["clip_names"])),
        left_out=arrays["left_out"],
        licence=str(arrays["licence"]),
    )


def joined(parts: Sequence[Gathered], people: Sequence[int], licence: str) -> Gathered:
    """Return the data of several clips as one; `people` holds the index of the person in each part."""
    counts = [len(part.time_s) for part in parts]
    arrays = {key: np.concatenate([getattr(part, key) for part in parts]) for key in _FRAME_KEYS}
    arrays["clip"] = np.repeat(np.arange(len(parts)), counts)
    arrays["person"] = np.repeat(people, counts)
    return Gathered(
        **arrays,
        clip_names=tuple(name for part in parts for name in part.clip_names),
        left_out=np.concatenate([part.left_out for part in parts]),
        licence=licence,
    )


def _check_kind(path: Path, arrays: dict[str, Array]) -> None:
    """Raise InputError for data of another version, other signals, or names that are no texts."""
    version = arrays["version"]
    if version.size != 1 or version.dtype.kind not in "iu" or version.item() != VERSION:
        received = version.item() if version.size == 1 else f"an array of shape {version.shape}"
        raise InputError(f"{path} is of version {shown(received)}, this flame-cam reads {VERSION}. {_REMEDY}")
    if not np.array_equal(arrays["score_names"], MEDIAPIPE_NAMES):
        raise InputError(
            f"{path}: 'score_names' should be the {SIGNAL_COUNT} signals in MediaPipe's order. {_REMEDY}"
        )
    for key, axes in (("clip_names", 1), ("licence", 0)):
        if arrays[key].ndim != axes or arrays[key].dtype.kind != "U":
            raise InputError(f"{path}: {key!r} should be {'texts' if axes else 'a text'}. {_REMEDY}")


def _read(path: Path) -> dict[str, Array]:
    """Read all arrays of a file; raises InputError, also for one that is missing."""
    with expecting("file of gathered data", _REMEDY):
        arrays = read_npz(path, (*_FRAME_KEYS, *_MORE_KEYS))
    missing = [key for key in (*_FRAME_KEYS, *_MORE_KEYS) if key not in arrays]
    if missing:
        raise InputError(f"{path} does not hold gathered data: {missing[0]!r} is missing. {_REMEDY}")
    return arrays


def _check(path: Path, key: str, array: Array, shape: tuple[int, ...]) -> None:
    """Raise InputError unless an array holds finite numbers of a shape."""
    if array.shape != shape or array.dtype.kind not in "iuf":
        received = f"{array.dtype} of shape {array.shape}"
        raise InputError(
            f"{path}: {key!r} should be numbers of shape {shape}, received {received}. {_REMEDY}"
        )
    bad = np.argwhere(~np.isfinite(array))
    if len(bad):
        raise InputError(f"{path}: {key!r} should be finite; row {bad[0][0]} is not. {_REMEDY}")


def _check_faces(path: Path, arrays: dict[str, Array]) -> None:
    """Raise InputError for frames that describe no possible face: gathering leaves such frames out."""
    faces = plausible_faces(
        arrays["scores"], arrays["landmarks"], arrays["T_camera_face"], arrays["image_size"]
    )
    if not faces.all():
        raise InputError(
            f"{path}: row {np.argmin(faces)} holds scores, landmarks or a turn that no face has. {_REMEDY}"
        )
