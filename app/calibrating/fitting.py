"""From what was seen in the steps of a calibration to the person's profile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from app.calibrating.steps import JAW, SMILES, Seen, Step, broad_smile, open_jaw, resting_scores, shut_lids
from flame_model.arrays import Float64Array
from mappings.person.correction import SMALLEST_LID_RANGE, Correction
from mappings.person.profile import Profile
from mappings.person.upright import upright_face

TYPICAL_JAW, TYPICAL_SMILE = 0.65, 0.85
"""jawOpen and mouthSmile that people reach when they open their mouth wide and smile broadly."""
GAIN_LIMITS = (0.8, 2.0)
LID_REACH = 0.9
"""Part of the way to a shut eye from which on it is shut: a blink is shorter and reads weaker than closed
eyes."""


def fitted_profile(seen: Mapping[Step, Seen], base: Profile) -> Profile:
    """Return `base` with what the steps tell of the person; a step that is missing leaves its part as it is.

    What was changed by hand stays: dead zones, curves, averages and the gains of all but jaw and smile.
    """
    at_rest = seen[Step.REST]
    rest = resting_scores(at_rest)
    correction = base.correction.resting_at(rest)
    if Step.SHUT in seen:
        correction = replace(correction, lids=_lids(correction, shut_lids(seen[Step.SHUT])))
    gain = correction.gain.copy()
    if Step.OPEN in seen:
        gain[JAW] = _gain(TYPICAL_JAW, open_jaw(seen[Step.OPEN]) - rest[JAW])
    if Step.SMILE in seen:
        gain[SMILES,] = _gain(TYPICAL_SMILE, broad_smile(seen[Step.SMILE]) - rest[SMILES,].mean())
    return Profile(
        correction=replace(correction, gain=gain),
        neutral_face=np.mean([upright_face(each) for each in at_rest], axis=0),
        straight_ahead=_mean_turn(at_rest),
    )


def _lids(correction: Correction, shut: Float64Array) -> Float64Array:
    """Return the two points (2, 2) of each eye."""
    open_lids = correction.lids[:, 0]
    reach = np.maximum(LID_REACH * (shut - open_lids), SMALLEST_LID_RANGE)
    return np.stack([open_lids, open_lids + reach], axis=1)


def _gain(typical: float, reached: float) -> float:
    return float(np.clip(typical / reached, *GAIN_LIMITS))


def _mean_turn(seen: Seen) -> Float64Array:
    """Return the rotation (3, 3) nearest to all of the faces' (Moakher 2002)."""
    u, _, vt = np.linalg.svd(np.mean([each.T_camera_face[:3, :3] for each in seen], axis=0))
    return np.asarray(u @ np.diag([1.0, 1.0, np.linalg.det(u @ vt)]) @ vt)
