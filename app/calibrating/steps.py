"""What a person is asked to do in a calibration, and whether they did it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.face.topology import LOWER_INNER_LIP, UPPER_INNER_LIP
from mappings.frames import FaceObservation
from mappings.person.typical_rest import LIDS
from mappings.signals import MEDIAPIPE_INDEX, MEDIAPIPE_NAMES

Seen = Sequence[FaceObservation]

JAW = MEDIAPIPE_INDEX["jawOpen"]
SMILES = (MEDIAPIPE_INDEX["mouthSmileLeft"], MEDIAPIPE_INDEX["mouthSmileRight"])
STRONGEST_SHARE = 1 / 3
"""People come late and stop early: a step is judged by this part of its frames, where it was done most."""
LEAST_RISE = 0.2
"""Of lids, jaw and smile over what they are at rest; people who are asked reach 0.5 and more."""
MOST_UNREST = 0.12
"""Standard deviation up to which a score of brows, jaw and mouth counts as resting."""
LEAST_BLINK = 0.55
MOST_JAW_AT_REST = 0.2
MOST_SMILE_AT_REST = 0.35
"""jawOpen and mouthSmile: 0.01 in the calmest frame of half of 65 people, jawOpen up to 0.04 in that of three
quarters; a mouth that people call open reads 0.3 and more."""
MOST_LIP_GAP = 0.03
"""Between lips that touch, as a share of the outer corners' distance of the eyes: 85 of 135 faces lie below,
jawOpen of some people up to 0.56 among them."""
_EYES = (33, 263)

_EXPRESSIVE = np.array([name.startswith(("brow", "jaw", "mouth")) for name in MEDIAPIPE_NAMES])


class Step(Enum):
    """Name the steps in their order."""

    REST = "rest"
    SHUT = "shut"
    OPEN = "open"
    SMILE = "smile"


@dataclass(frozen=True, slots=True)
class Ask:
    """Hold what is said in one step."""

    title: str
    detail: str
    refusal: str
    """Said before the step is repeated."""


ASKS = {
    Step.REST: Ask("Relax your face", "Look straight at the screen, mouth closed.", "Your face was moving."),
    Step.SHUT: Ask("Close your eyes", "Keep them closed for a second.", "Your eyes were not closed."),
    Step.OPEN: Ask("Open your mouth wide", "As wide as you can.", "Your mouth was not open."),
    Step.SMILE: Ask("Smile", "As broadly as you can.", "There was no smile to be seen."),
}


def scores_of(seen: Seen) -> Float64Array:
    """Return the scores (N, 52) of observations."""
    return np.array([each.scores for each in seen], dtype=np.float64)


def resting_scores(seen: Seen) -> Float64Array:
    """Return the scores (52,) of the face at rest."""
    return np.asarray(np.median(scores_of(seen), axis=0))


def strongest(values: Float64Array) -> Float64Array:
    """Return the median of the strongest third of `values` (N, ...), along the first axis."""
    count = max(1, round(STRONGEST_SHARE * len(values)))
    return np.asarray(np.median(np.sort(values, axis=0)[-count:], axis=0))


def shut_lids(seen: Seen) -> Float64Array:
    """Return eyeBlink (2,) of the left and right eye where they were shut most."""
    return strongest(scores_of(seen)[:, LIDS])


def open_jaw(seen: Seen) -> float:
    """Return jawOpen where it was strongest."""
    return float(strongest(scores_of(seen)[:, JAW]))


def broad_smile(seen: Seen) -> float:
    """Return the mean of both smiles where it was strongest."""
    return float(strongest(scores_of(seen)[:, SMILES].mean(axis=1)))


def lip_gap(seen: Seen) -> float:
    """Return how far the lips are apart in the median frame, as a share of the eyes' outer distance."""
    points = np.array([each.landmarks for each in seen], dtype=np.float64)
    upper, lower = UPPER_INNER_LIP[5], LOWER_INNER_LIP[5]
    gaps = np.linalg.norm(points[:, upper] - points[:, lower], axis=1)
    eyes = np.linalg.norm(points[:, _EYES[0]] - points[:, _EYES[1]], axis=1)
    return float(np.median(gaps / eyes))


def done(step: Step, seen: Seen, rest: Float64Array) -> bool:
    """Return whether what was seen is what `step` asks for; `rest` (52,) are the scores at rest."""
    return refusal(step, seen, rest) is None


def refusal(step: Step, seen: Seen, rest: Float64Array) -> str | None:
    """Return what to tell the person where what was seen is not what `step` asks for, else None."""
    judges: dict[Step, Callable[[], bool]] = {
        Step.SHUT: lambda: bool((shut_lids(seen) > rest[LIDS,] + LEAST_RISE).all()),
        Step.OPEN: lambda: open_jaw(seen) > rest[JAW] + LEAST_RISE,
        Step.SMILE: lambda: broad_smile(seen) > rest[SMILES,].mean() + LEAST_RISE,
    }
    if step is not Step.REST:
        return None if judges[step]() else ASKS[step].refusal
    if scores_of(seen)[:, _EXPRESSIVE].std(axis=0).max() >= MOST_UNREST:
        return ASKS[Step.REST].refusal
    return unrest(seen)


def unrest(seen: Seen) -> str | None:
    """Return what to tell a person whose face keeps still but does not rest, else None.

    The median of the frames counts, which a blink does not disturb. Some people read as if their jaw were
    open whatever they do, so the lips have to be apart as well.
    """
    scores = resting_scores(seen)
    if scores[JAW] > MOST_JAW_AT_REST and lip_gap(seen) > MOST_LIP_GAP:
        return "Close your mouth."
    if scores[SMILES,].mean() > MOST_SMILE_AT_REST:
        return "Do not smile yet."
    if (scores[LIDS,] >= LEAST_BLINK).any():
        return "Open your eyes."
    return None
