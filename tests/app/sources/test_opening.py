from __future__ import annotations

import os
from pathlib import Path

import pytest

from app.sources import open_source
from app.sources.feeds import camera
from app.sources.feeds.camera import Camera, list_cameras
from flame_model.errors import SourceError


@pytest.fixture
def one_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "list_cameras", lambda: [Camera(63, "Studio Cam", "/dev/video63")])


@pytest.fixture
def in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("in_folder", "one_camera")
def test_a_file_wins_over_a_camera_name(make_clip) -> None:
    make_clip("studio")
    with open_source("studio", live=False) as source:
        assert not source.is_camera


@pytest.mark.usefixtures("in_folder")
def test_a_number_is_a_camera_even_beside_a_file_of_that_name(make_clip) -> None:
    make_clip("63")
    with pytest.raises(SourceError, match="no camera 63"):
        open_source("63", live=False)
    with open_source(f".{os.sep}63", live=False) as source:
        assert source.frame_count == 10


@pytest.mark.usefixtures("in_folder", "one_camera")
def test_part_of_a_name_reaches_the_camera() -> None:
    with pytest.raises(SourceError, match=r"Studio Cam|camera 63"):
        open_source("STUDIO", live=False)


@pytest.mark.usefixtures("in_folder")
@pytest.mark.parametrize("spec", ["nosuch.mp4", "Nobody's camera", "", "ftp://example.com/clip.mp4", "."])
def test_anything_else_says_what_was_received_and_what_is_accepted(spec: str) -> None:
    with pytest.raises(SourceError) as caught:
        open_source(spec, live=False)
    sentence = str(caught.value)
    assert spec in sentence
    assert "camera index" in sentence
    assert "'demo'" in sentence
    assert "\n" not in sentence


def test_a_device_path_that_is_not_there_is_named() -> None:
    with pytest.raises(SourceError, match="/dev/video87"):
        open_source("/dev/video87", live=False)


def test_listing_cameras_never_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: int) -> list:
        raise OSError("no such service")

    monkeypatch.setattr(camera, "enumerate_cameras", broken)
    assert list_cameras() == []
