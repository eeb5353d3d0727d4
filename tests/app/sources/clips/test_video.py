from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.sources import open_source
from mappings.frames import Frame


def frames_of(path: Path) -> list[Frame]:
    with open_source(str(path), live=False) as source:
        return [item for item in source if isinstance(item, Frame)]


def test_offline_gives_every_frame_in_rgb(make_clip) -> None:
    frames = frames_of(make_clip(frames=12))
    assert [frame.index for frame in frames] == list(range(12))
    assert frames[0].image.shape == (48, 64, 3)
    assert frames[0].image.dtype == np.uint8
    for frame in frames:
        assert frame.image[-10:, -10:].mean() == pytest.approx(10 * frame.index, abs=3)


def test_what_the_file_states_is_known_before_playing(make_clip) -> None:
    with open_source(str(make_clip(frames=12)), live=False) as source:
        assert (source.name, source.is_camera) == ("clip.mp4", False)
        assert source.frame_count == 12
        assert source.fps == pytest.approx(30, abs=0.5)
        assert source.size == (64, 48)


def test_times_are_those_of_a_variable_rate(make_clip) -> None:
    times_ms = [0, 40, 50, 200, 1200]
    frames = frames_of(make_clip(times_ms=times_ms))
    assert [frame.time_s for frame in frames] == pytest.approx([t / 1000 for t in times_ms], abs=1e-3)


@pytest.mark.parametrize(
    ("rotation", "size", "corner"),
    [
        (0, (64, 48), (slice(0, 8), slice(0, 8))),
        (90, (48, 64), (slice(-8, None), slice(0, 8))),
        (180, (64, 48), (slice(-8, None), slice(-8, None))),
        (-90, (48, 64), (slice(0, 8), slice(-8, None))),
    ],
)
def test_a_phone_video_is_turned_upright(make_clip, rotation, size, corner) -> None:
    with open_source(str(make_clip(rotation=rotation)), live=False) as source:
        assert source.size == size
        image = next(iter(source)).image
    assert image.shape == (size[1], size[0], 3)
    assert image[corner].mean() > 240
    assert np.median(image) < 20


def test_looping_goes_on_after_the_end(make_clip) -> None:
    with open_source(str(make_clip(frames=4)), live=False, loop=True) as source:
        frames = [item for item, _ in zip(source, range(10), strict=False)]
    assert [frame.index for frame in frames] == list(range(10))
    assert (np.diff([frame.time_s for frame in frames]) > 0).all()
    assert (frames[5].image == frames[1].image).all()


def test_live_plays_at_its_own_speed(make_clip, clock) -> None:
    source = open_source(str(make_clip(frames=31)), live=True, clock=clock, sleep=clock.sleep)
    begun_s = clock()
    with source:
        for item in source:
            assert clock() - begun_s == pytest.approx(item.time_s, abs=1e-6)
    assert clock() - begun_s == pytest.approx(31 / 30, abs=0.05)


def test_closing_ends_the_iteration(make_clip) -> None:
    source = open_source(str(make_clip(frames=10)), live=False, loop=True)
    for item in source:
        if item.index == 20:
            source.close()
    assert item.index == 20


def test_a_whole_file_ends_without_a_notice(make_clip) -> None:
    with open_source(str(make_clip()), live=False) as source:
        assert all(isinstance(item, Frame) for item in source)


def test_a_real_portrait_clip_is_read_whole(test_data: Path) -> None:
    with open_source(str(test_data / "clips" / "phone_portrait.mp4"), live=False) as source:
        assert (source.size, source.frame_count) == ((720, 1280), 352)
        times = [item.time_s for item in source]
    assert len(times) == 352
    assert (np.diff(times) > 0).all()
