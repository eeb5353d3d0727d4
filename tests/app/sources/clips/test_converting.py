"""Colours and sizes of clips as a screen shows them."""

from __future__ import annotations

import gc
from pathlib import Path

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc

from app.sources import open_source
from app.sources.clips.converting import RgbConverter
from app.sources.clips.decoding import prepare_decoder
from app.sources.picture_size import MAX_SIDE
from flame_model.errors import SourceError
from mappings.frames import Frame

SKIN = np.array([200, 140, 110], np.uint8)


def stored(picture: np.ndarray, pixels: str, matrix: int, colour_range: int) -> VideoFrame:
    """Return the picture as a file holds it: in this format, matrix and range, and labelled so."""
    frame = VideoFrame.from_ndarray(picture, format="rgb24").reformat(
        format=pixels, dst_colorspace=matrix, dst_color_range=colour_range
    )
    frame.colorspace, frame.color_range = {Colorspace.ITU709: 1, Colorspace.ITU601: 6}[matrix], colour_range
    return frame


@pytest.mark.parametrize("pixels", ["yuv420p", "yuv422p", "yuv444p", "yuv420p10le", "nv12"])
@pytest.mark.parametrize("matrix", [Colorspace.ITU709, Colorspace.ITU601])
@pytest.mark.parametrize("colour_range", [ColorRange.MPEG, ColorRange.JPEG])
def test_colours_are_those_that_were_stored(pixels: str, matrix: int, colour_range: int) -> None:
    frame = stored(np.full((48, 64, 3), SKIN), pixels, matrix, colour_range)
    assert np.abs(RgbConverter(None).convert(frame).astype(int) - SKIN).max() <= 3


@pytest.mark.parametrize(
    ("size", "matrix"), [((64, 48), Colorspace.ITU601), ((1280, 720), Colorspace.ITU709)]
)
def test_what_says_nothing_of_its_colours_is_taken_by_its_size(size, matrix) -> None:
    frame = stored(np.full((size[1], size[0], 3), SKIN), "yuv420p", matrix, ColorRange.MPEG)
    frame.colorspace = 2
    assert np.abs(RgbConverter(None).convert(frame).astype(int) - SKIN).max() <= 3


def pq(nits: np.ndarray) -> np.ndarray:
    power = (nits / 10000) ** 0.1593017578125
    return ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375


def hlg(nits: np.ndarray) -> np.ndarray:
    scene = nits / 1000 * (nits / 1000 @ [0.2627, 0.6780, 0.0593]) ** (1 / 1.2 - 1)
    loud = 0.17883277 * np.log(np.maximum(12 * scene - 0.28466892, 1e-9)) + 0.55991073
    return np.where(scene <= 1 / 12, np.sqrt(3 * scene), loud)


@pytest.mark.parametrize(("encode", "transfer"), [(pq, ColorTrc.SMPTE2084), (hlg, ColorTrc.ARIB_STD_B67)])
def test_a_face_in_hdr_has_the_colours_of_the_same_face_without(encode, transfer) -> None:
    light = ((SKIN / 255 + 0.055) / 1.055) ** 2.4
    wide = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])
    red, green, blue = encode(203 * wide @ light)
    luma = 0.2627 * red + 0.6780 * green + 0.0593 * blue
    planes = [luma * 876 + 64, (blue - luma) / 1.8814 * 896 + 512, (red - luma) / 1.4746 * 896 + 512]
    frame = VideoFrame(64, 48, "yuv420p10le")
    for plane, value in zip(frame.planes, planes, strict=True):
        plane.update(np.full(plane.buffer_size // 2, round(value), "<u2").tobytes())
    frame.colorspace, frame.color_range = 9, ColorRange.MPEG
    frame.color_trc, frame.color_primaries = transfer, ColorPrimaries.BT2020
    assert np.abs(RgbConverter(None).convert(frame).astype(int) - SKIN).max() <= 4


def write_huge(path: Path, size: tuple[int, int], codec: str, pixels: str) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = *size, pixels
        container.mux(stream.encode(VideoFrame(*size, pixels)))
        container.mux(stream.encode(None))
    return path


def test_a_wide_clip_comes_out_no_larger_than_is_looked_at(tmp_path: Path) -> None:
    clip = write_huge(tmp_path / "wide.mp4", (16000, 480), "mjpeg", "yuvj420p")
    with open_source(str(clip), live=False) as source:
        frame = next(iter(source))
    assert isinstance(frame, Frame)
    assert frame.image.shape == (round(480 * MAX_SIDE / 16000), MAX_SIDE, 3)


@pytest.mark.parametrize(
    ("size", "codec", "pixels", "refused"),
    [
        ((7680, 4320), "libx264", "yuv420p", False),
        ((7680, 4320), "libx264", "yuv420p10le", False),
        ((16000, 16000), "libx264", "yuv420p", True),
        ((10000, 6000), "libx264", "yuv420p10le", True),
        ((16000, 16000), "mjpeg", "yuvj420p", False),
        ((30000, 30000), "mjpeg", "yuvj420p", True),
    ],
)
def test_pictures_that_would_fill_the_memory_are_refused_before_decoding(
    size, codec, pixels, refused
) -> None:
    decoder = {"libx264": "h264", "mjpeg": "mjpeg"}[codec]

    class Stream:
        thread_type = ""
        codec_context = av.CodecContext.create(decoder, "r")

    Stream.codec_context.width, Stream.codec_context.height = size
    Stream.codec_context.pix_fmt = pixels
    if refused:
        with pytest.raises(SourceError, match=rf"film has pictures of {size[0]}x{size[1]}"):
            prepare_decoder(Stream, "film")  # type: ignore[arg-type]
    else:
        prepare_decoder(Stream, "film")  # type: ignore[arg-type]


def test_a_picture_is_let_go_before_the_next_is_decoded(make_clip) -> None:
    """Huge ones take hundreds of megabytes, and PyAV keeps each whose side data was read."""
    gc.collect()
    gc.disable()
    try:
        with open_source(str(make_clip(frames=30, rotation=90)), live=False) as source:
            for _ in zip(source, range(20), strict=False):
                pass
            assert sum(isinstance(kept, VideoFrame) for kept in gc.get_objects()) <= 3
    finally:
        gc.enable()
