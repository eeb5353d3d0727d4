"""The section Record: recordings, takes and screenshots, and the folder that holds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.live.keys import Action, hint
from app.live.panel.sections.section import Section
from app.recording.kept_files import KeptFiles
from render.ui.widgets import Answers, Buttons, Table, Widget

_ACTIONS = {"record": Action.RECORD, "take": Action.TAKE, "screenshot": Action.SCREENSHOT}


class RecordSection(Section):
    """Does what the keys of recordings do."""

    title = "Record"

    def __init__(self, files: KeptFiles, *, do: Callable[[Action], object]) -> None:
        """Show where `files` lie; `do` does what a key stands for."""
        self._files = files
        self._do = do

    def widgets(self) -> Sequence[Widget]:
        """Return the buttons and the folder."""
        hints = [hint(action) for action in _ACTIONS.values()]
        return Buttons(tuple(_ACTIONS), hints), Table((("folder", str(self._files.folder)),))

    def take(self, answers: Answers) -> None:
        """Begin or end what a button stands for."""
        if answers.pressed:
            self._do(_ACTIONS[answers.pressed])
