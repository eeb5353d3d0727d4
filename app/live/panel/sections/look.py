"""The section Look: how the head is drawn, its light, what is behind it, and how much of it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.live.panel.named_choice import NamedChoice
from app.live.panel.sections.section import Section
from render.ui.widgets import Answers, Widget


class LookSection(Section):
    """Changes what surrounds the head by named choices."""

    title = "Look"

    def __init__(self, choices: Sequence[NamedChoice], *, keep: Callable[[str, object], object]) -> None:
        """Offer `choices`; `keep` gets what later runs shall use, by the setting of each choice."""
        self._choices = choices
        self._keep = keep

    def widgets(self) -> Sequence[Widget]:
        """Return a choice for each."""
        return [each.choice() for each in self._choices]

    def take(self, answers: Answers) -> None:
        """Show what was chosen, and keep it where it could be shown."""
        for each in self._choices:
            name = answers.chosen.get(each.label)
            if name is not None and each.show(name):
                self._keep(each.setting, name)
