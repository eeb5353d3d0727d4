from __future__ import annotations

from pathlib import Path

import pytest

from app import doctor
from app.cli import run


def findings(topic: str) -> list[doctor.Finding]:
    return [finding for finding in doctor.examine() if finding.topic == topic]


def test_every_part_is_examined_and_every_trouble_has_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["doctor"]) == 0
    text = capsys.readouterr().out
    for topic in ("flame-cam", "packages", "opengl", "camera", "bundle", "cache"):
        assert f" {topic}: " in text


def test_a_wrong_bundle_setting_is_named_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FLAME_CAM_LANDMARKER", str(tmp_path / "gone.task"))
    (bundle,) = findings("bundle")
    assert not bundle.good
    assert "gone.task" in bundle.text
    assert bundle.remedy == "unset FLAME_CAM_LANDMARKER"


def test_clashing_opencv_packages_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "CLASHING_OPENCV", ("numpy",))
    (clash,) = findings("opencv")
    assert not clash.good
    assert clash.remedy.startswith("pip uninstall -y numpy")


def test_another_mediapipe_is_warned_of(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not findings("mediapipe")
    monkeypatch.setattr(doctor, "QUIET_MEDIAPIPE", ("0.10.30",))
    (other,) = findings("mediapipe")
    assert not other.good
    assert other.remedy == "pip install mediapipe==0.10.30"


def test_a_part_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> object:
        raise RuntimeError("driver fell over")

    monkeypatch.setattr(doctor, "_cameras", broken)
    (camera,) = findings("cameras")
    assert not camera.good
    assert "driver fell over" in camera.text
