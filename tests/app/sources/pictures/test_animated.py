"""Animated pictures play as clips do: every frame, composed, at its own time."""

from __future__ import annotations

import zlib
from itertools import accumulate, pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.recording.opening import open_file_writer
from app.sources import SourceNotice, open_source
from flame_model.errors import SourceError
from mappings.frames import Frame

SIZE = (48, 32)
DELAYS_MS = [100, 40, 300, 60, 200]
SAVED = {
    "anim.gif": {},
    "anim.png": {},
    "anim.webp": {"lossless": True},
    "anim.avif": {"quality": 95, "subsampling": "4:4:4"},
}


def picture(index: int) -> Image.Image:
    """Return a grey picture that gets lighter with the index, with a moving white bar."""
    image = Image.new("RGB", SIZE, (20 * index % 240,) * 3)
    image.paste((255, 255, 255), (8 * index % 40, 0, 8 * index % 40 + 4, SIZE[1]))
    return image


def save(path: Path, delays_ms: list[int], **options: object) -> Path:
    pictures = [picture(index) for index in range(len(delays_ms))]
    pictures[0].save(path, save_all=True, append_images=pictures[1:], duration=delays_ms, **options)
    return path


def frames_of(path: Path) -> list[Frame]:
    with open_source(str(path), live=False) as source:
        items = list(source)
    assert all(isinstance(item, Frame) for item in items), items[-1]
    return items


@pytest.mark.parametrize("name", SAVED)
def test_every_frame_comes_at_its_own_time(name: str, tmp_path: Path) -> None:
    path = save(tmp_path / name, DELAYS_MS, **SAVED[name])
    with open_source(str(path), live=False) as source:
        assert (source.frame_count, source.size) == (5, SIZE)
        frames = list(source)
    assert [frame.time_s for frame in frames] == pytest.approx([0.0, 0.1, 0.14, 0.44, 0.5])
    for frame in frames:
        assert np.abs(frame.image.astype(int) - np.asarray(picture(frame.index))).mean() < 2


@pytest.mark.parametrize("suffix", [".gif", ".png", ".webp"])
@pytest.mark.parametrize("alpha", [False, True])
def test_what_the_program_writes_comes_back(suffix: str, alpha: bool, tmp_path: Path) -> None:
    path = tmp_path / f"out{suffix}"
    with open_file_writer(path, SIZE, 30.0, alpha=alpha) as writer:
        for index in range(31):
            writer.add(np.dstack([np.asarray(picture(index)), np.full(SIZE[::-1], 255, np.uint8)]))
    with open_source(str(path), live=False) as source:
        assert source.frame_count == 31
        assert source.fps == pytest.approx(30.0, rel=0.02)
        frames = list(source)
    assert [frame.time_s for frame in frames] == pytest.approx([i / 30 for i in range(31)], abs=0.006)
    for frame in frames:
        assert np.abs(frame.image.astype(int) - np.asarray(picture(frame.index))).mean() < 6


def test_gif_delays_of_nothing_are_shown_as_browsers_do(tmp_path: Path) -> None:
    frames = frames_of(save(tmp_path / "fast.gif", [0, 10, 20, 30]))
    assert [frame.time_s for frame in frames] == pytest.approx([0.0, 0.1, 0.2, 0.22])


@pytest.mark.parametrize("disposal", [0, 1, 2, 3])
def test_what_a_gif_frame_leaves_behind_is_composed(disposal: int, tmp_path: Path) -> None:
    frames = frames_of(save(tmp_path / "anim.gif", DELAYS_MS, disposal=disposal))
    assert all(np.abs(frame.image - np.asarray(picture(frame.index))).max() < 8 for frame in frames)


def test_the_cover_of_an_animated_png_is_no_part_of_it(tmp_path: Path) -> None:
    path = tmp_path / "covered.png"
    pictures = [picture(index) for index in range(4)]
    Image.new("RGB", SIZE, "red").save(
        path, save_all=True, append_images=pictures, duration=50, default_image=True
    )
    frames = frames_of(path)
    assert [frame.time_s for frame in frames] == pytest.approx([0.0, 0.05, 0.1, 0.15])
    assert not (frames[0].image == (255, 0, 0)).all(axis=2).any()


@pytest.mark.parametrize("name", SAVED)
def test_an_animation_of_one_picture_is_a_still(name: str, tmp_path: Path) -> None:
    with open_source(str(save(tmp_path / name, [100], **SAVED[name])), live=False) as source:
        assert source.frame_count == 1
    with open_source(str(tmp_path / name), live=True) as source:
        assert source.frame_count is None


def test_played_live_it_keeps_its_times_and_ends(tmp_path: Path, clock) -> None:
    path = save(tmp_path / "anim.gif", DELAYS_MS)
    begun_s = clock()
    with open_source(str(path), live=True, clock=clock, sleep=clock.sleep) as source:
        shown_s = [clock() - begun_s for _ in source]
    assert shown_s == pytest.approx([0.0, 0.1, 0.14, 0.44, 0.5], abs=1e-6)
    assert clock() - begun_s == pytest.approx(0.7)


def test_looped_the_last_picture_stays_as_long_as_it_should(tmp_path: Path) -> None:
    path = save(tmp_path / "anim.webp", DELAYS_MS)
    with open_source(str(path), live=False, loop=True) as source:
        times_s = [frame.time_s for frame, _ in zip(source, range(11), strict=False)]
    assert times_s == pytest.approx(list(accumulate([0.1, 0.04, 0.3, 0.06, 0.2] * 2, initial=0.0)))


@pytest.mark.parametrize("name", ["anim.gif", "anim.png", "anim.webp"])
def test_a_cut_one_plays_what_it_has_and_says_so(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    noise = np.random.default_rng(0).integers(0, 255, (6, 64, 64, 3), dtype=np.uint8)
    first, *others = [Image.fromarray(each) for each in noise]
    first.save(path, save_all=True, append_images=others, duration=50, **SAVED[name])
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * 0.7)])
    with open_source(str(path), live=False) as source:
        *frames, last = source
    assert 3 <= len(frames) <= 4
    assert isinstance(last, SourceNotice)
    assert last.text == f"{name} is damaged: {len(frames)} frames could be read."


def test_one_that_claims_more_pictures_than_it_has_plays_those(tmp_path: Path) -> None:
    path = save(tmp_path / "anim.png", DELAYS_MS)
    data = bytearray(path.read_bytes())
    at = data.index(b"acTL")
    data[at + 4 : at + 8] = (2**31 - 1).to_bytes(4, "big")
    data[at + 12 : at + 16] = zlib.crc32(data[at : at + 12]).to_bytes(4, "big")
    path.write_bytes(data)
    with open_source(str(path), live=False) as source:
        assert source.frame_count == 5
        *frames, last = source
    assert [frame.time_s for frame in frames] == pytest.approx([0.0, 0.1, 0.14, 0.44, 0.5])
    assert isinstance(last, SourceNotice)


@pytest.mark.parametrize("name", SAVED)
def test_one_without_a_whole_picture_is_a_sentence(name: str, tmp_path: Path) -> None:
    path = save(tmp_path / name, DELAYS_MS, **SAVED[name])
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(SourceError, match=rf"{name} cannot be read as a picture"):
        open_source(str(path), live=False)


def test_times_rise_over_pictures_without_delay(tmp_path: Path) -> None:
    frames = frames_of(save(tmp_path / "anim.webp", [0, 0, 0, 50]))
    assert all(later.time_s > earlier.time_s for earlier, later in pairwise(frames))
