"""What a head does while the person does nothing: how much it trembles, how far from its own rest it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from app.evaluating.calm import calm_frames
from app.evaluating.driving import Variant
from app.evaluating.face_points import LIPS_AND_LIDS, SPEAKING, FacePoints
from app.evaluating.observed_clips import ObservedClip
from app.evaluating.still_person import FPS, SETTLED
from mappings.frames import FaceObservation
from mappings.person.upright import upright_face

SAME_MM = 0.5
"""Mean distance of a person's own speaking points up to which a calm face is the same resting face.

Low scores alone do not tell: a talker's lips went 2 mm between frames that are calm by their scores.
"""
NOT_KNOWN = float("nan")


def rest_jitter(clip: ObservedClip, variant: Variant, points: FacePoints) -> float:
    """Return how far lips and lids go from frame to frame, mean in mm, when all that moves is noise."""
    driver = variant.driver()
    params = [driver.follow(each, index / FPS) for index, each in enumerate(clip.still)]
    seen = np.array([each is not None for each in clip.still[SETTLED:]])
    if not seen.any():
        return NOT_KNOWN
    moved = points.displacements(params[SETTLED:])[:, LIPS_AND_LIDS]
    steps = np.linalg.norm(np.diff(moved, axis=0), axis=2)[seen[1:] & seen[:-1]]
    return float(steps.mean()) if steps.size else NOT_KNOWN


def neutral_bias(clip: ObservedClip, variant: Variant, points: FacePoints) -> float:
    """Return how far the speaking points are from rest, median in mm, when the person is at rest.

    Neutral is set in the calmest frame; it counts, and so do the calm ones that differ from it by no more
    than SAME_MM.
    """
    calm = calm_frames(clip.driving)
    if not calm.size:
        return NOT_KNOWN
    driver = variant.unsmoothed().driver()
    for observation, time_s in zip(clip.driving[: calm[0] + 1], clip.times, strict=False):
        driver.follow(observation, float(time_s))
    driver.set_neutral()
    resting = _like_first([each for index in calm if (each := clip.driving[index]) is not None])
    shown = points.displacements(driver.params(each) for each in resting)
    return float(np.median(np.linalg.norm(shown, axis=2)))


def _like_first(observations: Sequence[FaceObservation]) -> list[FaceObservation]:
    """Return those in which the person's own lips, lids and brows are where they are in the first."""
    faces = np.array([upright_face(each)[SPEAKING] for each in observations])
    apart_mm = 1000.0 * np.linalg.norm(faces - faces[0], axis=2).mean(axis=1)
    return [each for each, apart in zip(observations, apart_mm, strict=True) if apart <= SAME_MM]
