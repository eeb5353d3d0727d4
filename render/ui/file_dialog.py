"""The system's dialogs for choosing a file or a folder, or a new file, which stay open beside the window."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

from imgui_bundle import portable_file_dialogs

from flame_model.errors import GraphicsError

LINUX_PROGRAMS = ("zenity", "kdialog", "matedialog", "qarma")
"""The programs that show the dialog on Linux; portable_file_dialogs looks for these."""


class FileDialog:
    """An open dialog for a file or a folder that exists.

    Raises GraphicsError, which tells what to do `instead`, where the system has none.
    """

    def __init__(
        self, title: str, *, folder: bool = False, instead: str = "drop a file onto this window"
    ) -> None:
        if sys.platform.startswith("linux") and not any(map(shutil.which, LINUX_PROGRAMS)):
            raise GraphicsError(
                f"This system has no dialog for files: install zenity or kdialog, or {instead}."
            )
        self._folder = folder
        self._dialog = self._opened(title)

    def _opened(self, title: str) -> Any:
        dialogs = portable_file_dialogs
        return dialogs.select_folder(title) if self._folder else dialogs.open_file(title)

    @property
    def done(self) -> bool:
        """Whether the user has chosen a file or closed the dialog."""
        return bool(self._dialog.ready(0))

    @property
    def path(self) -> str | None:
        """What was chosen, None where the dialog was closed; waits until it is done."""
        chosen = self._dialog.result()
        if isinstance(chosen, str):
            return chosen or None
        return chosen[0] if chosen else None

    def close(self) -> None:
        """Close the dialog where it is still open."""
        if not self.done:
            self._dialog.kill()


class SaveDialog(FileDialog):
    """An open dialog for the name of a new file; it asks before an existing one is replaced."""

    def __init__(self, title: str, suggested: Path) -> None:
        self._suggested = suggested
        super().__init__(title)

    def _opened(self, title: str) -> Any:
        return portable_file_dialogs.save_file(title, str(self._suggested))

    @property
    def path(self) -> str | None:
        """The name that was given, None where the dialog was closed; waits until it is done."""
        return self._dialog.result() or None
