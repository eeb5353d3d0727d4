"""A rendered file shows at every time what its source shows at that time."""

from __future__ import annotations

from dataclasses import replace
from importlib.resources import as_file, files
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from mappings.records.take import Take, load_take, save_take
from tests.app.conftest import FlameCam

SMALL = ("--size", "64x64")
FALLS = np.concatenate([np.arange(30) / 30, np.arange(10, 30) / 10])
"""30 pictures in the first second, then 10 a second for two."""
PAUSES = np.concatenate([np.arange(30) / 30, 3 + np.arange(10) / 30])
CHANGE = 30


@pytest.fixture
def take_at(tmp_path: Path):
    """Return a maker of takes with these times, in which the head moves at one moment only."""

    def make(times: np.ndarray, moment: int) -> Path:
        with as_file(files("assets") / "takes" / "demo.npz") as path:
            demo = load_take(path)
        still = demo.observations[0]
        assert still is not None
        turned = still.T_camera_face.copy()
        turned[:3, 3] += (60.0, 0.0, 0.0)
        seen = [still] * moment + [replace(still, T_camera_face=turned)] * (len(times) - moment)
        observations = tuple(replace(one, time_s=float(at)) for one, at in zip(seen, times, strict=True))
        save_take(Take("take", observations, times, 0.0), tmp_path / "take.npz")
        return tmp_path / "take.npz"

    return make


def shown(path: Path) -> tuple[list[float], list[np.ndarray]]:
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))
    return [frame.time for frame in frames], [
        frame.to_ndarray(format="rgb24").astype(int) for frame in frames
    ]


@pytest.mark.parametrize(("name", "times"), [("out.mp4", FALLS), ("out.gif", PAUSES)])
def test_what_happens_at_a_moment_is_shown_at_that_moment(
    flame_cam: FlameCam, tmp_path: Path, take_at, name, times
) -> None:
    finished = flame_cam("render", take_at(times, CHANGE), name, "--smoothing", "0", *SMALL)
    assert finished.returncode == 0, finished.stderr
    when_s, pictures = shown(tmp_path / name)
    change = int(np.argmax([np.abs(picture - pictures[0]).mean() > 3 for picture in pictures]))
    assert when_s[change] == pytest.approx(times[CHANGE], abs=0.04)
    assert when_s[-1] == pytest.approx(times[-1], abs=0.04)


@pytest.mark.parametrize(("fps", "name"), [(120000 / 1001, "out.png"), (120.0, "out.gif")])
def test_a_rate_that_was_not_asked_for_is_never_refused(
    flame_cam: FlameCam, tmp_path: Path, take_at, fps: float, name: str
) -> None:
    finished = flame_cam("render", take_at(np.arange(61) / fps, 10), name, *SMALL)
    assert finished.returncode == 0, finished.stderr
    if name == "out.png":
        with Image.open(tmp_path / name) as picture:
            pictures = [picture.seek(index) or picture.info["duration"] for index in range(picture.n_frames)]
        assert sum(pictures) == pytest.approx(61_000 / fps, rel=0.02)
    else:
        assert shown(tmp_path / name)[0][-1] == pytest.approx(60 / fps, abs=0.03)
