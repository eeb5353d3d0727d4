"""A recording in a real window, as a person makes one: the key, the countdown, the review and its buttons."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from tests.app.live.running import Running

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="window tests use an X display, which only Linux has"
)
SIDE = 520
AGAIN = (66, 487)
"""Where the review's button stands in a window of this side."""


@pytest.fixture
def start(tmp_path: Path, display: str) -> Iterator[Callable[..., Running]]:
    """Return a function that starts the demo in a window."""
    runs: list[Running] = []

    def started(*arguments: str) -> Running:
        runs.append(Running(tmp_path, display, "--size", f"{SIDE}x{SIDE}", *arguments))
        return runs[-1]

    yield started
    for run in runs:
        run.kill()


def test_a_recording_is_counted_down_shown_and_made_again_by_the_mouse(
    start: Callable[..., Running], tmp_path: Path
) -> None:
    run = start("--countdown", "3")
    run.press("s")
    run.wait_until("flame-cam-*.png")
    run.press("r", "Escape")
    time.sleep(3.2)
    assert not list(tmp_path.glob("*.mp4")), "Esc cancels the countdown"
    run.press("r")
    begun_s = time.monotonic()
    first = run.wait_until("flame-cam-*.mp4")
    assert time.monotonic() - begun_s > 2.0, "the countdown comes first"
    run.press("r")
    deadline_s = time.monotonic() + 30
    while len(list(tmp_path.glob("*.mp4"))) < 2 and time.monotonic() < deadline_s:
        # Until the review is in the window, a press there turns the head.
        run.drag(AGAIN, AGAIN)
        time.sleep(4.0)
    run.press("r", "Escape", "ctrl+q")
    error = run.end()
    assert run.process.returncode == 0, error
    assert len(list(tmp_path.glob("*.mp4"))) == 2
    with av.open(str(first)) as container:
        pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    corner = np.stack(pictures)[:, 10:60, SIDE - 140 :].astype(int)
    assert (corner[..., 0] - corner[..., 1]).max() < 60, "the red dot is not in the recording"
