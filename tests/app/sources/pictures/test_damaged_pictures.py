"""A damaged picture file is read or refused with one sentence, without other output."""

from __future__ import annotations

import io
import random
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from app.sources import SourceNotice, open_source
from flame_model.errors import SourceError
from tests.app.sources.pictures.heic_files import write_heic

ROUNDS = 12
"""Damaged files of each kind."""
DRAWN = Image.fromarray(np.random.default_rng(0).integers(0, 255, (3, 4, 3), dtype=np.uint8)).resize((96, 72))


def encoded(picture: Image.Image, format_name: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format_name, **options)
    return buffer.getvalue()


def animated(format_name: str) -> bytes:
    others = [DRAWN.rotate(10 * turn) for turn in range(1, 4)]
    return encoded(DRAWN, format_name, save_all=True, append_images=others, duration=[40, 90, 40, 200])


def deep(dtype: type) -> Image.Image:
    return Image.fromarray(np.asarray(DRAWN.convert("L")).astype(dtype) * (1 if dtype == np.uint8 else 257))


def float_tiff() -> bytes:
    return cv2.imencode(".tif", np.asarray(DRAWN).astype(np.float32) / 255)[1].tobytes()


KINDS = {
    "jpeg": lambda: encoded(DRAWN, "JPEG", exif=DRAWN.getexif().tobytes()),
    "progressive jpeg": lambda: encoded(DRAWN, "JPEG", progressive=True),
    "cmyk jpeg": lambda: encoded(DRAWN.convert("CMYK"), "JPEG"),
    "png": lambda: encoded(DRAWN, "PNG"),
    "palette png": lambda: encoded(DRAWN.quantize(16), "PNG", transparency=3),
    "16-bit png": lambda: encoded(deep(np.uint16), "PNG"),
    "webp": lambda: encoded(DRAWN, "WEBP"),
    "avif": lambda: encoded(DRAWN, "AVIF"),
    "bmp": lambda: encoded(DRAWN, "BMP"),
    "tiff": lambda: encoded(DRAWN, "TIFF"),
    "lzw tiff": lambda: encoded(DRAWN, "TIFF", compression="tiff_lzw"),
    "deflate tiff": lambda: encoded(DRAWN, "TIFF", compression="tiff_adobe_deflate"),
    "fax tiff": lambda: encoded(DRAWN.convert("1"), "TIFF", compression="group4"),
    "integer tiff": lambda: encoded(deep(np.int32), "TIFF"),
    "float tiff": lambda: encoded(deep(np.float32), "TIFF"),
    "colour float tiff": float_tiff,
    "animated gif": lambda: animated("GIF"),
    "animated png": lambda: animated("PNG"),
    "animated webp": lambda: animated("WEBP"),
    "animated avif": lambda: animated("AVIF"),
}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """Return a file cut, with other bytes anywhere or in its head, or with bytes left out or put in."""
    broken = bytearray(data)
    place = chance.randrange(len(broken))
    match chance.randrange(5):
        case 0:
            del broken[max(place, 1) :]
        case 1:
            for _ in range(chance.choice((1, 3, 20))):
                broken[chance.randrange(len(broken))] = chance.choice((0, 127, 128, 255))
        case 2:
            for _ in range(chance.choice((1, 3, 8))):
                broken[chance.randrange(min(len(broken), 120))] = chance.randrange(256)
        case 3:
            del broken[place : place + chance.randrange(1, 64)]
        case _:
            broken[place:place] = chance.randbytes(chance.randrange(1, 64))
    return bytes(broken)


def read_through(path: Path) -> None:
    """Read a file; raises SourceError, and AssertionError where the source breaks its contract."""
    with open_source(str(path), live=False) as source:
        pictures = [item.image for item in source if not isinstance(item, SourceNotice)]
    assert pictures
    width, height = source.size
    assert all(image.shape == (height, width, 3) and image.dtype == np.uint8 for image in pictures)


def sentence_of(path: Path) -> str:
    """Return the error sentence of a file that cannot be read, or the path of one that can."""
    try:
        read_through(path)
    except SourceError as error:
        return str(error)
    return str(path)


@pytest.mark.parametrize("kind", KINDS)
def test_a_damaged_picture_is_read_or_one_sentence(
    kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder
) -> None:
    data, path = KINDS[kind](), tmp_path / "face.png"
    path.write_bytes(data)
    read_through(path)
    for number in range(ROUNDS):
        path.write_bytes(damaged(data, random.Random(f"{kind} {number}")))
        said = sentence_of(path)
        assert said.startswith(str(path)), number
        assert "\n" not in said, number
    assert capfd.readouterr() == ("", "")
    assert not list(recwarn)


def test_a_damaged_heic_is_read_or_one_sentence(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "face.heic"
    write_heic(path, np.asarray(DRAWN), tile=64, quarter_turns=1)
    data = path.read_bytes()
    for number in range(3 * ROUNDS):
        path.write_bytes(damaged(data, random.Random(number)))
        assert "\n" not in sentence_of(path), number
    assert capfd.readouterr() == ("", "")


def test_what_pillow_logs_stays_off_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "face.tif"
    DRAWN.save(path)
    data = path.read_bytes()
    at = data.index(b"\x15\x01\x03\x00\x01\x00\x00\x00\x03\x00")
    path.write_bytes(data[: at + 8] + b"\x25" + data[at + 9 :])
    reading = "import sys\nfrom app.sources import open_source\nopen_source(sys.argv[1], live=False)"
    done = subprocess.run(
        [sys.executable, "-c", reading, str(path)], capture_output=True, text=True, check=False
    )
    assert "SourceError" in done.stderr.splitlines()[-1]
    assert "More samples" not in done.stderr


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "avif", "bmp", "tiff", "lzw tiff", "deflate tiff"])
def test_a_cut_picture_is_said_to_be_cut(kind: str, tmp_path: Path) -> None:
    data = KINDS[kind]()
    (tmp_path / "face").write_bytes(data[: len(data) * 2 // 3])
    with pytest.raises(SourceError, match=r"face cannot be read as a picture: it .*was cut"):
        open_source(str(tmp_path / "face"), live=False)
