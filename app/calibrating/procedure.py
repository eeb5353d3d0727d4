"""The calibration of somebody who is there: a state machine that is fed with what is seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from app.calibrating.fitting import fitted_profile
from app.calibrating.steps import ASKS, Step, refusal, resting_scores
from mappings.frames import FaceObservation
from mappings.person.profile import Profile

LEAD_IN_S = 2.5
"""To read what comes; the four steps after it take five seconds."""
READY_S = 0.5
"""To read a step and begin with it."""
HOLD_S = 0.75
"""Measured in each step."""
REASON_S = 2.0
"""To read why a step is repeated."""
MOST_TRIES = 3
"""Then the step is left out: not everybody can do everything, and trackers are blind for some of it."""
LEAST_SHARE_SEEN = 0.5
LEAST_FRAMES = 4
"""A slow machine takes longer over a step."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """Say what the person is told at one moment."""

    title: str
    detail: str
    progress: float
    """0..1 of what `title` asks for."""
    steps: str
    """Which step of how many."""


class Procedure:
    """Lead through the steps once: `see` every frame and show `prompt` until it is `finished`."""

    def __init__(self) -> None:
        self._seen: dict[Step, list[FaceObservation]] = {}
        self._left_out: list[Step] = []
        self._steps = list(Step)
        self._taken: list[FaceObservation | None] = []
        self._reason = ""
        self._tries = 0
        self._begin_s: float | None = None
        self._wait_s = LEAD_IN_S
        self._now_s = 0.0

    @property
    def finished(self) -> bool:
        """Whether every step is done or left out."""
        return not self._steps

    @property
    def left_out(self) -> tuple[Step, ...]:
        """Steps that did not succeed; their part of the profile stays as it was."""
        return tuple(self._left_out)

    def profile(self, base: Profile) -> Profile:
        """Return `base` with what was found, once `finished`."""
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
            self._taken.append(observation)
        if passed_s >= READY_S + HOLD_S and len(self._taken) >= LEAST_FRAMES:
            self._judge()
            self._begin_s, self._taken = time_s, []

    @property
    def prompt(self) -> Prompt:
        """What is to be shown now."""
        count = len(Step)
        number = count - len(self._steps) + 1
        steps = f"step {min(number, count)} of {count}"
        if self.finished:
            return Prompt("Done", "", 1.0, steps)
        ask = ASKS[self._steps[0]]
        passed_s = 0.0 if self._begin_s is None else self._now_s - self._begin_s
        if passed_s < self._wait_s:
            return self._waiting(passed_s, steps)
        progress = (passed_s - self._wait_s) / (READY_S + HOLD_S)
        return Prompt(ask.title, ask.detail, min(progress, 1.0), steps)

    def _waiting(self, passed_s: float, steps: str) -> Prompt:
        """Return what is said before a step: what will come, or why it comes once more."""
        ask = ASKS[self._steps[0]]
        left_s = int(np.ceil(self._wait_s - passed_s))
        progress = passed_s / self._wait_s
        if self._reason:
            return Prompt(self._reason, f"Once more in {left_s}: {ask.title.lower()}.", progress, steps)
        later = ", ".join(ASKS[step].title.lower() for step in self._steps)
        return Prompt(f"Calibration in {left_s}", f"Do what you read here: {later}.", progress, steps)

    def _judge(self) -> None:
        """Go on, or repeat the step and say why."""
        step = self._steps[0]
        faces = [each for each in self._taken if each is not None]
        if len(faces) < LEAST_SHARE_SEEN * len(self._taken):
            # Nobody is there: that is no try, however often.
            self._repeat("No face to be seen.")
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
