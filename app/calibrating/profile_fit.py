"""Fit a profile to the observations of a calibration's steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from app.calibrating.steps import (
    JAW,
    SMILES,
    Observations,
    Step,
    broad_smile,
    open_jaw,
    resting_scores,
    shut_lids,
)
from flame_model.arrays import Float64Array
from mappings.person.correction import SMALLEST_LID_RANGE, Correction
from mappings.person.profile import Profile
from mappings.person.upright_face import apparent_turn, upright_face

TYPICAL_JAW, TYPICAL_SMILE = 0.65, 0.85
"""jawOpen and mouthSmile that people reach with a wide open mouth and a broad smile."""
GAIN_LIMITS = (0.8, 2.0)
"""Least and largest gain; chosen by trial."""
LID_REACH = 0.9
"""Share of the range from open to closed eyes at which an eye counts as shut.

A blink is shorter than eyes that are held closed, and its scores are lower.
"""


def fitted_profile(seen: Mapping[Step, Observations], base: Profile) -> Profile:
    """Return `base` with the parts that the steps determine; the part of a missing step stays unchanged.

    With s the scores of a step and r those at rest, the parts are

        rest score      r = median of the step's frames
        gain            g = clip(TYPICAL / (s - r), GAIN_LIMITS), for jawOpen and mouthSmile
        lids            open at o, shut at o + max(LID_REACH (s - o), SMALLEST_LID_RANGE), for each eyeBlink
        neutral face    mean of the upright faces at rest
        straight ahead  mean rotation of the face at rest

    What the user may have changed by hand stays: dead zones, curves, averages and all other gains.
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
        straight_ahead=_mean_rotation(at_rest),
    )


def _lids(correction: Correction, shut: Float64Array) -> Float64Array:
    """Return the eyeBlink scores (2, 2) at which each eye is open and shut."""
    open_lids = correction.lids[:, 0]
    reach = np.maximum(LID_REACH * (shut - open_lids), SMALLEST_LID_RANGE)
    return np.stack([open_lids, open_lids + reach], axis=1)


def _gain(typical: float, reached: float) -> float:
    """Return the gain that makes the score a person reaches the typical one, within limits."""
    return float(np.clip(typical / reached, *GAIN_LIMITS))


def _mean_rotation(seen: Observations) -> Float64Array:
    """Return the rotation R (3, 3) with the least sum_i |R - R_i|^2 over the faces (Moakher 2002)."""
    u, _, vt = np.linalg.svd(np.mean([apparent_turn(each) for each in seen], axis=0))
    return np.asarray(u @ np.diag([1.0, 1.0, np.linalg.det(u @ vt)]) @ vt)
