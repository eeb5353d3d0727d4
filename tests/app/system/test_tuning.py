"""Drawing keeps to one thread where cores are few, unless the user says otherwise; heaps are shared."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Iterator

import pytest

from app.system.tuning import SWITCH_INTERVAL_S, share_few_cores


@pytest.fixture(autouse=True)
def switch_interval() -> Iterator[None]:
    before = sys.getswitchinterval()
    yield
    sys.setswitchinterval(before)


@pytest.mark.parametrize(("cores", "threads"), [(1, "0"), (2, "0"), (8, None)])
def test_only_few_cores_change_anything(
    monkeypatch: pytest.MonkeyPatch, cores: int, threads: str | None
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    monkeypatch.setenv("LP_NUM_THREADS", "")
    monkeypatch.delenv("LP_NUM_THREADS")
    assert share_few_cores() == (threads is not None)
    assert os.environ.get("LP_NUM_THREADS") == threads
    assert sys.getswitchinterval() == pytest.approx(SWITCH_INTERVAL_S)


def test_what_the_user_set_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setenv("LP_NUM_THREADS", "2")
    share_few_cores()
    assert os.environ["LP_NUM_THREADS"] == "2"


def test_glibc_takes_the_setting_and_others_are_left_alone() -> None:
    code = "from app.system.tuning import share_malloc_arenas; print(share_malloc_arenas())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(platform.libc_ver()[0] == "glibc")
