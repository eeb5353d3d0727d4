from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from app.recording import open_writer
from flame_model.arrays import Picture
from flame_model.errors import OutputError
from tests.app.recording.conftest import FORMATS, picture, read_back


def write(path: Path, pictures: list[Picture], fps: float = 30, alpha: bool = False) -> None:
    height, width = pictures[0].shape[:2]
    with open_writer(path, (width, height), fps, alpha=alpha) as writer:
        for rgba in pictures:
            writer.add(rgba)
    assert writer.frames == len(pictures)


def boxes(path: Path) -> list[str]:
    """Return the names of the outermost boxes of an MP4 file."""
    data, position, names = path.read_bytes(), 0, []
    while position < len(data):
        names.append(data[position + 4 : position + 8].decode())
        position += int.from_bytes(data[position : position + 4], "big")
    return names


@pytest.mark.parametrize("name", FORMATS)
def test_every_picture_comes_back_in_order(tmp_path: Path, name: str) -> None:
    pictures = [picture(index) for index in range(24)]
    write(tmp_path / name, pictures)
    back = read_back(tmp_path / name)
    assert len(back) == 24
    for written, read in zip(pictures, back, strict=True):
        assert read.shape == written.shape
        assert np.abs(read[..., :3].astype(int) - written[..., :3]).mean() < 8
        assert (read[..., 3] == 255).all()


@pytest.mark.parametrize("name", ["out.gif", "out.webp", "out.png", "frames"])
def test_transparency_is_kept(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, [picture(index) for index in range(5)], alpha=True)
    for read in read_back(tmp_path / name):
        assert (read[:, :32, 3] == 0).all()
        assert (read[:, 32:, 3] == 255).all()


def test_webm_holds_vp9_with_the_alpha_of_each_picture(tmp_path: Path) -> None:
    ramp = np.tile(np.linspace(0, 255, 64).astype(np.uint8), (48, 1))
    pictures = [
        np.dstack([np.full((48, 64, 3), 180, np.uint8), np.roll(ramp, shift, 1)]) for shift in (0, 20)
    ]
    write(tmp_path / "out.webm", pictures, alpha=True)
    with av.open(str(tmp_path / "out.webm")) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.metadata["alpha_mode"]) == ("vp9", "1")
    for written, read in zip(pictures, read_back(tmp_path / "out.webm"), strict=True):
        assert np.abs(read[..., 3].astype(int) - written[..., 3]).mean() < 6
        assert np.abs(read[..., :3].astype(int) - 180).max() < 12
    write(tmp_path / "opaque.webm", pictures)
    with av.open(str(tmp_path / "opaque.webm")) as container:
        assert "alpha_mode" not in container.streams.video[0].metadata


@pytest.mark.parametrize("name", ["out.webp", "out.png"])
def test_what_becomes_transparent_disappears(tmp_path: Path, name: str) -> None:
    seen, gone = picture(9), picture(9)
    gone[..., 3] = 0
    write(tmp_path / name, [seen, gone, seen], alpha=True)
    assert [bool(read[..., 3].any()) for read in read_back(tmp_path / name)] == [True, False, True]


def test_lossless_formats_are_exact(tmp_path: Path) -> None:
    pictures = [picture(3), picture(3), picture(4)]
    pictures[1] = pictures[0].copy()
    pictures[1][40, 61] = (1, 2, 3, 255)
    for name in ("out.png", "frames"):
        write(tmp_path / name, pictures, alpha=True)
        for written, read in zip(pictures, read_back(tmp_path / name), strict=True):
            visible = written[..., 3] > 0
            assert (read[visible] == written[visible]).all()


def test_the_palette_is_of_the_whole_clip(tmp_path: Path) -> None:
    colors = [(250, 10, 10), (10, 250, 10), (10, 10, 250), (240, 240, 20)]
    pictures = [np.full((32, 32, 4), (*color, 255), dtype=np.uint8) for color in colors]
    write(tmp_path / "out.gif", pictures)
    for color, read in zip(colors, read_back(tmp_path / "out.gif"), strict=True):
        assert abs(read[5, 5, :3].astype(int) - color).max() <= 4


