"""A calibration in a real window: who follows the instructions gets a profile, and the window closes."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pytest

from mappings.records.take import Take, save_take
from tests.app.calibrating.actor import DOES, FPS, face
from tests.app.conftest import ROOT, program_environment

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="window tests use an X display, which only Linux has"
)
RUN = """
import sys
from app.live.run import run_live
from app.live.settings import LiveSettings
run_live(LiveSettings(source=sys.argv[1], profile="anna", size=(240, 240), calibrate=True, loop=True), print)
"""


def rehearsed(path: Path) -> None:
    """Write a take of a person who rests through lead-in and first step, then does the other steps."""
    acts = [("", 3.75), *((title, 1.25) for title in DOES), ("", 20.0)]
    titles = [title for title, seconds in acts for _ in range(round(seconds * FPS))]
    observations = tuple(face(frame / FPS, **DOES.get(title, {})) for frame, title in enumerate(titles))
    save_take(Take("anna", observations, np.arange(len(titles)) / FPS, FPS), path)


def test_the_window_asks_keeps_the_profile_and_closes(tmp_path: Path, display: str) -> None:
    rehearsed(tmp_path / "anna.npz")
    variables = {"DISPLAY": display, "XDG_CONFIG_HOME": str(tmp_path / "config"), "PYTHONPATH": str(ROOT)}
    finished = subprocess.run(
        [sys.executable, "-c", RUN, str(tmp_path / "anna.npz")],
        cwd=tmp_path,
        env=program_environment(tmp_path, variables),
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    kept = tomllib.loads((tmp_path / "config" / "flame-cam" / "profiles" / "anna.toml").read_text())
    assert kept["lids"]["left"] == pytest.approx([0.2, 0.65], abs=0.02)
    assert kept["signals"]["mouthSmileLeft"]["gain"] > 1.2
    assert len(kept["face"]["points"]) == 468
