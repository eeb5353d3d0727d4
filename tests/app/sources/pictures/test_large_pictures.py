"""Large pictures are scaled down in bounded memory, without output on the terminal."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from app.sources import open_source
from flame_model.errors import SourceError

PEAK = """
import sys
from app.sources import open_source
import PIL.ImageCms, cv2
def peak_kb():
    if sys.platform != "linux":
        return 0  # counted in other units, or not at all
    import resource
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
before = peak_kb()
with open_source(sys.argv[1], live=False) as source:
    size = source.size
print(*size, (peak_kb() - before) / 1024)
"""
"""Prints width, height and by how many MB the peak of memory rose."""


def opened_elsewhere(path: Path) -> tuple[tuple[int, int], float]:
    """Return the size a picture is shown in and the MB that opening it took, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=False, timeout=120
    )
    assert (done.returncode, done.stderr) == (0, "")
    width, height, megabytes = done.stdout.split()
    return (int(width), int(height)), float(megabytes)


@pytest.mark.parametrize("suffix", [".jpg", ".png", ".bmp"])
def test_a_picture_of_100_megapixels_is_shown_small(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"large{suffix}"
    Image.new("L", (12000, 8400), 90).save(path, compress_level=1)
    size, megabytes = opened_elsewhere(path)
    assert size == (4096, 2867)
    assert megabytes < 350


@pytest.mark.parametrize("name", ["wide.png", "wide.jpg", "wide.tif", "wide.webp"])
def test_what_is_reduced_looks_the_same(name: str, tmp_path: Path) -> None:
    across = np.linspace(0, 255, 9000).astype(np.uint8)
    Image.fromarray(np.dstack([np.tile(across, (600, 1))] * 3)).save(tmp_path / name, quality=90)
    with open_source(str(tmp_path / name), live=False) as source:
        image = next(iter(source)).image
    assert image.shape == (273, 4096, 3)
    assert np.abs(image.astype(float) - np.linspace(0, 255, 4096)[:, None]).mean() < 1.5


@pytest.mark.parametrize("mode", ["1", "P", "LA", "RGBA", "I;16", "F", "CMYK"])
def test_reduced_pictures_of_every_mode_keep_their_brightness(mode: str, tmp_path: Path) -> None:
    grey = Image.new("L", (50, 9000), 255)
    if mode == "I;16":
        picture = Image.fromarray(np.full((9000, 50), 65535, np.uint16))
    else:
        picture = grey.convert("RGB").quantize(4) if mode == "P" else grey.convert(mode)
    picture.save(tmp_path / "tall.tif")
    with open_source(str(tmp_path / "tall.tif"), live=False) as source:
        image = next(iter(source)).image
    assert image.shape == (4096, 23, 3)
    assert image.min() >= 253


def test_reduced_transparency_has_no_fringe_of_hidden_colours(tmp_path: Path) -> None:
    picture = np.zeros((9000, 64, 4), np.uint8)
    picture[:, ::2] = (200, 200, 200, 255)
    picture[:, 1::2] = (255, 0, 0, 0)
    Image.fromarray(picture).save(tmp_path / "hair.png", compress_level=1)
    with open_source(str(tmp_path / "hair.png"), live=False, backdrop=(200, 200, 200)) as source:
        assert np.abs(next(iter(source)).image.astype(int) - 200).max() <= 2


def test_a_turned_picture_is_reduced_by_its_longer_side(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (9000, 500)).save(tmp_path / "photo.jpg", exif=exif)
    with open_source(str(tmp_path / "photo.jpg"), live=False) as source:
        assert source.size == (228, 4096)


@pytest.mark.parametrize(("width", "height"), [(20001, 10000), (60000, 60000), (2**31 - 1, 1)])
def test_what_is_too_large_is_refused_before_it_is_decoded(width: int, height: int, tmp_path: Path) -> None:
    header = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    data = b"IDAT" + zlib.compress(bytes(1000))
    chunks = [
        struct.pack(">I", len(each) - 4) + each + struct.pack(">I", zlib.crc32(each))
        for each in (header, data)
    ]
    (tmp_path / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
    with pytest.raises(SourceError, match=r"bomb\.png .*200 million pixels"):
        open_source(str(tmp_path / "bomb.png"), live=False)
