"""`flame-cam track`, from a command to a table and back."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from mappings.signals import MEDIAPIPE_NAMES
from tests.app.conftest import FlameCam

KEYS = [
    "time_s",
    "found",
    "scores",
    "expression",
    "jaw",
    "eyes",
    "neck",
    "rotation",
    "translation",
    "eyelids",
]


@pytest.fixture
def tracked(flame_cam: FlameCam, tmp_path: Path, test_data: Path, bundle: Path) -> Path:
    finished = flame_cam(
        "track",
        test_data / "clips" / "grin.mp4",
        "take.npz",
        "--landmarks",
        "--frames",
        "20",
        "--landmarker",
        bundle,
    )
    assert finished.returncode == 0, finished.stderr
    return tmp_path / "take.npz"


def test_a_track_has_the_promised_keys_and_is_a_take(
    tracked: Path, flame_cam: FlameCam, tmp_path: Path
) -> None:
    with np.load(tracked) as table:
        assert {*KEYS, "landmarks", "score_names"} <= set(table.files)
        assert {key: len(table[key]) for key in [*KEYS, "landmarks"]} == dict.fromkeys(
            [*KEYS, "landmarks"], 20
        )
        assert tuple(table["score_names"]) == MEDIAPIPE_NAMES
        assert table["found"].all()
        assert -1.5 < table["translation"][0, 2] < -0.1, "metres before the camera"
        scores = table["scores"]
    # The take needs no tracker any more.
    again = flame_cam("track", tracked, "again.csv")
    assert again.returncode == 0, again.stderr
    with (tmp_path / "again.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 20
    assert float(rows[7]["jawOpen"]) == pytest.approx(scores[7, MEDIAPIPE_NAMES.index("jawOpen")], abs=1e-5)


def test_a_take_can_be_rendered(tracked: Path, flame_cam: FlameCam, tmp_path: Path) -> None:
    finished = flame_cam("render", tracked, "out.gif", "--size", "64x64")
    assert finished.returncode == 0, finished.stderr
    assert (tmp_path / "out.gif").read_bytes().startswith(b"GIF89a")


def test_without_landmarks_it_is_no_take_and_says_so(flame_cam: FlameCam) -> None:
    assert flame_cam("track", "demo", "table.npz", "--frames", "5").returncode == 0
    finished = flame_cam("render", "table.npz", "out.mp4")
    assert finished.returncode == 2
    assert "--landmarks" in finished.stderr
