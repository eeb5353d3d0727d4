"""Run a calibration in the live window, and apply its result to the driver and the profile."""

from __future__ import annotations

from collections.abc import Callable

from app.calibrating.procedure import Procedure, Prompt
from app.calibrating.steps import Step
from app.live.threads.animating import LiveFrame
from app.live.threads.requests import Request
from app.pipeline.observer import Observer
from flame_model.errors import OutputError
from flame_model.notices import Say
from mappings.motion.driver import Driver
from mappings.person.profile import Profile

_LEFT_OUT = {
    Step.SHUT: "the lids keep their range: closed eyes were not seen",
    Step.OPEN: "the jaw keeps its strength: an open mouth was not seen",
    Step.SMILE: "the smile keeps its strength: a smile was not seen",
}


class Guide:
    """Leads the user through the steps of a calibration; use it from the main thread."""

    def __init__(
        self,
        profile: Profile,
        *,
        ask: Callable[[Request], object],
        keep: Callable[[Profile], str],
        say: Say,
    ) -> None:
        """Start from `profile`; `keep` saves the new profile and returns a notice about it.

        `ask` sends a request to the tracking thread.
        """
        self.found: Profile | None = None
        """The profile of the last calibration, with the user's own left and right."""
        self._profile = profile
        self._ask = ask
        self._keep = keep
        self._say = say
        self._procedure: Procedure | None = None

    @property
    def prompt(self) -> Prompt | None:
        """What the window asks the user to do, None outside a calibration."""
        return None if self._procedure is None else self._procedure.prompt

    def use(self, profile: Profile) -> None:
        """Start the next calibration from another profile."""
        self.stop()
        self.found, self._profile = None, profile

    def start(self) -> None:
        """Start a calibration with its first step."""
        self._procedure = Procedure()

    def stop(self) -> None:
        """Stop a calibration that runs; driver and profile stay as they were."""
        if self._procedure is not None:
            self._procedure = None
            self._say("calibration stopped, nothing changed")

    def see(self, live_frame: LiveFrame) -> bool:
        """Pass on the frame that was just drawn; return whether it ended the calibration."""
        procedure = self._procedure
        if procedure is None:
            return False
        procedure.see(live_frame.observation, live_frame.time_s)
        if not procedure.finished:
            return False
        self._procedure = None
        self._ask(lambda observer, driver: self._finish(procedure, observer, driver))
        return True

    def _finish(self, procedure: Procedure, observer: Observer, driver: Driver) -> None:
        """Give the new profile to the driver, and save it with the user's own left and right."""
        known = self._profile.mirrored() if observer.mirror else self._profile
        found = procedure.profile(known)
        driver.use(found)
        self._profile = self.found = found.mirrored() if observer.mirror else found
        for step in procedure.left_out:
            self._say(_LEFT_OUT[step])
        try:
            self._say(self._keep(self._profile))
        except OutputError as error:
            self._say(f"calibrated, but not kept: {error}")
