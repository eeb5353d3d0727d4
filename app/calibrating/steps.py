"""The steps of a calibration: instructions to the person, and whether the observations follow them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.face.topology import LOWER_INNER_LIP, UPPER_INNER_LIP
from mappings.evenness import even_scores
from mappings.frames import FaceObservation
from mappings.signals import LIDS, MEDIAPIPE_INDEX, signals_named

Observations = Sequence[FaceObservation]
"""Observations of the frames of one step."""

JAW = MEDIAPIPE_INDEX["jawOpen"]
SMILES = (MEDIAPIPE_INDEX["mouthSmileLeft"], MEDIAPIPE_INDEX["mouthSmileRight"])
STRONGEST_SHARE = 1 / 3
"""Share of a step's frames that counts, those with the largest score: people begin late and stop early."""
LEAST_RISE = 0.2
"""Least rise of the scores of lids, jaw and smile above rest; people who are asked reach 0.5 and more."""
MOST_UNREST = 0.12
"""Standard deviation below which the scores of brows, jaw and mouth count as resting; chosen by trial."""
LEAST_BLINK = 0.55
"""eyeBlink from which an eye counts as closed; chosen by trial."""
MOST_JAW_AT_REST = 0.2
MOST_SMILE_AT_REST = 0.35
"""Largest jawOpen and mouthSmile at rest.

Of 65 people, half have 0.01 in their calmest frame, and three quarters have a jawOpen up to 0.04. Mouths that
people call open have 0.3 and more.
"""
MOST_LIP_GAP = 0.03
"""Largest gap between closed lips, as a share of the distance between the outer corners of the eyes.

It is smaller in 85 of 135 faces, some of which have a jawOpen up to 0.56.
"""
_OUTER_CORNERS = (33, 263)
"""Landmarks of the right and left eye."""

_EXPRESSIVE = signals_named("brow", "jaw", "mouth")


class Step(Enum):
    """The steps in their order."""

    REST = "rest"
    SHUT = "shut"
    OPEN = "open"
    SMILE = "smile"


@dataclass(frozen=True, slots=True)
class Instruction:
    """Text for the person in one step."""

    title: str
    detail: str
    refusal: str
    """Reason that is shown before the step is repeated."""


INSTRUCTIONS = {
    Step.REST: Instruction(
        "Relax your face", "Lighting straight at the screen, mouth closed.", "Your face was moving."
    ),
    Step.SHUT: Instruction("Close your eyes", "Keep them closed for a second.", "Your eyes were not closed."),
    Step.OPEN: Instruction("Open your mouth wide", "As wide as you can.", "Your mouth was not open."),
    Step.SMILE: Instruction("Smile", "As broadly as you can.", "You were not smiling."),
}


def scores_of(seen: Observations) -> Float64Array:
    """Return the even scores (N, 52) of observations."""
    return even_scores(np.array([each.scores for each in seen], dtype=np.float64))


def resting_scores(seen: Observations) -> Float64Array:
    """Return the scores (52,) at rest, the median over the frames."""
    return np.asarray(np.median(scores_of(seen), axis=0))


def strongest(values: Float64Array) -> Float64Array:
    """Return the median of the largest `STRONGEST_SHARE` of `values` (N, ...), along the first axis."""
    count = max(1, round(STRONGEST_SHARE * len(values)))
    return np.asarray(np.median(np.sort(values, axis=0)[-count:], axis=0))


def shut_lids(seen: Observations) -> Float64Array:
    """Return eyeBlink (2,) of the left and right eye in the strongest frames."""
    return strongest(scores_of(seen)[:, LIDS])


def open_jaw(seen: Observations) -> float:
    """Return jawOpen in the strongest frames."""
    return float(strongest(scores_of(seen)[:, JAW]))


def broad_smile(seen: Observations) -> float:
    """Return the mean of mouthSmileLeft and mouthSmileRight in the strongest frames."""
    return float(strongest(scores_of(seen)[:, SMILES].mean(axis=1)))


def lip_gap(seen: Observations) -> float:
    """Return the gap between the lips as a share of the eyes' outer distance, the median over the frames."""
    points = np.array([each.landmarks for each in seen], dtype=np.float64)
    upper, lower = UPPER_INNER_LIP[5], LOWER_INNER_LIP[5]
    gaps = np.linalg.norm(points[:, upper] - points[:, lower], axis=1)
    eyes = np.linalg.norm(points[:, _OUTER_CORNERS[0]] - points[:, _OUTER_CORNERS[1]], axis=1)
    return float(np.median(gaps / eyes))


def done(step: Step, seen: Observations, rest: Float64Array) -> bool:
    """Return whether the observations follow the instruction of `step`; `rest` (52,) are scores at rest."""
    return refusal(step, seen, rest) is None


def refusal(step: Step, seen: Observations, rest: Float64Array) -> str | None:
    """Return the reason why the observations do not follow the instruction of `step`, None where they do.

    `rest` (52,) are the scores at rest.
    """
    if step is Step.REST:
        if scores_of(seen)[:, _EXPRESSIVE].std(axis=0).max() >= MOST_UNREST:
            return INSTRUCTIONS[step].refusal
        return unrest(seen)
    if step is Step.SHUT:
        followed = bool((shut_lids(seen) > rest[LIDS,] + LEAST_RISE).all())
    elif step is Step.OPEN:
        followed = open_jaw(seen) > rest[JAW] + LEAST_RISE
    else:
        followed = broad_smile(seen) > rest[SMILES,].mean() + LEAST_RISE
    return None if followed else INSTRUCTIONS[step].refusal


def unrest(seen: Observations) -> str | None:
    """Return an instruction to a person whose face keeps still but does not rest, None where it rests.

    The median over the frames counts, which a blink does not change. Some people have a large jawOpen even
    with their mouth closed, so the lips have to be apart as well.
    """
    scores = resting_scores(seen)
    if scores[JAW] > MOST_JAW_AT_REST and lip_gap(seen) > MOST_LIP_GAP:
        return "Close your mouth."
    if scores[SMILES,].mean() > MOST_SMILE_AT_REST:
        return "Do not smile yet."
    if (scores[LIDS,] >= LEAST_BLINK).any():
        return "Open your eyes."
    return None
