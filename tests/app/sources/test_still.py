from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.sources import open_source
from flame_model.errors import SourceError


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "face.png"
    Image.new("RGB", (40, 30), (200, 100, 50)).save(path)
    return path


def test_offline_a_picture_is_one_frame(picture: Path) -> None:
    with open_source(str(picture), live=False) as source:
        assert (source.frame_count, source.size, source.is_camera) == (1, (40, 30), False)
        (frame,) = source
    assert (frame.image == (200, 100, 50)).all()
    assert frame.image.shape == (30, 40, 3)


def test_live_it_is_held_at_30_frames_a_second(picture: Path, clock) -> None:
    begun_s = clock()
    with open_source(str(picture), live=True, clock=clock, sleep=clock.sleep) as source:
        assert source.frame_count is None
        frames = [frame for frame, _ in zip(source, range(31), strict=False)]
        assert clock() - begun_s == pytest.approx(1.0, abs=0.05)
    assert (np.diff([frame.time_s for frame in frames]) > 0).all()


def test_looped_it_repeats_offline_too(picture: Path) -> None:
    with open_source(str(picture), live=False, loop=True) as source:
        frames = [frame for frame, _ in zip(source, range(5), strict=False)]
    assert [frame.time_s for frame in frames] == pytest.approx([i / 30 for i in range(5)])


@pytest.mark.parametrize("name", ["photo.jpg", "photo.png", "photo.webp", "photo.tif", "photo.avif"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_turned_photo_is_shown_upright(name: str, orientation: int, tmp_path: Path) -> None:
    upright = np.zeros((32, 48, 3), dtype=np.uint8)
    upright[:16, :24], upright[:16, 24:], upright[16:, :24] = 250, 160, 80
    # How each value of the tag asks to turn what is stored, undone.
    stored = {
        1: upright,
        2: upright[:, ::-1],
        3: upright[::-1, ::-1],
        4: upright[::-1],
        5: upright.transpose(1, 0, 2),
        6: np.rot90(upright),
        7: upright[::-1, ::-1].transpose(1, 0, 2),
        8: np.rot90(upright, -1),
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(np.ascontiguousarray(stored)).save(tmp_path / name, exif=exif, quality=95)
    with open_source(str(tmp_path / name), live=False) as source:
        (frame,) = source
        assert source.size == (48, 32)
    assert np.abs(frame.image.astype(int) - upright).mean() < 4


def test_a_transparent_picture_lies_on_black(tmp_path: Path) -> None:
    Image.new("RGBA", (8, 8), (255, 255, 255, 0)).save(tmp_path / "clear.png")
    with open_source(str(tmp_path / "clear.png"), live=False) as source:
        assert next(iter(source)).image.max() == 0


def test_what_only_looks_like_a_picture_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "letter.jpg").write_text("not a picture")
    with pytest.raises(SourceError, match=r"letter\.jpg cannot be read as a picture"):
        open_source(str(tmp_path / "letter.jpg"), live=False)


def test_a_cut_picture_is_a_sentence(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 255, (64, 64, 3), dtype=np.uint8)
    Image.fromarray(noise).save(tmp_path / "cut.png")
    (tmp_path / "cut.png").write_bytes((tmp_path / "cut.png").read_bytes()[:3000])
    with pytest.raises(SourceError, match=r"cut\.png"):
        open_source(str(tmp_path / "cut.png"), live=False)
