"""The section Head: the colours of skin, eyes, brows and hair, and the hair that the head wears."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.live.panel.sections.section import Section
from app.live.panel.styling import Styling
from render.ui.widgets import Answers, Buttons, Choice, Slider, Widget

STYLE = "hair style"
RESET = "own colours"
_HINT = "along the colours of people, from the first preset to the last"
_KEPT_AS = {"hair": "hair_color"}
"""Names of settings that differ from the part's."""


class HeadSection(Section):
    """Changes the styling of the head."""

    title = "Head"

    def __init__(self, styling: Styling, *, keep: Callable[[str, object], object]) -> None:
        """Change `styling`; `keep` gets what later runs shall use."""
        self._styling = styling
        self._keep = keep

    def widgets(self) -> Sequence[Widget]:
        """Return the choice of the hair, and a slider for each colour that the head shows."""
        self._styling.start()
        styles = self._styling.styles
        hair = (Choice(STYLE, styles, self._styling.style),) if styles else ()
        colors = [Slider(part, place, hint=_HINT) for part, place in self._styling.sliders()]
        return (*hair, *colors, Buttons((RESET,), ("as they were at the start",)))

    def take(self, answers: Answers) -> None:
        """Give the head other colours, or other hair."""
        if answers.moved:
            self._styling.move(dict(answers.moved))
            for part, place in answers.moved.items():
                self._keep(_KEPT_AS.get(part, part), round(place, 3))
        if STYLE in answers.chosen:
            self._styling.wear(answers.chosen[STYLE])
            self._keep("hair", answers.chosen[STYLE])
        if answers.pressed == RESET:
            self._styling.reset()
            for part, _ in self._styling.sliders():
                self._keep(_KEPT_AS.get(part, part), None)
