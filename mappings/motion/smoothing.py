"""Smooth observations over time, so that the head is still at rest and not late when the face moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flame_model.arrays import Array, Float32Array
from flame_model.errors import InputError
from flame_model.face.topology import FACE_POINT_COUNT
from mappings.frames import FaceObservation
from mappings.motion.face_regions import FaceRegions, face_regions
from mappings.person.apertures import eye_distance

DEFAULT_SMOOTHING = 0.3
"""A light strength. With a sensor's noise (sigma 3 of 255) the landmarks of lips and lids of people who do
not move go 0.11 mm from frame to frame, and 0.003 mm after it. While people talk it leaves them 0.12 mm from
where they were tracked, and 2 ms late; MediaPipe's own smoothing leaves them 0.40 mm from there."""
NOISE = np.array([0.0009, 0.0009, 0.0012, 0.0013, 0.0014])
"""(R,) noise of the regions' landmarks, eye distances: mean over seven clips with a sensor's noise."""
_MOTION_NOISE = 0.00035
"""Noise of `FaceObservation.moved`, eye distances at _REACH: it adds up to this in 0.3 s."""
_REACH = 0.7
"""Distance of a face's points from its middle, eye distances, by which turn and growth are compared with a
shift."""
_GATE = 10.0
"""Movement that half passes at the strength 0.5, in multiples of the noise: 4.3 at the default. With 3 the
landmarks move 0.005 mm at rest and are 0.08 mm from where they were tracked, with 5 they are 0.002 and 0.17
mm."""
_SHARPNESS = 5
"""Exponent of the gate. From 8 on a slow movement passes in steps."""
_ALL = 1e3
"""Multiple of the gate beyond which everything passes."""
_DRIFT_HZ = 0.01
"""Cutoff at rest at the strength 0.5, with which the face follows what lies within the noise."""
_LARGEST_RATIO = 50.0
"""Largest factor of the noise for the strength, with which the head all but stands still."""


class Smoothing:
    """Smooth the observations of one face.

        smoothing = Smoothing()
        observation = smoothing.smooth(observation, time_s)

    Noise moves all landmarks of a region a little, and movement moves many of them by more. With the
    landmarks x and the scores s of a frame, the smoothed ones y and u of the frame before, and the eye
    distance d in pixels, a region with the K telling landmarks k and the noise n passes the share a of what
    is new, after the time T:

        e^2 = sum_k |x_k - y_k|^2 / (K d^2)              in the picture
        r   = (e / (_GATE q n))^_SHARPNESS               q = strength / (1 - strength)
        f   = 1 - exp(-2 pi T _DRIFT_HZ / q)
        a   = f + (1 - f) r / (1 + r)
        a of the upper face = max a              a movement anywhere shifts all landmarks a little, and with
                                                 them the turn, which has to stay in step with its cause
        y <- y + a (x - y),    u <- u + a (s - u)        for all landmarks and scores of the region

    Unlike a filter that goes by a speed, which has to be averaged first, it passes a movement in the frame in
    which it begins. The face's place moves with the upper face. The motion by the skin passes a gate of its
    own, with the share r / (1 + r) of all that has not passed yet. A strength of 0 turns it off, 1 all but
    stops the head.
    """

    def __init__(self, strength: float = DEFAULT_SMOOTHING) -> None:
        if not 0.0 <= strength <= 1.0:
            raise InputError(f"--smoothing should be from 0 (off) to 1, received {strength}.")
        self._ratio = min(strength / (1.0 - strength), _LARGEST_RATIO) if strength < 1.0 else _LARGEST_RATIO
        self._regions: FaceRegions = face_regions()
        self._last: FaceObservation | None = None
        self._time_s = 0.0
        self._waiting = np.zeros(6)
        """Motion that did not pass yet."""

    def reset(self) -> None:
        """Forget the past: the next observation passes unchanged."""
        self._last = None
        self._waiting = np.zeros(6)

    def smooth(self, seen: FaceObservation, time_s: float) -> FaceObservation:
        """Return the smoothed observation, the same object where smoothing is off.

        A clock that stands still or falls back, and a picture of another size, begin afresh.
        """
        if self._ratio == 0.0:
            return seen
        last, step_s = self._last, time_s - self._time_s
        if last is not None and step_s > 0.0 and last.image_size == seen.image_size:
            shares = self._shares(last, seen, step_s)
            seen = replace(self._toward(last, seen, shares), moved=self._motion(seen.moved))
        self._last, self._time_s = seen, time_s
        return seen

    def _shares(self, last: FaceObservation, seen: FaceObservation, step_s: float) -> Array:
        """Return the share a (R,) of what is new that each region passes."""
        moved = ((seen.landmarks - last.landmarks)[:, :2] ** 2).sum(axis=1)
        mean = np.array([moved[points].mean() for points in self._regions.telling])
        size = eye_distance(seen.landmarks[:FACE_POINT_COUNT])
        # Limited, because a movement has passed whole long before its power is infinite.
        passed = np.minimum(np.sqrt(mean) / (size * self._ratio * _GATE * NOISE), _ALL) ** _SHARPNESS
        drift = 1.0 - np.exp(-2.0 * np.pi * step_s * _DRIFT_HZ / self._ratio)
        shares = np.asarray(drift + (1.0 - drift) * passed / (1.0 + passed))
        shares[self._regions.upper_face] = shares.max()
        return shares

    def _motion(self, moved: Array | None) -> Float32Array | None:
        """Return the motion (6,) that passes the gate; the rest waits for the next frame."""
        waiting = np.zeros(6) if moved is None else self._waiting + moved
        size = float(np.linalg.norm(waiting * [_REACH, _REACH, _REACH, 1.0, 1.0, _REACH]))
        passed = min(size / (self._ratio * _GATE * _MOTION_NOISE), _ALL) ** _SHARPNESS
        passing = passed / (1.0 + passed) * waiting
        self._waiting = waiting - passing
        return None if moved is None else passing.astype(np.float32)

    def _toward(self, last: FaceObservation, seen: FaceObservation, shares: Array) -> FaceObservation:
        """Return the observation on the way from the last one to the one seen."""
        regions = self._regions
        of_landmarks = shares[regions.of_landmark][:, None]
        return mixed_observations(
            last, seen, shares[regions.of_score], of_landmarks, shares[regions.upper_face]
        )


def mixed_observations(
    last: FaceObservation,
    seen: FaceObservation,
    of_scores: Array | float,
    of_landmarks: Array | float,
    of_place: float,
) -> FaceObservation:
    """Return the observation that is the given shares, 0 to 1, of the way from the last one to the one seen.

    The shares of the scores (52,) and the landmarks (478, 1) may be one for all. The reported turn is that of
    the one seen.
    """

    def mixed(old: Array, new: Array, share: Array | float) -> Array:
        return np.asarray(old + share * (new - old), dtype=new.dtype)

    pose = seen.T_camera_face.copy()
    pose[:3, 3] = mixed(last.T_camera_face[:3, 3], pose[:3, 3], of_place)
    return replace(
        seen,
        scores=mixed(last.scores, seen.scores, of_scores),
        landmarks=mixed(last.landmarks, seen.landmarks, of_landmarks),
        T_camera_face=pose,
    )
