"""Which stream of a clip is shown, and how it is laid out."""

from __future__ import annotations

import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from app.sources import open_source
from app.sources.clips.geometry import shown_size
from app.sources.picture_size import MAX_SIDE
from flame_model.errors import SourceError
from mappings.frames import Frame


def first(path: Path) -> Frame:
    with open_source(str(path), live=False) as source:
        frame = next(iter(source))
    assert isinstance(frame, Frame)
    assert source.size == (frame.image.shape[1], frame.image.shape[0])
    return frame


def add_video(container, codec: str, size: tuple[int, int], **stream_options) -> VideoStream:
    stream = container.add_stream(codec, rate=30, **stream_options)
    stream.width, stream.height = size
    stream.pix_fmt = "yuvj420p" if codec == "mjpeg" else "yuv420p"
    return stream


def write_grey(container, levels: dict[VideoStream, int], frames: int = 5) -> None:
    """Write that many pictures of one grey level to every stream."""
    for index in range(frames):
        for stream, level in levels.items():
            picture = np.full((stream.height, stream.width, 3), level, np.uint8)
            frame = VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts = index
            container.mux(stream.encode(frame))
    for stream in levels:
        container.mux(stream.encode(None))


def test_a_thumbnail_track_before_the_video_is_not_played(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "two.mkv"), "w") as container:
        small = add_video(container, "mjpeg", (32, 24))
        large = add_video(container, "libx264", (64, 48))
        write_grey(container, {small: 50, large: 200})
    assert first(tmp_path / "two.mkv").image.mean() == pytest.approx(200, abs=3)


def test_the_default_stream_comes_before_a_larger_one(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "two.mkv"), "w") as container:
        large = add_video(container, "libx264", (128, 96))
        small = add_video(container, "libx264", (64, 48))
        large.disposition, small.disposition = Disposition.original, Disposition.default
        write_grey(container, {large: 50, small: 200})
    assert first(tmp_path / "two.mkv").image.mean() == pytest.approx(200, abs=3)


def with_cover(path: Path, add_sound_or_video: Callable) -> Path:
    """Write a file whose first stream is a cover."""
    with av.open(str(path), "w") as container:
        cover = add_video(container, "mjpeg", (320, 180))
        cover.disposition = Disposition.attached_pic
        add_sound_or_video(container, cover)
    return path


def test_a_cover_is_not_the_clip(tmp_path: Path) -> None:
    def video(container, cover) -> None:
        stream = add_video(container, "libx264", (64, 48))
        write_grey(container, {cover: 50}, frames=1)
        write_grey(container, {stream: 200})

    assert first(with_cover(tmp_path / "film.mp4", video)).image.mean() == pytest.approx(200, abs=3)


def test_a_song_with_a_cover_holds_no_video(tmp_path: Path) -> None:
    def song(container, cover) -> None:
        sound = container.add_stream("aac", rate=48000)
        write_grey(container, {cover: 50}, frames=1)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 48000), np.float32), format="fltp", layout="mono")
        frame.rate = 48000
        container.mux(sound.encode(frame))
        container.mux(sound.encode(None))

    with pytest.raises(SourceError, match=r"song\.mp4 holds no video stream"):
        open_source(str(with_cover(tmp_path / "song.mp4", song)), live=False)


@pytest.mark.parametrize(
    ("stored", "aspect", "size"),
    [((64, 96), Fraction(3, 2), (96, 96)), ((96, 64), Fraction(2, 3), (96, 96)), ((72, 54), None, (72, 54))],
)
def test_pixels_are_shown_square(tmp_path: Path, stored, aspect, size) -> None:
    with av.open(str(tmp_path / "film.mp4"), "w") as container:
        stream = add_video(container, "libx264", stored)
        if aspect:
            stream.codec_context.sample_aspect_ratio = aspect
        write_grey(container, {stream: 100})
    image = first(tmp_path / "film.mp4").image
    assert (image.shape[1], image.shape[0]) == size


@pytest.mark.parametrize("aspect", [Fraction(0), Fraction(1, 10000), Fraction(70000, 1)])
def test_an_absurd_aspect_counts_as_none(aspect: Fraction) -> None:
    assert shown_size(640, 480, aspect) == (640, 480)


def test_large_pictures_are_shown_smaller_in_the_same_shape() -> None:
    assert shown_size(2 * MAX_SIDE, MAX_SIDE, None) == (MAX_SIDE, MAX_SIDE // 2)
    assert shown_size(MAX_SIDE, MAX_SIDE, Fraction(2)) == (MAX_SIDE, MAX_SIDE // 2)
    assert shown_size(100_000, 2, None) == (MAX_SIDE, 1)


MIRRORS = {
    "left and right": ((-1, 0, 0, 1), lambda image: image[:, ::-1]),
    "upside down": ((1, 0, 0, -1), lambda image: image[::-1]),
    "along one diagonal": ((0, 1, 1, 0), lambda image: image.transpose(1, 0, 2)),
    "along the other": ((0, -1, -1, 0), lambda image: image[::-1, ::-1].transpose(1, 0, 2)),
    "a quarter turn": ((0, 1, -1, 0), lambda image: np.rot90(image, -1)),
    "a half turn": ((-1, 0, 0, -1), lambda image: image[::-1, ::-1]),
}


@pytest.mark.parametrize("mirror", MIRRORS)
def test_a_mirror_in_the_display_matrix_is_shown(make_clip, mirror: str) -> None:
    matrix, expected = MIRRORS[mirror]
    clip = make_clip()
    plain = first(clip).image
    data = bytearray(clip.read_bytes())
    a, b, c, d = (int(number) << 16 for number in matrix)
    header = data.index(b"tkhd") + 4
    # Version 0 of the track's header: the matrix follows 40 bytes (ISO/IEC 14496-12, 8.3.2).
    data[header + 40 : header + 76] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    clip.write_bytes(data)
    assert (first(clip).image == expected(plain)).all()
