"""A recording in a real window, as a person makes one: the key, the countdown, the review and its buttons."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
import pytest

from tests.app.live.running import Running
from tests.app.live.shown_window import shown_window, xdotool

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
    run = start("--countdown", "2")
    run.press("s")
    run.wait_until("flame-cam-*.png")
    run.press("r", "Escape")
    time.sleep(2.2)
    assert not list(tmp_path.glob("*.mp4")), "Esc cancels the countdown"
    run.press("r")
    begun_s = time.monotonic()
    first = run.wait_until("flame-cam-*.mp4")
    assert time.monotonic() - begun_s > 1.2, "the countdown comes first"
    run.press("r")
    deadline_s = time.monotonic() + 30
    while len(list(tmp_path.glob("*.mp4"))) < 2 and time.monotonic() < deadline_s:
        # Until the review is in the window, a press there turns the head.
        run.drag(AGAIN, AGAIN)
        time.sleep(0.5)
    run.press("r", "Escape", "ctrl+q")
    error = run.end()
    assert run.process.returncode == 0, error
    assert len(list(tmp_path.glob("*.mp4"))) == 2
    with av.open(str(first)) as container:
        pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    corner = np.stack(pictures)[:, 10:60, SIDE - 140 :].astype(int)
    assert (corner[..., 0] - corner[..., 1]).max() < 60, "the red dot is not in the recording"


def test_a_resized_window_and_a_removed_folder_do_not_spoil_it(
    start: Callable[..., Running], tmp_path: Path, display: str
) -> None:
    folder = tmp_path / "videos"
    run = start("--out", str(folder))
    run.press("r")
    path = run.wait_until("videos/flame-cam-*.mp4")
    shutil.rmtree(folder)
    window = shown_window(run.process, display, "^flame-cam - demo")
    subprocess.run([xdotool(), "windowsize", window, "700", "300"], env=run.environment, check=True)
    time.sleep(1.0)
    run.press("r", "s")
    run.wait_until("videos/flame-cam-*.png")
    run.press("ctrl+q")
    error = run.end()
    assert run.process.returncode == 0, error
    with av.open(str(path)) as container:
        pictures = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert {picture.shape for picture in pictures} == {(SIDE, SIDE, 3)}
    assert len(pictures) > 20
    face = pictures[-1][SIDE // 3 : SIDE // 2, SIDE // 2 - 40 : SIDE // 2 + 40].astype(int)
    assert (face[..., 0] - face[..., 2]).mean() > 20, "the head fills it as before"
