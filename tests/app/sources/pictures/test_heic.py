"""HEIC as phones write it: tiles composed, turned and mirrored once, whatever else the file says."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.sources import open_source
from flame_model.errors import SourceError
from tests.app.sources.pictures.heic_files import write_heic

SIZE = (200, 140)
TILE = 128
EXIF_SIDEWAYS = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"


@pytest.fixture(scope="module")
def drawn() -> np.ndarray:
    """Return a picture in which every corner and every tile looks different."""
    across = np.tile(np.linspace(0, 200, SIZE[0]), (SIZE[1], 1))
    down = np.tile(np.linspace(0, 200, SIZE[1])[:, None], (1, SIZE[0]))
    return np.dstack([across, down, np.full_like(across, 120)]).astype(np.uint8)


def shown(path: Path) -> np.ndarray:
    with open_source(str(path), live=False) as source:
        (frame,) = source
        assert source.size == frame.image.shape[1::-1]
    return frame.image


def same(image: np.ndarray, expected: np.ndarray) -> bool:
    return image.shape == expected.shape and float(np.abs(image.astype(int) - expected).mean()) < 4


def test_tiles_are_composed_and_cut_to_the_size(drawn: np.ndarray, tmp_path: Path) -> None:
    write_heic(tmp_path / "photo.heic", drawn, tile=TILE)
    assert same(shown(tmp_path / "photo.heic"), drawn)


@pytest.mark.parametrize("turns", [1, 2, 3])
@pytest.mark.parametrize("exif", [None, EXIF_SIDEWAYS], ids=["bare", "exif"])
def test_it_is_turned_once(turns: int, exif: bytes | None, drawn: np.ndarray, tmp_path: Path) -> None:
    write_heic(tmp_path / "photo.heic", drawn, tile=TILE, quarter_turns=turns, exif=exif)
    assert same(shown(tmp_path / "photo.heic"), np.rot90(drawn, turns))


@pytest.mark.parametrize(("axis", "mirrored"), [(0, np.flipud), (1, np.fliplr)])
def test_it_is_mirrored(axis: int, mirrored: Callable, drawn: np.ndarray, tmp_path: Path) -> None:
    write_heic(tmp_path / "photo.heic", drawn, tile=TILE, mirror=axis)
    assert same(shown(tmp_path / "photo.heic"), mirrored(drawn))


def test_ten_bits_a_channel_look_as_eight(drawn: np.ndarray, tmp_path: Path) -> None:
    deep = drawn.astype(np.uint16) * 257
    write_heic(tmp_path / "photo.heic", deep, tile=TILE, pixel_format="yuv420p10le")
    assert same(shown(tmp_path / "photo.heic"), drawn)


@pytest.mark.parametrize("name", ["photo", "photo.jpg", "photo.HEIC", "photo.mp4"])
def test_it_is_known_by_its_content(name: str, drawn: np.ndarray, tmp_path: Path) -> None:
    write_heic(tmp_path / name, drawn, tile=TILE)
    assert same(shown(tmp_path / name), drawn)


def test_without_its_reader_it_is_a_sentence_that_names_the_package(
    drawn: np.ndarray, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_heic(tmp_path / "photo.heic", drawn, tile=TILE)
    monkeypatch.setitem(sys.modules, "pi_heif", None)
    with pytest.raises(SourceError, match="pip install pi-heif"):
        open_source(str(tmp_path / "photo.heic"), live=False)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_cut_one_is_a_sentence(share: float, drawn: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "photo.heic"
    write_heic(path, np.random.default_rng(0).integers(0, 255, drawn.shape, dtype=np.uint8), tile=TILE)
    path.write_bytes(path.read_bytes()[: int(share * path.stat().st_size)])
    with pytest.raises(SourceError, match=r"photo\.heic cannot be read as a picture"):
        open_source(str(path), live=False)
