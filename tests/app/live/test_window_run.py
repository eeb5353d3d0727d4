"""A whole live run: the real program in a real window, on a virtual display where there is none."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from tests.app.conftest import FlameCam
from tests.app.live.running import SMALL, Running

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="window tests use an X display, which only Linux has"
)


def frames_in(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for _ in container.decode(video=0))


def iter_pictures(path: Path) -> Iterator[np.ndarray]:
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            yield frame.to_ndarray(format="rgb24")


def test_a_live_run_ends_by_itself_with_statistics_and_a_recording(
    flame_cam: FlameCam, tmp_path: Path, display: str
) -> None:
    finished = flame_cam(
        "demo",
        "--exit-after",
        "4",
        "--stats",
        "stats.json",
        "--record",
        "run.mp4",
        *SMALL,
        DISPLAY=display,
    )
    assert finished.returncode == 0, finished.stderr
    stats = json.loads((tmp_path / "stats.json").read_text())
    assert stats["source_fps"] == pytest.approx(30, abs=2)
    assert 0 < stats["mapping_ms"] < 5
    assert 0 < stats["draw_ms"] <= stats["latency_ms"]["p50"] <= stats["latency_ms"]["p95"]
    assert stats["startup_first_frame_s"] > 0.1
    assert frames_in(tmp_path / "run.mp4") > 20
    assert "recorded" in finished.stderr


def test_a_clip_is_tracked_live_and_with_once_ends_the_run(
    flame_cam: FlameCam, tmp_path: Path, display: str, test_data: Path, bundle: Path
) -> None:
    finished = flame_cam(
        "--source",
        test_data / "clips" / "grin.mp4",
        "--once",
        "--stats",
        "stats.json",
        "--landmarker",
        bundle,
        *SMALL,
        DISPLAY=display,
    )
    assert finished.returncode == 0, finished.stderr
    stats = json.loads((tmp_path / "stats.json").read_text())
    assert stats["source_fps"] == pytest.approx(25, abs=2)
    assert stats["tracker_ms"] > 0.5
    assert stats["track_fps"] > 10


def test_a_broken_bundle_ends_the_run_with_its_sentence(
    flame_cam: FlameCam, tmp_path: Path, display: str, test_data: Path
) -> None:
    (tmp_path / "broken.task").write_bytes(b"not a bundle")
    clip = test_data / "clips" / "grin.mp4"
    finished = flame_cam("--source", clip, "--landmarker", "broken.task", *SMALL, DISPLAY=display)
    assert finished.returncode == 1
    assert "broken.task" in finished.stderr


@pytest.fixture
def started() -> Iterator[list[Running]]:
    """Collect runs, and end those that a failing test leaves behind."""
    runs: list[Running] = []
    yield runs
    for run in runs:
        run.kill()


def test_ctrl_c_finishes_the_recording_and_is_a_normal_end(
    started: list[Running], tmp_path: Path, display: str
) -> None:
    run = Running(tmp_path, display, "--record", "run.mp4", "--stats", "stats.json")
    started.append(run)
    recording = run.wait_until("run.mp4")
    run.process.send_signal(signal.SIGINT)
    error = run.end()
    assert run.process.returncode == 0, error
    assert "Traceback" not in error
    assert frames_in(recording) > 5
    assert json.loads((tmp_path / "stats.json").read_text())["render_fps"] > 0


def test_keys_take_a_screenshot_record_and_quit(started: list[Running], tmp_path: Path, display: str) -> None:
    run = Running(tmp_path, display)
    started.append(run)
    run.press("h", "m", "n", "c", "c", "x", "i", "s")
    run.wait_until("flame-cam-*.png")
    run.press("r")
    recording = run.wait_until("flame-cam-*.mp4")
    run.press("space", "space", "r", "ctrl+q")
    error = run.end()
    assert run.process.returncode == 0, error
    assert frames_in(recording) > 5


def test_a_key_shows_the_next_look_before_a_clip(
    started: list[Running], tmp_path: Path, display: str, test_data: Path
) -> None:
    run = Running(tmp_path, display, "--background", str(test_data / "clips" / "grin.mp4"))
    started.append(run)
    run.press("l", "s")
    screenshot = run.wait_until("flame-cam-*.png")
    run.press("ctrl+q")
    error = run.end()
    assert run.process.returncode == 0, error
    with Image.open(screenshot) as picture:
        shown = np.asarray(picture.convert("RGB")).astype(int)
    first = next(iter_pictures(test_data / "clips" / "grin.mp4"))
    np.testing.assert_allclose(shown[:20, :20].mean(axis=(0, 1)), first[:42, :42].mean(axis=(0, 1)), atol=25)
    face = shown[90:160, 95:145]
    assert (face.max(axis=2) - face.min(axis=2)).max() < 60, "clay has no colours"
