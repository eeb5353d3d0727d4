"""The section Person: whose profile is used, calibration, resting face and straight ahead."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.live.keys import Action, hint
from app.live.panel.sections.section import LOOK_EVERY, Section
from app.live.person.person import Person
from app.live.threads.face_requests import undo_request
from app.live.threads.requests import Request
from flame_model.notices import Say
from render.ui.widgets import Answers, Buttons, Choice, Widget

PROFILE, NOBODY = "profile", "none"
_ACTIONS = {"calibrate": Action.CALIBRATE, "neutral": Action.NEUTRAL, "recentre": Action.RECENTRE}
_UNDONE = {"undo neutral": Action.NEUTRAL, "undo recentre": Action.RECENTRE}
_UNDO_HINTS = ("the resting face from before", "the direction from before")


class PersonSection(Section):
    """Changes what is known of the person."""

    title = "Person"

    def __init__(
        self,
        person: Person,
        *,
        do: Callable[[Action], object],
        ask: Callable[[Request], object],
        keep: Callable[[str, object], object],
        say: Say,
    ) -> None:
        """Change `person`; `do` does what a key stands for, `ask` reaches the driver."""
        self._person = person
        self._do = do
        self._ask = ask
        self._keep = keep
        self._say = say
        self._names: Sequence[str] = ()
        self._age = 0

    def widgets(self) -> Sequence[Widget]:
        """Return the profiles and the buttons."""
        if self._age % LOOK_EVERY == 0:
            self._names = self._person.names()
        self._age += 1
        return (
            Choice(
                PROFILE,
                (NOBODY, *self._names),
                self._person.name or NOBODY,
                "the calibration of a person; it is made and changed by calibrate",
            ),
            Buttons(tuple(_ACTIONS), [hint(action) for action in _ACTIONS.values()]),
            Buttons(tuple(_UNDONE), _UNDO_HINTS),
        )

    def take(self, answers: Answers) -> None:
        """Use another profile, or do what a button stands for."""
        if PROFILE in answers.chosen:
            name = answers.chosen[PROFILE]
            if self._person.choose(None if name == NOBODY else name):
                self._keep("profile", self._person.name)
        if answers.pressed in _ACTIONS:
            self._do(_ACTIONS[answers.pressed])
        elif answers.pressed in _UNDONE:
            self._ask(undo_request(_UNDONE[answers.pressed], self._say))
