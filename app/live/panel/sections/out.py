"""The section Out: the place of lines to other programs."""

from __future__ import annotations

from collections.abc import Sequence

from app.live.panel.sections.section import Section
from render.ui.widgets import Answers, Text, Widget


class OutSection(Section):
    """Says that there is nothing yet."""

    title = "Out"

    def widgets(self) -> Sequence[Widget]:
        """Return one quiet line."""
        return (Text("The motion goes to no other program yet."),)

    def take(self, answers: Answers) -> None:
        """Do nothing: there is nothing to answer."""