def test_a_gif_longer_than_what_is_held_back_is_whole(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("app.recording.formats.gif.writer.SPOOL_BYTES", 20_000)
    write(tmp_path / "out.gif", [picture(index % 20) for index in range(60)])
    assert len(read_back(tmp_path / "out.gif")) == 60


@pytest.mark.parametrize("name", ["out.gif", "out.webp", "out.png"])
def test_animations_run_at_the_asked_rate_for_ever(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, [picture(index) for index in range(30)], fps=30)
    with Image.open(tmp_path / name) as image:
        assert image.info["loop"] == 0
        lasting_ms = 0.0
        for index in range(30):
            image.seek(index)
            image.load()
            lasting_ms += image.info["duration"]
    assert lasting_ms == pytest.approx(1000, abs=15)


def test_mp4_is_plain_h264_at_the_asked_rate_in_the_right_colours(tmp_path: Path) -> None:
    red = np.full((48, 64, 4), (200, 30, 20, 255), dtype=np.uint8)
    write(tmp_path / "out.mp4", [red] * 50, fps=25)
    with av.open(str(tmp_path / "out.mp4")) as container:
        stream = container.streams.video[0]
        assert (stream.codec_context.name, stream.codec_context.pix_fmt) == ("h264", "yuv420p")
        assert (stream.frames, float(stream.average_rate)) == (50, 25.0)
        times = [frame.time for frame in container.decode(video=0)]
    assert times == pytest.approx([index / 25 for index in range(50)], abs=1e-3)
    assert abs(read_back(tmp_path / "out.mp4")[20][20, 20, :3].astype(int) - (200, 30, 20)).max() <= 3
    assert boxes(tmp_path / "out.mp4") == ["ftyp", "free", "mdat", "moov"], "closed, it has one index"


def test_mp4_of_odd_size_loses_no_picture(tmp_path: Path) -> None:
    write(tmp_path / "out.mp4", [picture(index, (63, 47)) for index in range(5)])
    assert read_back(tmp_path / "out.mp4")[0].shape == (48, 64, 4)


@pytest.mark.parametrize("name", ["out.gif", "out.webp", "out.png", "frames"])
def test_other_formats_keep_an_odd_size(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, [picture(index, (63, 47)) for index in range(5)], alpha=True)
    assert [read.shape for read in read_back(tmp_path / name)] == [(47, 63, 4)] * 5


def test_a_new_run_replaces_the_frames_of_an_earlier_one(tmp_path: Path) -> None:
    write(tmp_path / "frames", [picture(0)] * 5)
    (tmp_path / "frames" / "notes.txt").write_text("mine")
    write(tmp_path / "frames", [picture(1)] * 2)
    names = sorted(file.name for file in (tmp_path / "frames").iterdir())
    assert names == ["frame_000000.png", "frame_000001.png", "notes.txt"]


@pytest.mark.parametrize("name", FORMATS[:-1])
def test_a_writer_given_nothing_leaves_nothing(tmp_path: Path, name: str) -> None:
    open_writer(tmp_path / name, (64, 48), 30, alpha=False).close()
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    ("name", "options", "sentence"),
    [
        ("out.avi", {}, r"\.avi.*\.mp4, \.webm, \.gif, \.webp, \.png"),
        ("out.mp4", {"alpha": True}, "no alpha"),
        ("out.gif", {"fps": 60}, "at most 50"),
        ("out.mp4", {"fps": 0}, "frames a second"),
        ("out.mp4", {"size": (0, 48)}, "0x48"),
    ],
)
def test_what_no_writer_can_do_is_a_sentence(tmp_path: Path, name: str, options: dict, sentence: str) -> None:
    asked = {"size": (64, 48), "fps": 30, "alpha": False} | options
    with pytest.raises(OutputError, match=sentence):
        open_writer(tmp_path / name, **asked)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["out.mp4", "out.webm"])
def test_a_picture_that_is_repeated_is_shown_again(tmp_path: Path, name: str) -> None:
    first, second = picture(3), picture(30)
    write(tmp_path / name, [first, first, second, second, second, first])
    levels = [float(read[..., :3].mean()) for read in read_back(tmp_path / name)]
    expected = [float(each[..., :3].mean()) for each in (first, first, second, second, second, first)]
    np.testing.assert_allclose(levels, expected, atol=6)
