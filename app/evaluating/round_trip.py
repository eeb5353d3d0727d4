"""Compare what the tracker observed on a person and on the head that the person drove."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Array, Float64Array
from flame_model.rotations import axis_angle_from_matrix
from mappings.frames import FaceObservation
from mappings.signals import MEDIAPIPE_NAMES, SIGNAL_COUNT

Observations = Sequence[FaceObservation | None]
"""Frame by frame; None where no face was found."""

MOVES = 0.05
"""Standard deviation of a score in the person's clip above which it counts as moving; chosen by trial."""
_FLAT = 1e-6
"""Standard deviation up to which a value counts as constant."""
_LIDS = (((159, 145), (158, 153), (33, 133)), ((386, 374), (385, 380), (362, 263)))
"""Landmarks of the right and the left eye: two pairs across its opening, and its corners."""
_MOUTH_HEIGHT, _MOUTH_WIDTH, _EYE_DISTANCE = (13, 14), (61, 291), (33, 263)
"""Landmarks of the inner lips' middles, the mouth's corners and the eyes' outer corners."""
EYE, MOUTH = "eye aperture", "mouth opening"
"""Names of the two shapes whose curves the report shows."""


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """How well the head's face follows the person's over one clip; NaN where nothing can be compared."""

    frames: int
    """Number of frames in the clip."""
    seen: float
    """Share of the frames with the person's face in which the head's was found too."""
    correlations: dict[str, float]
    """Pearson's r over time of every score that moves in the clip, by signal."""
    error: float
    """Mean absolute difference of the 52 scores."""
    eye_aperture: float
    """Mean r of both eyes' aspect ratios, which come from landmarks and not from scores."""
    mouth_opening: float
    """r of the mouth's aspect ratio."""
    mouth_width: float
    """r of the mouth's width over the distance of the eyes' outer corners."""
    pose_deg: float
    """Median angle between the turns of the two faces after their constant offset is removed, degrees."""

    @property
    def correlation(self) -> float:
        """Mean r over the scores that move; NaN where none does."""
        return float(np.mean(list(self.correlations.values()))) if self.correlations else float("nan")


def compare(person: Observations, head: Observations) -> RoundTrip:
    """Compare the observations of a person with those of the head, frame by frame.

    Only frames in which both faces were found count.
    """
    pairs = paired(person, head)
    faces = sum(each is not None for each in person)
    if not pairs:
        nan = float("nan")
        return RoundTrip(len(person), 0.0, {}, nan, nan, nan, nan, nan)
    scores, tracked = (scores_of([pair[side] for pair in pairs]) for side in (0, 1))
    shapes = [ratios([pair[side] for pair in pairs]) for side in (0, 1)]
    right, left, mouth, width = (_pearson(a, b) for a, b in zip(shapes[0].T, shapes[1].T, strict=True))
    moving = np.flatnonzero(scores.std(axis=0) > MOVES)
    return RoundTrip(
        frames=len(person),
        seen=len(pairs) / faces,
        correlations={MEDIAPIPE_NAMES[k]: _pearson(scores[:, k], tracked[:, k]) for k in moving},
        error=float(np.abs(scores - tracked).mean()),
        eye_aperture=(right + left) / 2.0,
        mouth_opening=mouth,
        mouth_width=width,
        pose_deg=_turn_between(pairs),
    )


def paired(person: Observations, head: Observations) -> list[tuple[FaceObservation, FaceObservation]]:
    """Return the pairs of observations from the frames in which both faces were found."""
    both = zip(person, head, strict=True)
    return [(a, b) for a, b in both if a is not None and b is not None]


def scores_of(observations: Sequence[FaceObservation]) -> Float64Array:
    """Return the scores (N, 52) of observations."""
    rows = np.array([each.scores for each in observations], dtype=np.float64)
    return rows.reshape(len(observations), SIGNAL_COUNT)


def ratios(observations: Sequence[FaceObservation]) -> Float64Array:
    """Return ratios (N, 4) of lengths in the picture.

    They are the aspect ratios of right eye, left eye and mouth, and the mouth's width over the distance of
    the eyes' outer corners.
    """
    points = np.array([each.landmarks[:, :2] for each in observations], dtype=np.float64)

    def distance(pair: tuple[int, int]) -> Float64Array:
        return np.asarray(np.linalg.norm(points[:, pair[0]] - points[:, pair[1]], axis=1))

    eyes = [(distance(one) + distance(two)) / (2.0 * distance(along)) for one, two, along in _LIDS]
    width = distance(_MOUTH_WIDTH)
    return np.stack([*eyes, distance(_MOUTH_HEIGHT) / width, width / distance(_EYE_DISTANCE)], axis=1)


def _pearson(person: Array, head: Array) -> float:
    """Return r of two values over time (N,): NaN for a constant `person`, else 0 for a constant `head`."""
    if person.std() <= _FLAT:
        return float("nan")
    return float(np.corrcoef(person, head)[0, 1]) if head.std() > _FLAT else 0.0


def _turn_between(pairs: list[tuple[FaceObservation, FaceObservation]]) -> float:
    """Return the median angle in degrees between the turns of pairs after their mean offset is removed."""
    person, head = (
        np.array([pair[side].T_camera_face[:3, :3] for pair in pairs], dtype=np.float64) for side in (0, 1)
    )
    between = person @ head.transpose(0, 2, 1)
    u, _, vt = np.linalg.svd(between.mean(axis=0))
    remaining = (u @ vt) @ between.transpose(0, 2, 1)
    return float(np.degrees(np.median(np.linalg.norm(axis_angle_from_matrix(remaining), axis=-1))))
