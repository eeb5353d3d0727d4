"""A calibration in the window: it sees what is shown, and head and profile get what it finds."""

from __future__ import annotations

from collections.abc import Callable

from app.calibrating.procedure import Procedure, Prompt
from app.calibrating.steps import Step
from app.live.threads.animating import LiveFrame
from app.live.threads.requests import Requests
from app.pipeline.observer import Observer
from flame_model.errors import OutputError
from flame_model.notices import Say
from mappings.motion.driver import Driver
from mappings.person.profile import Profile

_LEFT_OUT = {
    Step.SHUT: "lids keep their range: the eyes were not seen closed",
    Step.OPEN: "the jaw keeps its strength: the mouth was not seen open",
    Step.SMILE: "the smile keeps its strength: none was seen",
}


class Guide:
    """Lead the person before the camera through a calibration; called from the main thread."""

    def __init__(
        self,
        profile: Profile,
        *,
        requests: Requests,
        keep: Callable[[Profile], str],
        say: Say,
    ) -> None:
        """Take what is known already; `keep` keeps what is found and returns a sentence about that."""
        self._profile = profile
        self._requests = requests
        self._keep = keep
        self._say = say
        self._procedure: Procedure | None = None

    @property
    def prompt(self) -> Prompt | None:
        """What to show large, None while nobody calibrates."""
        return None if self._procedure is None else self._procedure.prompt

    def start(self) -> None:
        """Begin with the first step."""
        self._procedure = Procedure()

    def stop(self) -> None:
        """Leave everything as it was."""
        if self._procedure is not None:
            self._procedure = None
            self._say("calibration stopped, nothing changed")

    def see(self, live_frame: LiveFrame) -> bool:
        """Take what was just shown; return whether this ended the calibration."""
        procedure = self._procedure
        if procedure is None:
            return False
        procedure.see(live_frame.observation, live_frame.captured_s)
        if not procedure.finished:
            return False
        self._procedure = None
        self._requests.ask(lambda observer, driver: self._finish(procedure, observer, driver))
        return True

    def _finish(self, procedure: Procedure, observer: Observer, driver: Driver) -> None:
        """Drive the head by what was found; profiles are kept with the person's own sides."""
        known = self._profile.mirrored() if observer.mirror else self._profile
        found = procedure.profile(known)
        driver.use(found)
        self._profile = found.mirrored() if observer.mirror else found
        for step in procedure.left_out:
            self._say(_LEFT_OUT[step])
        try:
            self._say(self._keep(self._profile))
        except OutputError as error:
            self._say(f"calibrated, but not kept: {error}")
