"""The section Look: how the head is drawn, its light, what is behind it, and how much of it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.live.panel.asking_path import AskingPath
from app.live.panel.named_choice import NamedChoice
from app.live.panel.sections.section import Section
from flame_model.notices import Say
from render.ui.widgets import Answers, Buttons, Widget

BACKGROUND = "background"
OPEN = "a file behind the head"
_HINT = "a picture or a clip, in place of the background"


class LookSection(Section):
    """Changes what surrounds the head by named choices."""

    title = "Look"

    def __init__(
        self, choices: Sequence[NamedChoice], *, keep: Callable[[str, object], object], say: Say
    ) -> None:
        """Offer `choices`, of which the one of the background also shows files.

        `keep` gets what later runs shall use, by the setting of each choice.
        """
        self._choices = {each.label: each for each in choices}
        self._keep = keep
        self._asking = AskingPath(
            "A picture or clip behind the head", folder=False, instead="name one by --background", say=say
        )

    def widgets(self) -> Sequence[Widget]:
        """Return a choice for each, and a button for files."""
        return (*(each.choice() for each in self._choices.values()), Buttons((OPEN,), (_HINT,)))

    def take(self, answers: Answers) -> None:
        """Show what was chosen, and keep it where it could be shown."""
        self._asking.advance(lambda path: self._show(BACKGROUND, path))
        for label, name in answers.chosen.items():
            self._show(label, name)
        if answers.pressed == OPEN:
            self._asking.ask()

    def _show(self, label: str, name: str) -> None:
        choice = self._choices[label]
        if choice.show(name):
            self._keep(choice.setting, name)
