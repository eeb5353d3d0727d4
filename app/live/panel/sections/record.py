"""The section Record: recordings, takes and screenshots, and the folder that holds them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from app.live.keys import Action, hint
from app.live.panel.asking_path import AskingPath
from app.live.panel.sections.section import Section
from app.recording.kept_files import KeptFiles
from app.system.terminal import printable
from flame_model.notices import Say
from render.ui.widgets import Answers, Buttons, Table, Widget

_ACTIONS = {"record": Action.RECORD, "take": Action.TAKE, "screenshot": Action.SCREENSHOT}
CHOOSE = "choose the folder"


class RecordSection(Section):
    """Does what the keys of recordings do, and chooses where their files lie."""

    title = "Record"

    def __init__(
        self,
        files: KeptFiles,
        *,
        do: Callable[[Action], object],
        keep: Callable[[str, object], object],
        say: Say,
    ) -> None:
        """Show and change where `files` lie; `do` does what a key stands for."""
        self._files = files
        self._do = do
        self._keep = keep
        self._asking = AskingPath(
            "The folder of recordings", folder=True, instead="name one by --out", say=say
        )

    def widgets(self) -> Sequence[Widget]:
        """Return the buttons and the folder."""
        hints = [hint(action) for action in _ACTIONS.values()]
        return (
            Buttons(tuple(_ACTIONS), hints),
            Table((("folder", printable(str(self._files.folder))),)),
            Buttons((CHOOSE,), ("where later recordings, takes and screenshots lie",)),
        )

    def take(self, answers: Answers) -> None:
        """Begin or end what a button stands for, or ask for the folder."""
        self._asking.advance(self._use)
        if answers.pressed == CHOOSE:
            self._asking.ask()
        elif answers.pressed:
            self._do(_ACTIONS[answers.pressed])

    def _use(self, folder: str) -> None:
        self._files.folder = Path(folder).absolute()
        self._keep("out", str(self._files.folder))
