"""The section for motion: how strongly the parts of what was tracked are shown, and expressions on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.live.keys import EXPRESSION_KEYS, LET_GO_KEY
from app.live.panel.adjusting.user_adjustments import UserAdjustments
from app.live.panel.sections.section import Section
from mappings.adjusting.parts import HEAD, PART_NAMES, STRONGEST
from render.ui.widgets import Answers, Buttons, Slider, Switch, Text, Widget

AS_TRACKED, LET_GO = "as tracked", "let go"


class MotionSection(Section):
    """A slider for the strength of each part, and a switch for each expression."""

    title = "Motion"

    def __init__(self, adjustments: UserAdjustments) -> None:
        """Show and change these adjustments."""
        self._adjustments = adjustments

    def widgets(self) -> Sequence[Widget]:
        """Return the sliders, the switches and the buttons that take everything back."""
        now = self._adjustments.now
        sliders = (
            Slider(part, now.strengths.get(part, 1.0), 0.0, STRONGEST, hint=_hint(part))
            for part in PART_NAMES
        )
        switches = (
            Switch(name, name in now.expressions, f"shown on top of what is tracked ({key.upper()})")
            for key, name in EXPRESSION_KEYS.items()
        )
        hints = ("all strengths 1", f"let all that is held and expressions go ({LET_GO_KEY.upper()})")
        return (
            Text("Strength, 1 as tracked"),
            *sliders,
            Text("Expressions"),
            *switches,
            Buttons((AS_TRACKED, LET_GO), hints),
        )

    def take(self, answers: Answers) -> None:
        """Change strengths and expressions."""
        now = self._adjustments.now
        if answers.moved:
            self._adjustments.change(replace(now, strengths={**now.strengths, **answers.moved}))
        for name in answers.switched:
            self._adjustments.toggle(name)
        if answers.pressed == AS_TRACKED:
            self._adjustments.change(replace(now, strengths={}))
        elif answers.pressed == LET_GO:
            self._adjustments.let_go()


def _hint(part: str) -> str:
    return "how far the head turns" if part == HEAD else f"how much the {part} moves"
