"""Sound stands in a file where it belongs: a click is heard when its flash is seen."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from app.recording import open_writer
from app.recording.converting import convert
from app.recording.recorded_clip import RecordedClip
from app.sources import open_source
from app.sources.clips.sound import ClipSound, open_clip_sound
from flame_model.errors import OutputError
from tests.app.recording.conftest import picture

RATE = 48_000
FPS = 25
CLICKS_S = (0.4, 1.0, 1.56)
"""Times of the clicks, and of the pictures that flash."""
SYNC_S = 0.04


def write_clicks(path: Path, *, rate: int = RATE, delay_s: float = 0.0, seconds: float = 2.0) -> Path:
    """Write a clip whose picture flashes while its sound clicks; its sound begins `delay_s` later."""
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=FPS)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        sound = container.add_stream("aac", rate=rate)
        sound.codec_context.layout = "mono"
        samples = np.zeros(round((seconds - delay_s) * rate), np.float32)
        for click_s in CLICKS_S:
            first = round((click_s - delay_s) * rate)
            samples[first : first + rate // 100] = 0.9 * np.sign(np.sin(np.arange(rate // 100)))
        for index in range(round(seconds * FPS)):
            flash = any(abs(index / FPS - click_s) < 0.5 / FPS for click_s in CLICKS_S)
            picture = np.full((48, 64, 3), 250 if flash else 10, np.uint8)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = index, Fraction(1, FPS)
            container.mux(video.encode(frame))
        for begin in range(0, len(samples), 1024):
            part = av.AudioFrame.from_ndarray(samples[None, begin : begin + 1024], "fltp", "mono")
            part.sample_rate, part.pts = rate, begin + round(delay_s * rate)
            part.time_base = Fraction(1, rate)
            container.mux(sound.encode(part))
        container.mux(video.encode(None))
        container.mux(sound.encode(None))
    return path


def heard_s(path: Path) -> list[float]:
    """Return the times of the clicks as FFmpeg's players hear them."""
    with av.open(str(path)) as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        loud: list[float] = []
        for frame in container.decode(audio=0):
            for part in resampler.resample(frame):
                begin_s = float(frame.time)
                at = np.flatnonzero(np.abs(part.to_ndarray().ravel()) > 0.3)
                loud += [begin_s + index / RATE for index in at]
    return [time_s for number, time_s in enumerate(loud) if number == 0 or time_s - loud[number - 1] > 0.1]


def seen_s(path: Path) -> list[float]:
    """Return the times of the pictures that flash."""
    with av.open(str(path)) as container:
        frames = [
            (float(frame.time), frame.to_ndarray(format="gray").mean()) for frame in container.decode(video=0)
        ]
    return [time_s for time_s, level in frames if level > 128]


def copied(clip: Path, out: Path) -> Path:
    """Write the pictures of a clip and its sound to another file, as `render` does with those of a head."""
    with (
        open_source(str(clip), live=False) as source,
        open_writer(out, (64, 48), FPS, sound=source.sound()) as writer,
    ):
        for frame in source.frames():
            writer.add(np.dstack([frame.image, np.full((48, 64), 255, np.uint8)]))
    return out


@pytest.mark.parametrize("name", ["out.mp4", "out.webm"])
@pytest.mark.parametrize("clip", [{}, {"rate": 44_100, "delay_s": 0.2}])
def test_the_sound_of_a_clip_stays_in_sync(tmp_path: Path, name: str, clip: dict) -> None:
    out = copied(write_clicks(tmp_path / "clicks.mp4", **clip), tmp_path / name)
    seen, heard = seen_s(out), heard_s(out)
    assert len(seen) == len(CLICKS_S)
    np.testing.assert_allclose(heard, seen, atol=SYNC_S)
    with av.open(str(out)) as container:
        sound, video = container.streams.audio[0], container.streams.video[0]
        assert (sound.codec_context.rate, sound.codec_context.channels) == (RATE, 2)
        lasting = [float((stream.duration or 0) * stream.time_base) for stream in (sound, video)]
    if name == "out.mp4":
        assert lasting[0] == pytest.approx(lasting[1], abs=0.05)


def test_a_part_of_a_recording_keeps_its_sound_in_sync(tmp_path: Path) -> None:
    whole = copied(write_clicks(tmp_path / "clicks.mp4"), tmp_path / "whole.mp4")
    for name in ("part.mp4", "part.webm"):
        convert(RecordedClip(whole), tmp_path / name, (0.8, 1.7))
        np.testing.assert_allclose(heard_s(tmp_path / name), seen_s(tmp_path / name), atol=SYNC_S)
        np.testing.assert_allclose(seen_s(tmp_path / name), [0.2, 0.76], atol=0.02)


def test_a_clip_without_sound_gives_none(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "mute.mp4"), "w") as container:
        video = container.add_stream("libx264", rate=FPS)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        container.mux(video.encode(av.VideoFrame(64, 48, "yuv420p")))
        container.mux(video.encode(None))
    with open_source(str(tmp_path / "mute.mp4"), live=False) as source:
        assert source.sound() is None
    with open_source("demo", live=False) as demo:
        assert demo.sound() is None


def test_sound_that_ends_early_goes_on_as_silence(tmp_path: Path) -> None:
    sound = open_clip_sound(write_clicks(tmp_path / "clicks.mp4"))
    assert sound is not None
    taken = [sound.take(until_s) for until_s in (0.5, 0.5, 3.0, 9.0)]
    sound.close()
    assert [len(part) for part in taken] == [RATE // 2, 0, 5 * RATE // 2, 6 * RATE]
    assert np.abs(taken[0]).max() > 0.3
    assert not taken[3].any()


def test_a_full_disk_leaves_pictures_and_sound_that_play(tmp_path: Path, disk_with_room) -> None:
    sound = open_clip_sound(write_clicks(tmp_path / "clicks.mp4"))
    assert sound is not None
    disk_with_room(90_000)
    with pytest.raises(OutputError, match="the disk is full"):
        write_200(tmp_path / "out.mp4", sound)
    assert heard_s(tmp_path / "out.mp4")


def write_200(path: Path, sound: ClipSound) -> None:
    with open_writer(path, (64, 48), FPS, sound=sound) as writer:
        for index in range(200):
            writer.add(picture(index % 40))
