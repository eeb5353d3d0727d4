"""Spoil single pictures of a clip: blur them as fast motion does, or pass a hand over the face."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from flame_model.arrays import Array, Picture
from flame_model.face.topology import FACE_POINT_COUNT
from mappings.frames import FaceObservation
from mappings.person.apertures import eye_distance

Spoil = Callable[[Picture, FaceObservation, float], Picture]
"""From a picture (H, W, 3), the face undisturbed in it, and the time in the event from -1 to 1 to the
picture to track."""

BLUR = 0.3
"""Length of the streak that motion draws of a point, eye distances. With twice as long ones the tracker
mostly loses the face, which is another matter."""
FIRST = 12
"""Number of the first frame that is disturbed."""
_MOUTH, _BETWEEN_EYES, _CHEEKS = 13, 168, [50, 280]
_SOFTNESS = 0.02
"""Standard deviation of the hand's edge, eye distances."""


@dataclass(frozen=True, slots=True)
class Disturbance:
    """A disturbance that comes again and again."""

    spoilt: Spoil
    lengths: tuple[int, ...]
    """Numbers of frames for which it lasts, in turn."""
    period: int = 20
    """Frames from the beginning of an event to that of the next one."""

    def share(self, index: int) -> float | None:
        """Return the time, -1 to 1, in the event to which frame `index` belongs, None between the events."""
        event, frame = divmod(index - FIRST, self.period)
        length = self.lengths[event % len(self.lengths)]
        if event < 0 or frame >= length:
            return None
        return (2.0 * frame + 1.0) / length - 1.0

    def events(self, count: int) -> list[slice]:
        """Return the frames of each event and those up to the next one, of `count` frames."""
        return [slice(first, first + self.period) for first in range(FIRST, count, self.period)]


def _blurred(direction_deg: float) -> Spoil:
    """Return the blur of a camera or head that moves in a direction during the exposure."""

    def disturbed(picture: Picture, seen: FaceObservation, _: float) -> Picture:
        reach = round(0.5 * BLUR * _size(seen))
        kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
        along = reach * np.array([np.cos(np.radians(direction_deg)), np.sin(np.radians(direction_deg))])
        first, last = (tuple(np.round(reach + sign * along).astype(int).tolist()) for sign in (-1, 1))
        cv2.line(kernel, first, last, 1.0)
        return np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), dtype=np.uint8)

    return disturbed


def _hand_over(point: int) -> Spoil:
    """Return a hand that passes over a landmark from one side of the face to the other."""

    def disturbed(picture: Picture, seen: FaceObservation, share: float) -> Picture:
        size = _size(seen)
        middle = seen.landmarks[point, :2] + np.array([1.6 * size * share, 0.0])
        mask = np.zeros(picture.shape[:2], np.float32)
        for finger in range(4):
            low, high = middle + size * np.array([[0.2 * finger - 0.3, 0.3], [0.22 * finger - 0.33, -0.55]])
            cv2.line(mask, _pixel(low), _pixel(high), 1.0, max(1, round(0.17 * size)), cv2.LINE_AA)
        palm = (max(1, round(0.4 * size)), max(1, round(0.45 * size)))
        cv2.ellipse(
            mask, _pixel(middle + np.array([0.0, 0.6 * size])), palm, 0.0, 0.0, 360.0, 1.0, -1, cv2.LINE_AA
        )
        mask = cv2.GaussianBlur(mask, (0, 0), max(0.5, _SOFTNESS * size))[..., None]
        return np.asarray(np.round(picture + mask * (_skin(picture, seen) - picture)), dtype=np.uint8)

    return disturbed


def _size(seen: FaceObservation) -> float:
    return eye_distance(seen.landmarks[:FACE_POINT_COUNT])


def _pixel(point: Array) -> tuple[int, int]:
    return round(float(point[0])), round(float(point[1]))


def _skin(picture: Picture, seen: FaceObservation) -> Array:
    """Return the colour (3,) of the cheeks, a little darker, as a hand's is."""
    height, width = picture.shape[:2]
    places = np.clip(seen.landmarks[_CHEEKS, :2], 0, (width - 1, height - 1)).astype(int)
    return np.asarray(0.9 * picture[places[:, 1], places[:, 0]].mean(axis=0))


DISTURBANCES = {
    "blur to the side": Disturbance(_blurred(0.0), (1, 2, 3)),
    "blur downwards": Disturbance(_blurred(90.0), (1, 2, 3)),
    "blur aslant": Disturbance(_blurred(35.0), (1, 2, 3)),
    "hand over the mouth": Disturbance(_hand_over(_MOUTH), (4, 6, 8)),
    "hand over the eyes": Disturbance(_hand_over(_BETWEEN_EYES), (4, 6, 8)),
    "blur for a second": Disturbance(_blurred(0.0), (30,), 60),
}
"""By name."""
