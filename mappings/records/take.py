"""Takes: recorded streams of observations, written and read as `.npz`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from flame_model.arrays import Array, Float64Array
from flame_model.errors import SourceError
from flame_model.files.checks import one_line, shown
from flame_model.files.npz import array_names, read_npz, write_npz
from flame_model.files.reading import expecting
from flame_model.head import LANDMARK_COUNT
from mappings.frames import FaceObservation
from mappings.plausible_face import plausible_faces
from mappings.records.completed_take import POSE_KEYS, completed
from mappings.records.take_journal import is_journal, journal_arrays
from mappings.signals import ARKIT_NAMES, MEDIAPIPE_NAMES, SIGNAL_COUNT, reordered

TAKE_SHAPES: dict[str, tuple[int, ...]] = {
    "time_s": (),
    "found": (),
    "scores": (SIGNAL_COUNT,),
    "landmarks": (LANDMARK_COUNT, 3),
    "T_camera_face": (4, 4),
    "image_size": (2,),
    "moved": (6,),
}
"""Keys of a take's arrays with the shape of one frame; the first axis of an array counts the frames."""

MOST_FRAMES = 150_000
"""Most frames of a take that this program writes, 83 minutes at 30 a second: reading 177,000 takes the 1 GB
of memory that one file may take."""
_SHORTEST_STEP_S = 1e-3
"""Least time between frames that a frame rate is computed from."""
_MOST_MOVED = 1.0
"""Largest part of `moved` that is accepted: a turn by one radian from frame to frame is none."""
_LARGEST_TIME_S = 1e10
"""Largest time that is accepted, three hundred years."""


@dataclass(frozen=True, slots=True)
class Take:
    """A recorded stream of observations.

        take = load_take(Path("take.npz"))
        for observation, time_s in zip(take.observations, take.times, strict=True):
            params = animated.follow(observation, time_s)

    `flame-cam track --landmarks` writes takes, and so does `save_take`.
    """

    name: str
    observations: tuple[FaceObservation | None, ...]
    """One per frame, None where no face was found."""
    times: Float64Array
    """(N,) seconds, strictly rising."""
    fps: float
    """Frames per second: one over the median step, 0 for fewer than two frames."""
    implausible: int = 0
    """Number of frames that were stored with a face but describe no possible one."""


def save_take(take: Take, path: str | Path) -> None:
    """Write a take as a compressed `.npz` file, completely or not at all; raises OutputError."""
    arrays = observation_arrays(take.times, take.observations)
    write_npz(Path(path), arrays | {"score_names": MEDIAPIPE_NAMES})


def load_take(path: str | Path) -> Take:
    """Read a take from an `.npz` file, or from the journal that an interrupted recording left.

    Raises SourceError.

    Scores whose names are in another order are brought into MediaPipe's order. A frame that describes no
    possible face (see `mappings.plausible_face`) is one without a face.
    """
    path = Path(path)
    arrays = _read_arrays(path)
    times, found = arrays["time_s"].astype(np.float64), arrays["found"] != 0
    _check_times(path, times)
    with np.errstate(over="ignore"):
        scores, landmarks, transforms = (
            array.astype(np.float32, copy=False)
            for array in (_in_mediapipe_order(path, arrays), arrays["landmarks"], arrays["T_camera_face"])
        )
        moved = arrays["moved"].astype(np.float32, copy=False)
        known = np.all(np.abs(moved) <= _MOST_MOVED, axis=1)
    faces = found & plausible_faces(scores, landmarks, transforms, arrays["image_size"])
    observations = tuple(
        FaceObservation(
            time_s=float(times[index]),
            scores=scores[index],
            landmarks=landmarks[index],
            T_camera_face=transforms[index],
            image_size=(int(arrays["image_size"][index, 0]), int(arrays["image_size"][index, 1])),
            moved=moved[index] if known[index] else None,
        )
        if faces[index]
        else None
        for index in range(len(times))
    )
    implausible = int(np.count_nonzero(found & ~faces))
    return Take(path.stem, observations, times, frame_rate(times), implausible)


