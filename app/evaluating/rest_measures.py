"""Measure a head while the person is at rest: its jitter, and its distance from its own rest."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.evaluating.driving import Variant
from app.evaluating.face_points import LIPS_AND_LIDS, SPEAKING, FacePoints
from app.evaluating.observed_clips import ObservedClip
from app.evaluating.rest_frames import calm_frames
from app.evaluating.still_person import FPS, SETTLED
from mappings.frames import FaceObservation
from mappings.person.upright_face import upright_face

SAME_MM = 0.5
"""Mean distance of a person's lips, lids and brows up to which two calm frames show the same resting face.

Low scores alone do not suffice: a talker's lips moved 2 mm between frames that are calm by their scores.
"""
UNKNOWN = float("nan")
"""Value of a measure that the clip or the head does not allow."""


def rest_jitter(clip: ObservedClip, variant: Variant, points: FacePoints) -> float:
    """Return the mean distance in mm that noise alone moves lips and lids from frame to frame."""
    driver = variant.driver()
    params = [driver.follow(each, index / FPS) for index, each in enumerate(clip.still)]
    found = np.array([each is not None for each in clip.still[SETTLED:]])
    if not found.any():
        return UNKNOWN
    moved = points.displacements(params[SETTLED:])[:, LIPS_AND_LIDS]
    steps = np.linalg.norm(np.diff(moved, axis=0), axis=2)[found[1:] & found[:-1]]
    return float(steps.mean()) if steps.size else UNKNOWN


def neutral_bias(clip: ObservedClip, variant: Variant, points: FacePoints) -> float:
    """Return the median distance in mm of lips, lids and brows from the head's rest while the person rests.

    Neutral is set in the calmest frame. The median is over that frame and the calm frames that differ from
    it by at most SAME_MM.
    """
    calm = calm_frames(clip.driving)
    if not calm.size:
        return UNKNOWN
    driver = variant.unsmoothed().driver()
    for observation, time_s in zip(clip.driving[: calm[0] + 1], clip.times, strict=False):
        driver.follow(observation, float(time_s))
    driver.set_neutral()
    resting = _like_the_first([each for index in calm if (each := clip.driving[index]) is not None])
    shown = points.displacements(driver.params(each) for each in resting)
    return float(np.median(np.linalg.norm(shown, axis=2)))


def _like_the_first(observations: Sequence[FaceObservation]) -> list[FaceObservation]:
    """Return the observations whose lips, lids and brows lie within SAME_MM of the first one's on average."""
    faces = np.array([upright_face(each)[SPEAKING] for each in observations])
    apart_mm = 1000.0 * np.linalg.norm(faces - faces[0], axis=2).mean(axis=1)
    return [each for each, apart in zip(observations, apart_mm, strict=True) if apart <= SAME_MM]
