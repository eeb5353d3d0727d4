"""The calibration of a person before the camera: a state machine that is fed with observations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.calibrating.profile_fit import fitted_profile
from app.calibrating.steps import INSTRUCTIONS, Step, refusal, resting_scores
from mappings.frames import FaceObservation
from mappings.person.profile import Profile

LEAD_IN_S = 2.5
"""Seconds to read the outline before the first step; the four steps then take five seconds."""
READY_S = 0.5
"""Seconds to read a step's instruction and begin to follow it."""
HOLD_S = 0.75
"""Seconds that are measured in each step."""
REASON_S = 2.0
"""Seconds to read why a step is repeated."""
MOST_TRIES = 3
"""Tries after which a step is left out: a person may not manage it, or the tracker may not observe it."""
LEAST_SHARE_SEEN = 0.5
"""Least share of a step's frames that must show a face."""
LEAST_FRAMES = 4
"""Least frames in a step; on a slow machine a step takes longer."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Text for the person at one moment."""

    title: str
    """Instruction, outline or reason, in large letters."""
    detail: str
    progress: float
    """Elapsed share 0..1 of what the title announces."""
    steps: str
    """Number of the step, as in `step 1 of 4`."""


class Procedure:
    """Leads a person through the steps once: give every frame to `see`, show `prompt` until `finished`."""

    def __init__(self) -> None:
        self._seen: dict[Step, list[FaceObservation]] = {}
        self._left_out: list[Step] = []
        self._steps = list(Step)
        self._measured: list[FaceObservation | None] = []
        """Frames of the current try, None for one without a face."""
        self._reason = ""
        self._tries = 0
        self._begin_s: float | None = None
        self._wait_s = LEAD_IN_S
        self._now_s = 0.0

    @property
    def finished(self) -> bool:
        """Whether each step is done or left out."""
        return not self._steps

    @property
    def left_out(self) -> tuple[Step, ...]:
        """Steps that did not succeed; their parts of the profile stay unchanged."""
        return tuple(self._left_out)

    def profile(self, base: Profile) -> Profile:
        """Return `base` with the parts that the steps determine; to be called once `finished`."""
        return fitted_profile(self._seen, base)

    def see(self, observation: FaceObservation | None, time_s: float) -> None:
        """Take the next frame, None for one without a face; `time_s` rises from call to call."""
        if self.finished:
            return
        if self._begin_s is None:
            self._begin_s = time_s
        self._now_s = time_s
        passed_s = time_s - self._begin_s - self._wait_s
        if passed_s >= READY_S:
            self._measured.append(observation)
        if passed_s >= READY_S + HOLD_S and len(self._measured) >= LEAST_FRAMES:
            self._judge()
            self._begin_s, self._measured = time_s, []

    @property
    def prompt(self) -> Prompt:
        """Text to show now."""
        count = len(Step)
        number = count - len(self._steps) + 1
        steps = f"step {min(number, count)} of {count}"
        if self.finished:
            return Prompt("Done", "", 1.0, steps)
        instruction = INSTRUCTIONS[self._steps[0]]
        passed_s = 0.0 if self._begin_s is None else self._now_s - self._begin_s
        if passed_s < self._wait_s:
            return self._waiting(passed_s, steps)
        progress = (passed_s - self._wait_s) / (READY_S + HOLD_S)
        return Prompt(instruction.title, instruction.detail, min(progress, 1.0), steps)

    def _waiting(self, passed_s: float, steps: str) -> Prompt:
        """Return the text before a step: the outline, or the reason why the step is repeated."""
        left_s = int(np.ceil(self._wait_s - passed_s))
        progress = passed_s / self._wait_s
        if self._reason:
            again = INSTRUCTIONS[self._steps[0]].title.lower()
            return Prompt(self._reason, f"Once more in {left_s}: {again}.", progress, steps)
        later = ", ".join(INSTRUCTIONS[step].title.lower() for step in self._steps)
        return Prompt(f"Calibration in {left_s}", f"Do what you read here: {later}.", progress, steps)

    def _judge(self) -> None:
        """Go on to the next step, or repeat this one and give the reason."""
        step = self._steps[0]
        faces = [each for each in self._measured if each is not None]
        if len(faces) < LEAST_SHARE_SEEN * len(self._measured):
            # Without a person before the camera it does not count as a try.
            self._repeat("No face was seen.")
            return
        reason = refusal(step, faces, resting_scores(self._seen.get(Step.REST, faces)))
        if reason is None:
            self._seen[step] = faces
            self._next()
        elif self._tries + 1 == MOST_TRIES and step is not Step.REST:
            self._left_out.append(step)
            self._next()
        else:
            self._tries += 1
            self._repeat(reason)

    def _next(self) -> None:
        self._steps.pop(0)
        self._tries, self._reason, self._wait_s = 0, "", 0.0

    def _repeat(self, reason: str) -> None:
        self._reason, self._wait_s = reason, REASON_S
