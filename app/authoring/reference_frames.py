"""Pick the reference frames: a few frames of many people that differ from each other as much as possible."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from app.authoring.footage import bundle_in, clips_in
from app.training.gathering.clip import ClipTask, gather_clip
from flame_model.arrays import Array
from flame_model.files.npz import read_npz
from mappings.records.gathered import REASONS, Gathered, joined
from mappings.scores.ridge import SMALL_STD
from mappings.tracking.landmarker import metres_from_centimetres

FRAMES = 250
"""Number of reference frames."""
FACE_HEIGHT = 384.0
"""Height in pixels to which every face is scaled, so that the framing of its picture does not matter."""
LANDMARK_STEP = 1 / 8
"""Step in pixels to which landmarks are rounded; finer digits are noise and do not compress."""
LICENCE = (
    "MIT; numbers measured on example clips of LivePortrait, SadTalker and face_recognition, and on pictures"
)


def reference_frames(data: Path) -> Gathered:
    """Return FRAMES frames of the clips in `data`/clips and the faces in `data`/people_landmarks.npz."""
    parts = [gather_clip(ClipTask(clip, bundle_in(data))) for clip in clips_in(data)]
    parts += _pictures(data / "people_landmarks.npz")
    everything = joined(parts, range(len(parts)), LICENCE)
    return _compact(everything.taken(np.sort(different_rows(everything.scores, FRAMES))))


def different_rows(scores: Array, count: int) -> Array:
    """Return `count` rows of scores (N, 52): the calmest, then each time the farthest from those chosen."""
    scaled = scores / np.maximum(scores.std(axis=0), SMALL_STD)
    rows = [int(scaled.sum(axis=1).argmin())]
    distance = np.full(len(scaled), np.inf)
    while len(rows) < min(count, len(scaled)):
        distance = np.minimum(distance, ((scaled - scaled[rows[-1]]) ** 2).sum(axis=1))
        rows.append(int(distance.argmax()))
    return np.array(rows)


def _pictures(path: Path) -> list[Gathered]:
    """Return one part for each tracked picture; each shows another person."""
    arrays = read_npz(path, ("scores", "landmarks_px", "T_camera_face_cm", "image_wh"))
    zero = np.zeros(1, dtype=np.int32)
    return [
        Gathered(
            scores=arrays["scores"][[row]],
            landmarks=arrays["landmarks_px"][[row]],
            T_camera_face=metres_from_centimetres(arrays["T_camera_face_cm"][row])[None],
            image_size=arrays["image_wh"][[row]],
            time_s=zero.astype(np.float32),
            frame=zero,
            clip=zero,
            person=zero,
            clip_names=(f"picture{row}",),
            left_out=np.zeros((1, len(REASONS)), dtype=np.int32),
        )
        for row in range(len(arrays["scores"]))
    ]


def _compact(frames: Gathered) -> Gathered:
    """Return the frames with faces of one size and rounded numbers, and only the clips that occur in them."""
    scale = FACE_HEIGHT / np.ptp(frames.landmarks[..., 1], axis=1)
    landmarks = frames.landmarks * scale[:, None, None]
    used, clip = np.unique(frames.clip, return_inverse=True)
    return replace(
        frames,
        scores=frames.scores.round(4),
        landmarks=(landmarks / LANDMARK_STEP).round() * LANDMARK_STEP,
        T_camera_face=frames.T_camera_face.round(5),
        image_size=(frames.image_size * scale[:, None]).round(),
        clip=clip,
        person=np.unique(frames.person, return_inverse=True)[1],
        clip_names=tuple(frames.clip_names[index] for index in used),
        left_out=frames.left_out[used],
    )
