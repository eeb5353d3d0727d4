"""The calibration from something recorded: nobody can be asked, so the telling frames are looked for."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from app.calibrating.fitting import fitted_profile
from app.calibrating.steps import JAW, SMILES, Seen, Step, done, resting_scores, scores_of, unrest
from flame_model.errors import InputError
from mappings.frames import FaceObservation
from mappings.person.profile import Profile
from mappings.person.typical_rest import LIDS
from mappings.signals import MEDIAPIPE_NAMES

CALMEST_SHARE = 0.1
STRONGEST_SHARE = 0.03
LEAST_FRAMES = 5
MEANT = 0.5
"""Nobody was asked: eyes, jaw or smile that never come so far do not tell how far they can."""

_RESTLESS = np.array(
    [name.startswith(("brow", "eyeBlink", "eyeLook", "jaw", "mouth")) for name in MEDIAPIPE_NAMES]
)
"""Looks too: a clip's calmest lips went with a glance aside, which would have become looking ahead."""


def recorded_profile(
    observations: Iterable[FaceObservation | None], base: Profile
) -> tuple[Profile, tuple[Step, ...]]:
    """Return `base` with what a recording tells of the person, and the steps that it does not show.

    The calmest tenth of the frames is the rest. Raises InputError where hardly any face is seen or it never
    rests.
    """
    faces = [each for each in observations if each is not None]
    if len(faces) < LEAST_FRAMES:
        raise InputError(
            f"A calibration needs {LEAST_FRAMES} frames with a face, received {len(faces)}; "
            "name a longer clip of one face with --source."
        )
    scores = scores_of(faces)
    seen: dict[Step, Seen] = {Step.REST: _first(faces, scores[:, _RESTLESS].sum(axis=1), CALMEST_SHARE)}
    rest = resting_scores(seen[Step.REST])
    if unrest(seen[Step.REST]) is not None:
        raise InputError(
            "The face never rests, mouth shut and eyes open without a smile; name a clip with --source in "
            "which it does."
        )
    strengths = {
        Step.SHUT: scores[:, LIDS].min(axis=1),
        Step.OPEN: scores[:, JAW],
        Step.SMILE: scores[:, SMILES].mean(axis=1),
    }
    for step, strength in strengths.items():
        strongest = _first(faces, -strength, STRONGEST_SHARE)
        if strength.max() > MEANT and done(step, strongest, rest):
            seen[step] = strongest
    return fitted_profile(seen, base), tuple(step for step in Step if step not in seen)


def _first(faces: list[FaceObservation], order: np.ndarray, share: float) -> Seen:
    """Return the `share` of `faces` for which `order` is least."""
    count = max(LEAST_FRAMES, round(share * len(faces)))
    return [faces[index] for index in np.argsort(order, kind="stable")[:count]]
