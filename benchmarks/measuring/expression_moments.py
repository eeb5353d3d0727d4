"""Moments of clips in which people show certain expressions, and the head that they drive in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.evaluating.driving import Variant
from app.pipeline.observer import ObservedFrame
from app.pipeline.whole_source import observe_source, open_whole_source
from flame_model.arrays import Picture
from flame_model.errors import InputError
from flame_model.params import HeadParams
from mappings.frames import FaceObservation
from mappings.person.typical_rest import typical_rest
from mappings.signals import MEDIAPIPE_INDEX

MARGIN = 0.45
"""Margin around the face on each side of the person's picture, in the face's larger extent."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in which a person shows an expression, or a signal that nobody shows."""

    expression: str
    clip: str = ""
    time_s: float = 0.0
    signal: str = ""
    """Driven alone where there is no clip."""


MOMENTS = (
    Moment("smile, lips closed", "phone_portrait", 8.40),
    Moment("smile with teeth", "phone_portrait", 7.00),
    Moment("anger", "expressive", 5.60),
    Moment("disgust", "expressive", 0.50),
    Moment("surprise", "expressive", 10.50),
    Moment("sadness", "phone_portrait", 9.50),
    Moment("fear", "talking_wide", 12.17),
    Moment("a", "mouth_shapes", 4.50),
    Moment("e", "speech", 2.72),
    Moment("i", "speech", 0.80),
    Moment("o", "talking_wide", 2.89),
    Moment("u", "phone_portrait", 5.56),
    Moment("m", "speech", 2.88),
    Moment("f", "speech", 3.28),
    Moment("wink", "expressive", 1.40),
    Moment("kiss", "talking_wide", 1.89),
    Moment("puffed cheeks", signal="cheekPuff"),
)
"""Found by looking at the clips. The sounds are those that the mouth seems to form; nothing was heard. Nobody
puffs the cheeks, and the tracker does not report it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A moment with the person's picture and the parameters of the head."""

    moment: Moment
    person: Picture | None
    """A square around the face; None where nobody shows the expression."""
    params: HeadParams


def shown_moments(data: Path, variant: Variant, bundle: Path) -> list[Shown]:
    """Return MOMENTS as the clips in the folder `data` drive the head. Raises SourceError or InputError."""
    clips = dict.fromkeys(moment.clip for moment in MOMENTS if moment.clip)
    found = {shown.moment: shown for clip in clips for shown in _of_clip(data, clip, variant, bundle)}
    return [found.get(moment) or Shown(moment, None, _alone(moment.signal, variant)) for moment in MOMENTS]


def _of_clip(data: Path, clip: str, variant: Variant, bundle: Path) -> Iterator[Shown]:
    """Yield the moments of one clip, which drives the head from its beginning."""
    wanted = sorted((each for each in MOMENTS if each.clip == clip), key=lambda each: each.time_s)
    driver = variant.driver()
    with (
        open_whole_source(str(data / f"{clip}.mp4"), None) as source,
        closing(observe_source(source, bundle, print)) as frames,
    ):
        for frame in frames:
            params = driver.follow(frame.observation, frame.time_s)
            # Half a frame early counts, because times of clips are rounded.
            while wanted and frame.time_s >= wanted[0].time_s - 0.5 / (source.fps or 30.0):
                yield Shown(wanted.pop(0), _person(frame, clip), params)
            if not wanted:
                return
    raise InputError(f"The clip {clip} ends before {wanted[0].time_s} s; it is another clip of this name.")


def _person(frame: ObservedFrame, clip: str) -> Picture:
    """Return the square around the person's face."""
    if frame.observation is None or frame.image is None:
        raise InputError(
            f"No face is found in {clip} at {frame.time_s:.2f} s; it is another clip of this name."
        )
    return face_square(frame.image, frame.observation)


def face_square(image: Picture, observation: FaceObservation) -> Picture:
    """Return the square around a face with MARGIN, moved and shrunk until it is inside the picture."""
    points = observation.landmarks[:, :2]
    low, high = points.min(axis=0), points.max(axis=0)
    height, width = image.shape[:2]
    side = int(min((1.0 + 2.0 * MARGIN) * (high - low).max(), height, width))
    corner = np.clip((low + high - side) / 2.0, 0, (width - side, height - side)).astype(int)
    left, top = int(corner[0]), int(corner[1])
    return np.ascontiguousarray(image[top : top + side, left : left + side])


def _alone(signal: str, variant: Variant) -> HeadParams:
    """Return the head at rest, with one signal at 1."""
    mapping = variant.animated.mapping
    scores = typical_rest().copy()
    scores[MEDIAPIPE_INDEX[signal]] = 1.0
    return mapping.coefficients(scores).params()
