from __future__ import annotations

import sys
from pathlib import Path
from typing import NoReturn

import pytest

from app import doctor
from app.cli import run
from render.platform.backend import APT_LINE, MissingOpenGLError


def findings(topic: str) -> list[doctor.Finding]:
    return [finding for finding in doctor.examine() if finding.topic == topic]


def test_every_part_is_examined_and_every_trouble_has_text(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["doctor"])
    text = capsys.readouterr().out
    assert code == (1 if "BAD" in text else 0)
    for topic in ("flame-cam", "packages", "opengl", "camera", "bundle", "cache"):
        assert f" {topic}: " in text


@pytest.mark.parametrize(
    ("finding", "code", "words"),
    [
        (doctor.Finding("cache", "folder"), 0, "ok   cache: folder\nNothing is wrong."),
        (
            doctor.Finding("camera", "none", remedy="flame-cam demo"),
            0,
            "hint camera: none\n     try: flame-cam",
        ),
        (
            doctor.Finding("opengl", "none", good=False, remedy="apt"),
            1,
            "BAD  opengl: none\n     fix it with",
        ),
        (doctor.Finding("camera", "\x1b[2J"), 0, "\\x1b[2J"),
    ],
)
def test_only_what_is_wrong_is_a_failure(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    finding: doctor.Finding,
    code: int,
    words: str,
) -> None:
    monkeypatch.setattr(doctor, "examine", lambda: iter([finding]))
    assert run(["doctor"]) == code
    assert words in capsys.readouterr().out


def test_no_camera_no_display_and_no_bundle_yet_are_hints(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "FLAME_CAM_LANDMARKER"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("app.sources.feeds.camera.list_cameras", list)
    for topic in ("camera", "display", "bundle") if sys.platform.startswith("linux") else ("camera",):
        (found,) = findings(topic)
        assert found.good
        assert found.remedy


def test_a_wrong_bundle_setting_is_named_with_its_remedy(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FLAME_CAM_LANDMARKER", str(tmp_path / "gone.task"))
    (bundle,) = findings("bundle")
    assert not bundle.good
    assert "gone.task" in bundle.text
    assert bundle.remedy == "unset FLAME_CAM_LANDMARKER"


def test_missing_opengl_names_the_packages_that_bring_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> NoReturn:
        raise MissingOpenGLError("There is no OpenGL here")

    monkeypatch.setattr("render.platform.offscreen.OffscreenContext", missing)
    (opengl,) = findings("opengl")
    assert not opengl.good
    assert opengl.text.startswith("There is no OpenGL here")
    assert opengl.remedy == APT_LINE


def test_a_damaged_bundle_in_the_cache_is_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("FLAME_CAM_LANDMARKER", raising=False)
    bundle = tmp_path / "face_landmarker.task"
    bundle.write_bytes(b"half a download")
    monkeypatch.setattr("mappings.tracking.landmarker_bundle.cached_bundle", lambda: bundle)
    (found,) = findings("bundle")
    assert not found.good
    assert found.text == f"{bundle} is damaged"
    assert found.remedy.startswith("curl ")


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
