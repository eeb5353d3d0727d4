"""The section Head: which head is shown, its hair, and the colours of skin, eyes, brows and hair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.live.panel.sections.section import LOOK_EVERY, Section
from flame_model.find_heads import head_names
from flame_model.paint.recoloring.person_colors import PRESETS
from render.ui.widgets import Answers, Buttons, Choice, Slider, Widget

if TYPE_CHECKING:
    # Importing it binds PyOpenGL.
    from app.live.head.shown_head import ShownHead

HEAD, STYLE = "head", "hair style"
PLAIN = "own colours"
_HINT = "along the colours of people, from the first preset to the last"
_KEPT_AS = {"hair": "hair_color"}
"""Names of settings that differ from the part's."""


class HeadSection(Section):
    """Changes the head and its styling."""

    title = "Head"

    def __init__(self, shown: ShownHead, *, keep: Callable[[str, object], object]) -> None:
        """Change `shown`; `keep` gets what later runs shall use."""
        self._shown = shown
        self._keep = keep
        self._names: Sequence[str] = ()
        self._age = 0

    def widgets(self) -> Sequence[Widget]:
        """Return the choices of head and hair, and a slider for each colour that the head shows."""
        styling = self._shown.styling
        styling.start()
        if self._age % LOOK_EVERY == 0:
            self._names = head_names()
        self._age += 1
        heads = Choice(HEAD, self._names, self._shown.name, "add others by flame-cam heads add")
        hair = (Choice(STYLE, styling.styles, styling.style),) if styling.styles else ()
        colors = [
            Slider(part, place, format=_preset_near(part, place), hint=_HINT)
            for part, place in styling.sliders()
        ]
        plain = (Buttons((PLAIN,), ("the colours that the head has by itself",)),) if colors else ()
        return (heads, *hair, *colors, *plain)

    def take(self, answers: Answers) -> None:
        """Show another head, or give it other colours or hair."""
        styling = self._shown.styling
        if answers.chosen.get(HEAD, self._shown.name) != self._shown.name:
            self._shown.change(answers.chosen[HEAD])
            self._keep("head", answers.chosen[HEAD])
        if answers.moved:
            styling.move(dict(answers.moved))
            for part, place in answers.moved.items():
                self._keep(_KEPT_AS.get(part, part), round(place, 3))
        if STYLE in answers.chosen:
            self._shown.hair = answers.chosen[STYLE]
            styling.wear(answers.chosen[STYLE])
            self._keep("hair", answers.chosen[STYLE])
        if answers.pressed == PLAIN:
            styling.plain()
            for part in PRESETS:
                self._keep(_KEPT_AS.get(part, part), None)


def _preset_near(part: str, place: float) -> str:
    """Return the name of the preset nearest to a place 0..1."""
    names = list(PRESETS[part])
    return names[round(min(max(place, 0.0), 1.0) * (len(names) - 1))]
