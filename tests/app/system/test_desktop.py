"""A file is shown in its folder where the desktop can."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from app.system.desktop import show_in_folder

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no xdg-open")


def test_the_folder_is_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener = tmp_path / "xdg-open"
    made, whole = tmp_path / "opened.part", tmp_path / "opened"
    opener.write_text(f"#!/bin/sh\necho \"$1\" > '{made}'\nmv '{made}' '{whole}'\n")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert show_in_folder(tmp_path / "my videos" / "talk.mp4")
    deadline_s = time.monotonic() + 10
    while not whole.exists() and time.monotonic() < deadline_s:
        time.sleep(0.01)
    assert whole.read_text() == f"{tmp_path / 'my videos'}\n"


def test_without_a_file_manager_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not show_in_folder(tmp_path / "talk.mp4")
