"""Keep a head's pose steady: by the pattern of the skin at first, and by the landmarks in the long run."""

from __future__ import annotations

import cv2
import numpy as np

from flame_model.arrays import Array, Float64Array
from flame_model.face.measured_face import bundled_measurement
from flame_model.face.topology import SKULL_POINTS
from mappings.frames import GROWTH, SHIFT, TURN
from mappings.person.apertures import eye_distance

SETTLE_S = 5.0
"""Time constant in seconds with which the pose comes to that of the landmarks."""
FIRST = 4.0
"""The same at first, in times since the face was found."""
MOST_TURN = np.radians(2.5)
"""Largest turn from that of the landmarks, radians, while the head is still."""
STILL = np.radians(0.4)
"""Turn from the recent mean, radians, at which half of that is allowed. While somebody turns their head the
landmarks' turn is followed, which is the one that viewers compare: allowed always, 1.5 degrees bring the
apparent turns of person and head from 0.81 to 1.12 degrees apart."""
RECENT_S = 1.0
"""Time constant in seconds of the recent mean."""
MOST_SHIFT_M = 0.015
"""Largest distance from the landmarks' place, metres."""
GAP_S = 0.5
"""Seconds without a frame after which the motion since the frame before does not tell: somebody seeks in a
take, or a source shows single pictures."""


class SteadyPose:
    """Follow the pose of a face before its camera.

        steady = SteadyPose()
        pose = steady.follow(pose, observation.moved, time_s)

    With the pose (R, p) by the landmarks, the middle of the skull's landmarks there, q = R c + p, and the
    motion (w, d, g) since the frame before (`mappings.tracking.odometry`), the steady pose (F, k), of which
    k is that middle, is after the time T

        F' = exp(w) F,    k' = (k + e d) / (1 + g)             by the skin; e: mean eye distance, metres
        b  = exp(-T / min(SETTLE_S, FIRST t))                  t: time since the first frame
        F <- exp(-u) R,   u = b log(R F'^-1),   |u| <= MOST_TURN / (1 + (v / STILL)^4)
        k <- q - h,       h = b (q - k'),       |h| <= MOST_SHIFT_M

    v is the angle between F and its mean over RECENT_S. Where the motion is not known, it is the landmarks'.
    So a face that opens its mouth does not nod, though all of the tracker's landmarks then do.
    """

    def __init__(self) -> None:
        face = bundled_measurement().neutral
        self._middle = face[list(SKULL_POINTS)].mean(axis=0)
        self._eye_distance = eye_distance(face)
        self._begun_s: float | None = None
        self._time_s = 0.0
        self._seen = self._turn = self._mean = np.eye(3)
        self._seen_place = self._place = np.zeros(3)

    def reset(self) -> None:
        """Forget the past: the next pose passes as it is."""
        self._begun_s = None

    def follow(self, pose: Array, moved: Array | None, time_s: float) -> Float64Array:
        """Return the steady pose (4, 4) for the `pose` (4, 4) of a frame and `FaceObservation.moved`."""
        turn, step_s = pose[:3, :3], time_s - self._time_s
        place = turn @ self._middle + pose[:3, 3]
        if self._begun_s is None or not 0.0 < step_s < GAP_S:
            self._begun_s, self._turn, self._mean, self._place = time_s, turn, turn, place
        else:
            kept = np.exp(-step_s / min(SETTLE_S, FIRST * (time_s - self._begun_s)))
            ahead, middle = self._moved(turn, place, moved)
            most = MOST_TURN / (1.0 + (self._angle_from_mean() / STILL) ** 4)
            self._turn = _matrix(_limited(kept * _vector(turn @ ahead.T), most)).T @ turn
            self._place = place - _limited(kept * (place - middle), MOST_SHIFT_M)
            self._mean = self._mean + (1.0 - np.exp(-step_s / RECENT_S)) * (self._turn - self._mean)
        self._time_s, self._seen, self._seen_place = time_s, turn, place
        steady = np.eye(4)
        steady[:3, :3] = self._turn
        steady[:3, 3] = self._place - self._turn @ self._middle
        return steady

    def _moved(self, turn: Array, place: Array, moved: Array | None) -> tuple[Array, Array]:
        """Return F' (3, 3) and k' (3,) for the landmarks' turn and place."""
        if moved is None:
            return turn @ self._seen.T @ self._turn, self._place + place - self._seen_place
        shift = np.append(self._eye_distance * moved[SHIFT], 0.0)
        return _matrix(moved[TURN]) @ self._turn, (self._place + shift) / (1.0 + moved[GROWTH])

    def _angle_from_mean(self) -> float:
        """Return v, radians."""
        return float(np.linalg.norm(_vector(self._turn @ self._mean.T)))


def _limited(vector: Array, most: float) -> Array:
    """Return a vector (3,), shortened to the length `most` where it is longer."""
    return vector * min(1.0, most / max(float(np.linalg.norm(vector)), 1e-12))


def _vector(turn: Array) -> Array:
    """Return the turn (3, 3), or the one nearest to a mean of turns, as axis-angle radians (3,).

    OpenCV takes a tenth of the time of `flame_model.rotations`, which turns many matrices at once.
    """
    return np.asarray(cv2.Rodrigues(np.ascontiguousarray(turn, dtype=np.float64))[0][:, 0])


def _matrix(vector: Array) -> Float64Array:
    """Return axis-angle radians (3,) as a turn (3, 3)."""
    return np.asarray(cv2.Rodrigues(np.asarray(vector, dtype=np.float64))[0], dtype=np.float64)
