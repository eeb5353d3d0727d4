"""Find and track the clips that the assets are measured on, and read the landmarks of many pictures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from app.sources import open_source
from flame_model.arrays import Float64Array
from flame_model.builtin.measure import TrackedGroup
from flame_model.errors import InputError
from flame_model.files.npz import read_npz
from mappings.frames import FaceObservation
from mappings.tracking.tracker import FaceTracker


def bundle_in(data: Path) -> Path:
    """Return the path of the tracker's bundle in a folder of footage."""
    return data / "models" / "face_landmarker.task"


def clip_in(data: Path, name: str) -> Path:
    """Return the path of a clip in a folder of footage."""
    return data / "clips" / f"{name}.mp4"


def clips_in(data: Path) -> list[Path]:
    """Return the clips in a folder of footage; raises InputError where there is none."""
    clips = sorted((data / "clips").glob("*.mp4"))
    if not clips:
        raise InputError(f"{data / 'clips'} holds no .mp4 clip; name a folder of test data.")
    return clips


def track_clip(clip: Path, bundle: Path) -> list[FaceObservation]:
    """Return the observations of all frames of `clip` in which a face was found."""
    with open_source(str(clip), live=False) as source, FaceTracker(bundle) as tracker:
        observations = map(tracker.observe, source.frames())
        return [observation for observation in observations if observation is not None]


def tracked_groups(data: Path) -> Iterator[TrackedGroup]:
    """Yield one group per clip in `data`/clips, then one of the pictures in `data`/people_landmarks.npz.

    The archive holds `landmarks_px` (N, 478, 3), `scores` (N, 52) and `T_camera_face_cm` (N, 4, 4).
    """
    for clip in clips_in(data):
        observations = track_clip(clip, bundle_in(data))
        transforms = np.array([o.T_camera_face for o in observations], dtype=np.float64)
        yield TrackedGroup(
            landmarks=np.array([o.landmarks for o in observations], dtype=np.float64),
            scores=np.array([o.scores for o in observations], dtype=np.float64),
            rotations=_rotations(transforms),
        )
    people = read_npz(data / "people_landmarks.npz", ("landmarks_px", "scores", "T_camera_face_cm"))
    yield TrackedGroup(
        landmarks=people["landmarks_px"].astype(np.float64),
        scores=people["scores"].astype(np.float64),
        rotations=_rotations(people["T_camera_face_cm"].astype(np.float64)),
        several_people=True,
    )


def _rotations(transforms: Float64Array) -> Float64Array:
    """Return the rotations (N, 3, 3) in transforms (N, 4, 4) whose scale may differ from 1."""
    turned = transforms[:, :3, :3]
    scale = np.cbrt(np.linalg.det(turned))
    return np.asarray(turned / scale[:, None, None])
