"""The system's file dialog is optional, and tells the file that was chosen."""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import pytest

from flame_model.errors import GraphicsError
from render.ui.file_dialog import FileDialog

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere the dialog is part of the system"
)
WAIT_S = 20.0


def zenity(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program in place of the one that shows dialogs."""
    program = folder / "zenity"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


def chosen(dialog: FileDialog) -> str | None:
    deadline_s = time.monotonic() + WAIT_S
    while not dialog.done and time.monotonic() < deadline_s:
        time.sleep(0.02)
    assert dialog.done
    return dialog.path


def test_a_system_without_a_dialog_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(GraphicsError, match="install zenity or kdialog, or drop a file"):
        FileDialog("open")


def test_the_chosen_file_is_returned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zenity(tmp_path, monkeypatch, "echo '/home/anna/a clip.mp4'")
    assert chosen(FileDialog("open")) == "/home/anna/a clip.mp4"


def test_a_cancelled_dialog_returns_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    zenity(tmp_path, monkeypatch, "exit 1")
    assert chosen(FileDialog("open")) is None


def test_an_open_dialog_is_not_waited_for_and_can_be_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    zenity(tmp_path, monkeypatch, "exec sleep 60")
    dialog = FileDialog("open")
    assert not dialog.done
    begun_s = time.monotonic()
    dialog.close()
    del dialog
    assert time.monotonic() - begun_s < WAIT_S