def observation_arrays(times: Array, observations: tuple[FaceObservation | None, ...]) -> dict[str, Array]:
    """Return the arrays of a take; rows of frames without a face are NaN, with an image size of 0.

    So are rows of `moved` where the motion is not known.
    """
    count = len(observations)
    arrays = {key: np.full((count, *shape), np.nan, np.float32) for key, shape in TAKE_SHAPES.items()}
    arrays["time_s"] = np.asarray(times, dtype=np.float64)
    arrays["found"] = np.array([observation is not None for observation in observations], dtype=bool)
    arrays["image_size"] = np.zeros((count, 2), dtype=np.int32)
    for index, observation in enumerate(observations):
        if observation is not None:
            for key in ("scores", "landmarks", "T_camera_face", "image_size"):
                arrays[key][index] = getattr(observation, key)
            if observation.moved is not None:
                arrays["moved"][index] = observation.moved
    return arrays


def frame_rate(times: Array) -> float:
    """Return the frames per second of times (N,) in seconds, 0 for fewer than two times."""
    return float(1.0 / max(np.median(np.diff(times)), _SHORTEST_STEP_S)) if len(times) > 1 else 0.0


def _read_arrays(path: Path) -> dict[str, Array]:
    """Read the arrays of a take and check their kinds and shapes; raises SourceError."""
    with expecting("take", "Record it again.", error=SourceError):
        if is_journal(path):
            return journal_arrays(path)
        arrays = completed(read_npz(path, (*TAKE_SHAPES, *POSE_KEYS, "score_names")))
    for key, shape in TAKE_SHAPES.items():
        if key not in arrays:
            _refuse_missing(path, key, sorted(array_names(path)))
        expected = (len(arrays["time_s"]) if arrays["time_s"].ndim else 0, *shape)
        if arrays[key].shape != expected or arrays[key].dtype.kind not in "biuf":
            received = f"{arrays[key].dtype} of shape {arrays[key].shape}"
            raise SourceError(f"{path}: {key!r} should be numbers of shape {expected}, received {received}.")
    return arrays


def _refuse_missing(path: Path, key: str, present: list[str]) -> None:
    """Raise SourceError for a missing key."""
    if key == "landmarks" and "scores" in present:
        raise SourceError(
            f"{path} has no landmarks; write it again with: flame-cam track S OUT.npz --landmarks."
        )
    raise SourceError(
        f"{path} is not a take: {key!r} is missing among {one_line(', '.join(present)) or 'no keys at all'}."
    )


def _check_times(path: Path, times: Array) -> None:
    """Raise SourceError unless `times` are finite and rise strictly."""
    good = np.abs(times) <= _LARGEST_TIME_S
    if not good.all():
        raise SourceError(f"{path}: 'time_s' should be finite seconds; frame {np.argmin(good)} is not.")
    falls = np.flatnonzero(np.diff(times) <= 0)
    if len(falls):
        before, after = times[falls[0] : falls[0] + 2]
        raise SourceError(
            f"{path}: 'time_s' should rise, received {after} after {before} at frame {falls[0] + 1}."
        )


def _in_mediapipe_order(path: Path, arrays: dict[str, Array]) -> Array:
    """Return the scores in MediaPipe's order by their `score_names`; without names they are in that order."""
    if "score_names" not in arrays:
        return arrays["scores"]
    names = [str(name) for name in arrays["score_names"].ravel()[: 2 * SIGNAL_COUNT]]
    unknown = sorted(set(names) - set(MEDIAPIPE_NAMES) - set(ARKIT_NAMES))
    if len(set(names)) != SIGNAL_COUNT or unknown:
        reason = (
            f"{shown(unknown[0])} is not one of them"
            if unknown
            else f"received {len(set(names))} different ones"
        )
        raise SourceError(f"{path}: 'score_names' should hold the {SIGNAL_COUNT} signals; {reason}.")
    return reordered(arrays["scores"], names, MEDIAPIPE_NAMES)
