"""A cache of the test's own, and what a command says."""

from __future__ import annotations

from pathlib import Path

import pytest

from flame_model import head_io


@pytest.fixture
def heads_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of added heads, which is the test's own and not there yet."""
    monkeypatch.setattr(head_io.platformdirs, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    return head_io.added_heads_folder()


@pytest.fixture
def said() -> list[str]:
    """Return the list that `say=said.append` fills."""
    return []
