"""Ask for a file or a folder by the system's dialog, without waiting for the answer."""

from __future__ import annotations

from collections.abc import Callable

from flame_model.errors import GraphicsError
from flame_model.notices import Say
from render.ui.file_dialog import FileDialog


class AskingPath:
    """One dialog at a time; use it from the main thread."""

    def __init__(self, title: str, *, folder: bool, instead: str, say: Say) -> None:
        """Tell `say` where the system has no dialog, and what to do `instead`."""
        self._open = lambda: FileDialog(title, folder=folder, instead=instead)
        self._say = say
        self._dialog: FileDialog | None = None

    def ask(self) -> None:
        """Open the dialog, unless it is open."""
        try:
            self._dialog = self._dialog or self._open()
        except GraphicsError as error:
            self._say(str(error))

    def advance(self, use: Callable[[str], object]) -> None:
        """Call `use` with the path once one was chosen."""
        if self._dialog is not None and self._dialog.done:
            path, self._dialog = self._dialog.path, None
            if path is not None:
                use(path)
