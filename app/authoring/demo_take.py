"""Cut the demo take from tracked clips: resample their parts to one rate and join them with cross-fades."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation, Slerp

from app.authoring.footage import bundle_in, clip_in, track_clip
from flame_model.arrays import Float64Array
from mappings.frames import FaceObservation
from mappings.records.take import Take

FPS = 30.0
"""Frames per second of the take."""
JOIN_S = 0.5
"""Length of the cross-fade from one part to the next."""
PICTURE = 512
"""Side in pixels of the picture that the landmarks are placed in."""
LANDMARK_STEP = 1 / 32
"""Step in pixels to which landmarks are rounded; finer digits are noise and do not compress."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a clip, in seconds."""

    clip: str
    start_s: float
    end_s: float


CUTS = (
    Cut("speech", 0.0, 7.9),
    Cut("grin", 0.1, 3.0),
    Cut("mouth_shapes", 0.3, 3.6),
    Cut("expressive", 4.4, 9.9),
    Cut("talking_wide", 4.6, 8.0),
    Cut("phone_portrait", 6.0, 9.2),
)
"""Their contents: speech with turns; gaze and a smile; wide mouths; blinks, frowns, turns; raised brows;
smile, pucker."""


@dataclass(frozen=True, slots=True)
class _Stream:
    """Observations at FPS as arrays of length N."""

    scores: Float64Array
    """(N, 52)."""
    landmarks: Float64Array
    """(N, 478, 3) pixels."""
    rotations: Rotation
    places: Float64Array
    """(N, 3) metres from the mean place of the part."""

    def __len__(self) -> int:
        return len(self.scores)


def demo_take(data: Path, cuts: Sequence[Cut] = CUTS) -> Take:
    """Return the demo take from the clips in `data`/clips."""
    streams = [_cut(track_clip(clip_in(data, cut.clip), bundle_in(data)), cut) for cut in cuts]
    whole = streams[0]
    for stream in streams[1:]:
        whole = _joined(whole, stream, round(JOIN_S * FPS))
    times = np.arange(len(whole)) / FPS
    return Take("demo", tuple(_observation(whole, i, t) for i, t in enumerate(times)), times, FPS)


def _cut(observations: list[FaceObservation], cut: Cut) -> _Stream:
    """Resample one part to FPS, with landmarks centred in the picture and the mean place at the origin."""
    times = np.array([o.time_s for o in observations])
    at = np.arange(max(cut.start_s, times[0]), min(cut.end_s, times[-1]), 1.0 / FPS)

    def resample(values: Float64Array) -> Float64Array:
        flat = values.reshape(len(values), -1)
        columns = [np.interp(at, times, column) for column in flat.T]
        return np.stack(columns, axis=1).reshape(len(at), *values.shape[1:])

    transforms = np.array([o.T_camera_face for o in observations], dtype=np.float64)
    landmarks = resample(np.array([o.landmarks for o in observations], dtype=np.float64))
    landmarks *= 0.45 * PICTURE / np.ptp(landmarks[..., 1], axis=1).mean()
    landmarks[..., :2] += PICTURE / 2 - landmarks[..., :2].mean((0, 1))
    places = resample(transforms[:, :3, 3])
    turns = Slerp(times, Rotation.from_matrix(transforms[:, :3, :3]))(at)
    return _Stream(
        resample(np.array([o.scores for o in observations])), landmarks, turns, places - places.mean(0)
    )


def _joined(first: _Stream, second: _Stream, overlap: int) -> _Stream:
    """Return `first` followed by `second`, cross-faded over `overlap` frames."""
    share = np.linspace(0.0, 1.0, overlap + 2)[1:-1]
    share = share * share * (3.0 - 2.0 * share)

    def blend(a: Float64Array, b: Float64Array) -> Float64Array:
        weight = share.reshape(-1, *[1] * (a.ndim - 1))
        middle = (1.0 - weight) * a[-overlap:] + weight * b[:overlap]
        return np.concatenate([a[:-overlap], middle, b[overlap:]])

    before, after = first.rotations[-overlap:], second.rotations[:overlap]
    middle = before * Rotation.from_rotvec(share[:, None] * (before.inv() * after).as_rotvec())
    return _Stream(
        blend(first.scores, second.scores),
        blend(first.landmarks, second.landmarks),
        Rotation.concatenate([first.rotations[:-overlap], middle, second.rotations[overlap:]]),
        blend(first.places, second.places),
    )


def _observation(stream: _Stream, index: int, time_s: float) -> FaceObservation:
    transform = np.eye(4)
    transform[:3, :3] = stream.rotations[index].as_matrix()
    transform[:3, 3] = stream.places[index] + np.array([0.0, 0.0, -0.45])
    return FaceObservation(
        time_s=time_s,
        scores=stream.scores[index].round(4).astype(np.float32),
        landmarks=((stream.landmarks[index] / LANDMARK_STEP).round() * LANDMARK_STEP).astype(np.float32),
        T_camera_face=transform.round(5).astype(np.float32),
        image_size=(PICTURE, PICTURE),
    )
