from __future__ import annotations

import wave
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from app.sources import SourceNotice, open_source
from flame_model.errors import SourceError
from mappings.frames import Frame


def times_or_none(path: Path) -> list[float]:
    """Return the times of the frames that can be read, none where the file is refused with a sentence."""
    try:
        with open_source(str(path), live=False) as source:
            return [item.time_s for item in source if isinstance(item, Frame)]
    except SourceError:
        return []


@pytest.mark.parametrize(("suffix", "options"), [("mp4", {"movflags": "faststart"}), ("matroska", {})])
def test_a_cut_file_plays_what_it_has_and_says_so(make_clip, tmp_path: Path, suffix, options) -> None:
    whole = make_clip(frames=60, grain=40, container_format=suffix, **options).read_bytes()
    cut = tmp_path / "cut.mp4"
    cut.write_bytes(whole[: int(0.6 * len(whole))])
    with open_source(str(cut), live=False) as source:
        *frames, notice = list(source)
    assert 5 < len(frames) < 60
    assert isinstance(notice, SourceNotice)
    assert "cut.mp4" in notice.text
    assert str(len(frames)) in notice.text


@pytest.mark.parametrize("container_format", ["mp4", "matroska", "mpegts"])
@pytest.mark.parametrize("seed", range(6))
def test_scattered_damage_ends_in_pictures_or_a_sentence(make_clip, container_format, seed: int) -> None:
    clip = make_clip(frames=20, grain=40, container_format=container_format)
    random = np.random.default_rng(seed)
    data = np.frombuffer(clip.read_bytes(), dtype=np.uint8).copy()
    data[random.integers(0, len(data), 10**seed // 100 + 3)] = 0x5A
    clip.write_bytes(data.tobytes())
    assert all(later > earlier for earlier, later in pairwise(times_or_none(clip)))


def test_an_empty_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(SourceError, match=r"empty\.mp4 is empty"):
        open_source(str(tmp_path / "empty.mp4"), live=False)


def test_a_file_that_is_no_video_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "letter.mp4").write_text("Dear reader, this is not a video.\n" * 50)
    with pytest.raises(SourceError, match=r"letter\.mp4 cannot be opened as a video"):
        open_source(str(tmp_path / "letter.mp4"), live=False)


def test_a_file_without_its_index_is_a_sentence(make_clip, tmp_path: Path) -> None:
    cut = tmp_path / "no_index.mp4"
    cut.write_bytes(make_clip(frames=60).read_bytes()[:1000])
    with pytest.raises(SourceError, match=r"no_index\.mp4"):
        open_source(str(cut), live=False)


def test_sound_without_pictures_is_a_sentence(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "voice.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(8000))
    with pytest.raises(SourceError, match=r"voice\.wav holds no video stream"):
        open_source(str(tmp_path / "voice.wav"), live=False)
