"""The panel beside the picture: its sections, which of them are unfolded, and whether it is open."""

from __future__ import annotations

from collections.abc import Sequence

from app.live.panel.kept.kept_settings import KeptSettings
from app.live.panel.sections.section import Section
from app.live.threads.animating import LiveFrame
from render.ui.panel import Fold, Panel, PanelAnswer
from render.ui.widgets import Answers

UNFOLDED = ("Source", "Head", "Look")
"""Sections that are unfolded at first."""


class SidePanel:
    """Shows sections and passes the user's answers to them; use it from the main thread."""

    def __init__(self, sections: Sequence[Section], kept: KeptSettings) -> None:
        """Take the sections in the order of the window; `kept` is written when the panel is closed."""
        self._sections = {section.title: section for section in sections}
        self._kept = kept
        unfolded = kept.values.get("unfolded", UNFOLDED)
        assert isinstance(unfolded, Sequence)
        self._unfolded = {title for title in unfolded if title in self._sections}
        self.shown = False

    def toggle(self) -> None:
        """Open or close the panel."""
        self.shown = not self.shown
        if not self.shown:
            for title in self._unfolded:
                self._sections[title].take(Answers())
            self._kept.write()

    def see(self, frame: LiveFrame) -> None:
        """Pass on the frame that is shown."""
        for section in self._sections.values():
            section.see(frame)

    def contents(self) -> Panel | None:
        """Return what to draw, None while the panel is closed."""
        if not self.shown:
            return None
        return Panel([self._fold(title, section) for title, section in self._sections.items()])

    def take(self, answer: PanelAnswer) -> None:
        """Apply what the user did with the panel in one picture."""
        for title, answers in answer.answers.items():
            self._sections[title].take(answers)
        for title in answer.folded:
            if title in self._unfolded:
                self._sections[title].take(Answers())
            self._unfolded ^= {title}
            self._kept.keep("unfolded", [each for each in self._sections if each in self._unfolded])

    def _fold(self, title: str, section: Section) -> Fold:
        unfolded = title in self._unfolded
        return Fold(title, section.widgets() if unfolded else (), unfolded)
