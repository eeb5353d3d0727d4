from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import cv2
import numpy as np
import pytest

from app.sources import SourceNotice, open_source
from app.sources.clips import pipe
from flame_model.errors import SourceError
from mappings.frames import Frame

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")


@pytest.fixture
def fifo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(pipe, "_PATIENCE_S", 0.8)
    os.mkfifo(tmp_path / "fifo")
    return tmp_path / "fifo"


def writing(fifo: Path, data: bytes, holds_s: float = 0.0) -> None:
    """Write to the pipe as another program does, and keep it open for a while."""

    def write() -> None:
        with fifo.open("wb", buffering=0) as file:
            file.write(data)
            time.sleep(holds_s)

    threading.Thread(target=write, daemon=True).start()


@pytest.mark.parametrize("container_format", ["mpegts", "matroska", "avi", "flv"])
@pytest.mark.parametrize("live", [False, True])
def test_a_clip_that_is_piped_in_is_read_once_and_whole(
    make_clip, fifo, container_format, live, clock
) -> None:
    writing(fifo, make_clip(frames=20, container_format=container_format).read_bytes())
    with open_source(str(fifo), live=live, clock=clock, sleep=clock.sleep) as source:
        items = list(source)
    assert [item.index for item in items if isinstance(item, Frame)] == list(range(20))
    assert len(items) == 20


def test_a_picture_that_is_piped_in_is_a_still(fifo) -> None:
    writing(fifo, cv2.imencode(".png", np.full((48, 64, 3), 9, np.uint8))[1].tobytes())
    with open_source(str(fifo), live=True) as source:
        assert source.size == (64, 48)
        assert len([item for item, _ in zip(source, range(3), strict=False)]) == 3


@pytest.mark.parametrize("live", [False, True])
def test_a_pipe_that_nobody_writes_to_is_a_sentence(fifo, live: bool) -> None:
    with pytest.raises(SourceError, match=r"fifo gave nothing for 0\.8 s"):
        open_source(str(fifo), live=live)


def test_a_pipe_that_falls_silent_gives_what_came_and_says_so(make_clip, fifo) -> None:
    clip = make_clip(frames=60, grain=40, container_format="mpegts").read_bytes()
    writing(fifo, clip[: len(clip) // 2], holds_s=3.0)
    with open_source(str(fifo), live=False) as source:
        *frames, notice = list(source)
    assert 10 < len(frames) < 60
    assert isinstance(notice, SourceNotice)
    assert f"stopped sending after {len(frames)} frames" in notice.text


def test_what_can_be_read_from_a_file_only_is_a_sentence(make_clip, fifo) -> None:
    writing(fifo, make_clip(frames=60, grain=40).read_bytes())
    with pytest.raises(SourceError, match="Pipe MPEG-TS, WebM, MKV, AVI or MJPEG, or give a file"):
        open_source(str(fifo), live=False)


def test_a_device_without_end_that_is_no_clip_is_a_sentence() -> None:
    with pytest.raises(SourceError, match="/dev/zero"):
        open_source("/dev/zero", live=True)


def test_ctrl_c_while_waiting_is_ctrl_c(fifo, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pipe.select, "select", interrupted)
    with pytest.raises(KeyboardInterrupt):
        open_source(str(fifo), live=False)
