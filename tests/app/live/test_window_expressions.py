"""Expression keys in a real window: the picture changes and comes back."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from mappings.records.take import load_take, save_take
from tests.app.live.running import Running

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="window tests use an X display, which only Linux has"
)

SAME, OTHER = 0.05, 0.3
"""Largest mean difference of pictures that are the same, and least of those of expressions; 255 is white.

A wink changes the picture by 0.76, and the same picture differs by less than 0.01."""


@pytest.fixture
def running(tmp_path: Path, display: str) -> Iterator[Running]:
    """Return a run with a person who does not move, so that nothing but expressions changes the picture."""
    demo = load_take(Path("assets/takes/demo.npz"))
    seen = next(each for each in demo.observations if each is not None)
    times = np.arange(60) / 30.0
    still = [replace(seen, time_s=float(time_s), moved=np.zeros(6, dtype=np.float32)) for time_s in times]
    save_take(replace(demo, times=times, observations=tuple(still)), tmp_path / "still.npz")
    # The other solvers learn the resting face meanwhile, which changes the picture slowly.
    run = Running(tmp_path, display, "--solver", "scores", source=tmp_path / "still.npz")
    yield run
    run.kill()


def screenshot(run: Running) -> np.ndarray:
    """Return what the key S saves."""
    before = set(run.folder.glob("flame-cam-*.png"))
    run.press("s")
    deadline_s = time.monotonic() + 40
    while time.monotonic() < deadline_s:
        for path in set(run.folder.glob("flame-cam-*.png")) - before:
            with Image.open(path) as picture:
                return np.asarray(picture.convert("RGB")).astype(float)
        time.sleep(0.05)
    raise AssertionError("no screenshot")


def until(run: Running, holds: Callable[[np.ndarray], bool]) -> np.ndarray:
    """Take screenshots until one is as it should be."""
    deadline_s = time.monotonic() + 40
    while time.monotonic() < deadline_s:
        picture = screenshot(run)
        if holds(picture):
            return picture
    raise AssertionError("the picture never was as it should be")


def apart(one: np.ndarray, other: np.ndarray) -> float:
    return float(np.abs(one - other).mean())


def test_expressions_come_and_go_by_their_keys(running: Running) -> None:
    last = [screenshot(running)]

    def has_settled(picture: np.ndarray) -> bool:
        last.append(picture)
        return apart(*last[-2:]) < SAME

    plain = until(running, has_settled)
    shown = {}
    for key in ("F2", "F1"):
        running.press(key)
        shown[key] = until(running, lambda picture: apart(picture, plain) > OTHER and has_settled(picture))
        running.press(key)
        until(running, lambda picture: apart(picture, plain) < SAME)
    assert apart(shown["F1"], shown["F2"]) > OTHER
    running.press("F2", "F1")
    until(running, lambda picture: apart(picture, plain) > OTHER)
    running.press("F9")
    until(running, lambda picture: apart(picture, plain) < SAME)
    running.press("ctrl+q")
    error = running.end()
    assert running.process.returncode == 0, error
