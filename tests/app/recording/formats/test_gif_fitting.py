"""A GIF becomes smaller and slower until it has no more bytes than it may."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.recording import open_writer
from app.recording.formats.gif.fitting import GifEncoder
from app.recording.recorded_clip import RecordedClip
from flame_model.arrays import Picture
from flame_model.errors import OutputError

SIZE = (160, 120)
SECONDS, FPS = 2.0, 25.0


def moving(index: int) -> Picture:
    """Return a picture of coloured grain with a bright bar that moves."""
    random = np.random.default_rng(7)
    rgba = np.full((SIZE[1], SIZE[0], 4), 255, np.uint8)
    rgba[..., :3] = random.integers(60, 120, (SIZE[1], SIZE[0], 3))
    rgba = np.roll(rgba, 2 * index, axis=1)
    rgba[:, 4 * index : 4 * index + 12, :3] = 240
    return rgba


def write(path: Path, limit: int | None) -> list[str]:
    said: list[str] = []
    with open_writer(path, SIZE, FPS, gif_bytes=limit, say=said.append) as writer:
        for index in range(round(SECONDS * FPS)):
            writer.add(moving(index))
    return said


def lasting_s(path: Path) -> float:
    with Image.open(path) as image:
        total = 0.0
        for index in range(image.n_frames):
            image.seek(index)
            total += image.info["duration"]
        return total / 1000


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count how often the whole is written."""
    times: list[int] = []
    plain = GifEncoder._write

    def counted(self, *arguments) -> int:
        times.append(1)
        return plain(self, *arguments)

    monkeypatch.setattr(GifEncoder, "_write", counted)
    return times


@pytest.mark.parametrize("limit", [400_000, 120_000])
def test_it_fits_is_not_far_below_and_lasts_as_long(tmp_path: Path, written: list[int], limit: int) -> None:
    path = tmp_path / "out.gif"
    (said,) = write(path, limit)
    assert 0.6 * limit < path.stat().st_size <= limit
    assert len(written) <= 2
    assert lasting_s(path) == pytest.approx(SECONDS, abs=0.1)
    with Image.open(path) as image:
        width, height = image.size
        assert width / height == pytest.approx(4 / 3, rel=0.03)
        assert f"out.gif is {width}x{height} at " in said
        assert f"to fit into {limit / 1e6:g} MB" in said


def test_one_that_fits_stays_as_it_is(tmp_path: Path, written: list[int]) -> None:
    path = tmp_path / "out.gif"
    assert write(path, 50_000_000) == []
    assert len(written) == 1
    with Image.open(path) as image:
        assert (image.size, image.n_frames) == (SIZE, 50)


def test_one_that_fits_in_no_size_is_told_and_its_pictures_are_kept(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"does not fit into 0\.001 MB, not even as .*--gif-mb") as caught:
        write(tmp_path / "out.gif", 1000)
    (left,) = tmp_path.iterdir()
    assert str(left) in caught.value.__notes__[0]
    assert RecordedClip(left).frames == 50
