"""The panel: sections show something only while they are unfolded, and learn of every answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from app.live.panel.kept.kept_settings import KeptSettings
from app.live.panel.sections.section import Section
from app.live.panel.side_panel import SidePanel
from render.ui.panel import PanelAnswer
from render.ui.widgets import Answers, Text, Widget


class Noted(Section):
    """A section that notes what it is asked."""

    def __init__(self, title: str) -> None:
        self.title = title  # type: ignore[misc]
        self.asked = 0
        self.taken: list[Answers] = []

    def widgets(self) -> Sequence[Widget]:
        self.asked += 1
        return (Text(self.title),)

    def take(self, answers: Answers) -> None:
        self.taken.append(answers)


def test_a_closed_panel_shows_and_asks_nothing() -> None:
    section = Noted("Head")
    panel = SidePanel((section,), KeptSettings(None))
    assert panel.contents() is None
    assert not section.asked


def test_only_unfolded_sections_are_asked_and_folding_is_kept(tmp_path: Path) -> None:
    head, out = Noted("Head"), Noted("Out")
    kept = KeptSettings(tmp_path / "settings.toml")
    panel = SidePanel((head, out), kept)
    panel.toggle()
    shown = panel.contents()
    assert shown is not None
    assert [(fold.title, fold.unfolded, len(fold.widgets)) for fold in shown.folds] == [
        ("Head", True, 1),
        ("Out", False, 0),
    ]
    assert not out.asked
    panel.take(PanelAnswer({"Head": Answers(pressed="go")}, ("Head", "Out")))
    assert head.taken == [Answers(pressed="go"), Answers()], "what was held is let go"
    assert not out.taken
    panel.toggle()
    assert out.taken == [Answers()]
    again = SidePanel((head, out), KeptSettings(tmp_path / "settings.toml"))
    again.toggle()
    shown = again.contents()
    assert shown is not None
    assert [fold.unfolded for fold in shown.folds] == [False, True]
