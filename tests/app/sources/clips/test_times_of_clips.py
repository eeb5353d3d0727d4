from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame

from app.sources import open_source
from mappings.frames import Frame


def write_clip(path: Path, codec: str, rate: int, container_format: str, **options: str) -> Path:
    """Write 40 pictures, each of its own grey, in a codec that reorders them where it may."""
    with av.open(str(path), "w", format=container_format) as container:
        stream = container.add_stream(codec, rate=rate, options=options)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for index in range(40):
            picture = np.full((48, 64, 3), 5 * index, np.uint8)
            container.mux(stream.encode(VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def played(path: Path) -> tuple[float | None, list[Frame]]:
    with open_source(str(path), live=False) as source:
        return source.fps, [item for item in source if isinstance(item, Frame)]


@pytest.mark.parametrize("container_format", ["mp4", "matroska", "mpegts", "avi", "flv", "nut"])
def test_pictures_out_of_order_in_the_file_are_shown_in_order(tmp_path: Path, container_format: str) -> None:
    fps, frames = played(write_clip(tmp_path / "film", "libx264", 30, container_format, bf="3", crf="10"))
    assert fps == pytest.approx(30)
    assert [frame.time_s for frame in frames] == pytest.approx(np.arange(40) / 30, abs=2e-3)
    levels = [float(frame.image.mean()) for frame in frames]
    assert levels == pytest.approx(5 * np.arange(40), abs=4)


def test_a_recording_that_was_joined_to_another_plays_both_at_their_speed(tmp_path: Path) -> None:
    one = write_clip(tmp_path / "one.ts", "mpeg2video", 25, "mpegts").read_bytes()
    (tmp_path / "two.ts").write_bytes(one + one)
    _, frames = played(tmp_path / "two.ts")
    assert len(frames) == 80
    assert np.diff([frame.time_s for frame in frames]) == pytest.approx(0.04, abs=1e-3)


def test_a_phone_whose_rate_falls_states_no_average_of_it(make_clip) -> None:
    times_ms = [*(round(i * 1000 / 30) for i in range(30)), *range(1000, 3000, 100)]
    fps, frames = played(make_clip(times_ms=times_ms))
    assert fps == pytest.approx(30, rel=0.01)
    assert frames[30].time_s == pytest.approx(1.0)


def test_a_raw_stream_without_times_is_played_evenly(tmp_path: Path) -> None:
    fps, frames = played(write_clip(tmp_path / "film.h264", "libx264", 25, "h264", bf="0"))
    assert fps == pytest.approx(25)
    assert np.diff([frame.time_s for frame in frames]) == pytest.approx(0.04)
