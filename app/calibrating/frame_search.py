"""Calibrate from a recording: search it for the frames that show rest, shut eyes, open mouth and smile."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from app.calibrating.profile_fit import fitted_profile
from app.calibrating.steps import JAW, SMILES, Observations, Step, done, resting_scores, scores_of, unrest
from flame_model.arrays import Float64Array
from flame_model.errors import InputError
from mappings.frames import FaceObservation
from mappings.person.profile import Profile
from mappings.signals import LIDS, signals_named

CALMEST_SHARE = 0.1
"""Share of the frames that is taken as rest."""
STRONGEST_SHARE = 0.03
"""Share of the frames that is taken as a step."""
LEAST_FRAMES = 5
"""Least frames with a face, and for each step."""
LEAST_STRENGTH = 0.5
"""Least score of eyes, jaw or smile that counts as the strongest; the person was not asked for it."""

_RESTLESS = signals_named("brow", "eyeBlink", "eyeLook", "jaw", "mouth")
"""Signals that are weak at rest.

Gaze is among them: in one clip the calmest lips came with a glance aside, which would have become straight
ahead.
"""


def recorded_profile(
    observations: Iterable[FaceObservation | None], base: Profile
) -> tuple[Profile, tuple[Step, ...]]:
    """Return `base` with the parts that a recording determines, and the steps that it does not show.

    Rest is the `CALMEST_SHARE` of the frames with the least sum of restless signals, a step the
    `STRONGEST_SHARE` with the largest score. Raises InputError where the recording shows fewer than
    `LEAST_FRAMES` faces or a face that never rests.
    """
    faces = [each for each in observations if each is not None]
    if len(faces) < LEAST_FRAMES:
        raise InputError(
            f"A calibration needs {LEAST_FRAMES} frames with a face, but the source has {len(faces)}; "
            "name a longer clip of one face with --source."
        )
    scores = scores_of(faces)
    at_rest = _first(faces, scores[:, _RESTLESS].sum(axis=1), CALMEST_SHARE)
    if unrest(at_rest) is not None:
        raise InputError(
            "The face never rests, that is with its mouth shut, its eyes open and no smile; name a clip in "
            "which it rests with --source."
        )
    rest = resting_scores(at_rest)
    strengths = {
        Step.SHUT: scores[:, LIDS].min(axis=1),
        Step.OPEN: scores[:, JAW],
        Step.SMILE: scores[:, SMILES].mean(axis=1),
    }
    seen: dict[Step, Observations] = {Step.REST: at_rest}
    for step, strength in strengths.items():
        strongest = _first(faces, -strength, STRONGEST_SHARE)
        if strength.max() > LEAST_STRENGTH and done(step, strongest, rest):
            seen[step] = strongest
    return fitted_profile(seen, base), tuple(step for step in Step if step not in seen)


def _first(faces: list[FaceObservation], order: Float64Array, share: float) -> Observations:
    """Return the `share` of `faces` with the least `order` (N,), at least `LEAST_FRAMES`."""
    count = max(LEAST_FRAMES, round(share * len(faces)))
    return [faces[index] for index in np.argsort(order, kind="stable")[:count]]
