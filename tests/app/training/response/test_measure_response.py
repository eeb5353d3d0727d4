"""`flame-cam mapping respond`, as a person runs it."""

from __future__ import annotations

from pathlib import Path

from mappings.response.response_file import load_response
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX
from tests.app.conftest import FlameCam, sentence

READINGS = 210
"""Readings in a round; the fit to the first round needs 192."""


def test_a_head_gets_its_response(flame_cam: FlameCam, tmp_path: Path, bundle: Path) -> None:
    finished = flame_cam(
        *("mapping", "respond", "--out", "own.npz", "--readings", str(READINGS), "--landmarker", bundle)
    )
    assert finished.returncode == 0, finished.stderr
    response = load_response(tmp_path / "own.npz", ScoreMapping.default())
    assert 1.9 * READINGS < response.frames <= 2 * READINGS
    assert f"the response is in own.npz; it is fitted to {response.frames} drawings" in finished.stderr
    strong = [MEDIAPIPE_INDEX[name] for name in ("jawOpen", "eyeBlinkLeft", "eyeBlinkRight")]
    assert response.r2[strong].min() > 0.4
    lines = finished.stdout.splitlines()
    assert len(lines) == response.signal_count
    [jaw] = [line for line in lines if line.startswith("jawOpen ")]
    assert f"R2 {response.r2[MEDIAPIPE_INDEX['jawOpen']]:6.2f}" in jaw


def test_wrong_use_is_one_sentence(flame_cam: FlameCam, bundle: Path, test_data: Path) -> None:
    bundled = flame_cam("mapping", "respond", "--landmarker", bundle)
    assert bundled.returncode == 2
    assert "--out FILE" in sentence(bundled)
    unmapped = flame_cam(
        "mapping", "respond", "--head", test_data / "heads" / "python2_chumpy_flame_layout.pkl"
    )
    assert unmapped.returncode == 2
    assert "has no mapping of its own; name one with --mapping FOLDER" in sentence(unmapped)
    nowhere = flame_cam("mapping", "respond", "--out", "no/folder/own.npz", "--landmarker", bundle)
    assert nowhere.returncode != 0
    assert "own.npz" in sentence(nowhere)
    few = flame_cam("mapping", "respond", "--out", "own.npz", "--readings", "0")
    assert few.returncode == 2
    assert "--readings" in sentence(few)
