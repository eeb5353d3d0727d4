"""`flame-cam mapping gather`, `fit` and `plot`, as a person runs them one after the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.app.conftest import FlameCam, sentence

FRAMES = {"mouth_shapes": 216, "expressive": 354}


@pytest.mark.parametrize(
    ("name", "moving"),
    [("mouth_shapes", ("expression", "jaw", "eyes")), ("expressive", ("jaw", "eyes", "eyelids"))],
)
def test_from_clips_to_a_mapping_that_plays(
    flame_cam: FlameCam, test_data: Path, bundle: Path, name: str, moving: tuple[str, ...]
) -> None:
    """R2 tells something about the parts that move in a clip."""
    gathered = flame_cam(
        "mapping",
        "gather",
        test_data / "clips" / f"{name}.mp4",
        *("--out", "data.npz", "--landmarker", bundle, "--jobs", "1"),
    )
    assert gathered.returncode == 0, gathered.stderr
    assert gathered.stdout.splitlines() == [
        f"{name}: {FRAMES[name]} frames",
        f"{FRAMES[name]} frames of 1 person",
    ]
    fitted = flame_cam("mapping", "fit", "data.npz", "--out", "mine")
    assert fitted.returncode == 0, fitted.stderr
    assert "R2 on stretches of time of one person kept back: " in fitted.stdout
    r2 = dict(re.findall(r"(expression|jaw|eyes|eyelids) (\d\.\d+)", fitted.stdout))
    assert len(r2) == 4
    assert min(float(r2[part]) for part in moving) > 0.7
    assert "one person alone" in fitted.stderr
    tracked = flame_cam("track", "demo", "table.csv", "--mapping", "mine", "--frames", "3")
    assert tracked.returncode == 0, tracked.stderr


def test_what_is_no_gathered_data_is_one_sentence(flame_cam: FlameCam, tmp_path: Path) -> None:
    (tmp_path / "data.npz").write_text("text")
    for command in ("fit", "plot"):
        finished = flame_cam("mapping", command, "data.npz", "--out", "folder")
        assert finished.returncode == 2
        assert "data.npz is not a readable file of gathered data" in sentence(finished)
        assert not (tmp_path / "folder").exists()
