"""A heads folder for each test, and a runner of commands that returns their output."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.cli import run
from flame_model import find_heads as heads


@dataclass(frozen=True)
class Told:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str


Command = Callable[..., Told]


@pytest.fixture
def heads_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of added heads, which is the test's own and not there yet."""
    monkeypatch.setattr(heads.platformdirs, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    return heads.added_heads_folder()


@pytest.fixture
def said() -> list[str]:
    """Return the list that `say=said.append` fills."""
    return []


@pytest.fixture
def command(
    heads_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Return a function that runs `flame-cam` here, in `tmp_path` and with the test's own heads."""
    assert not heads_folder.exists()
    monkeypatch.chdir(tmp_path)

    def told(*arguments: str | Path) -> Told:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        return Told(code, *capsys.readouterr())

    return told
