"""The bytes of a picture decide its format, whatever its name, and only that format's decoder reads it."""

from __future__ import annotations

import io
import os
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from app.sources import open_source
from flame_model.errors import SourceError

RED = Image.linear_gradient("L").resize((64, 48))
GRADIENT = Image.merge("RGB", (RED, Image.new("L", (64, 48), 90), Image.new("L", (64, 48), 160)))
POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 64 48\n%%EndComments\nshowpage\n%%EOF\n"


def encoded(format_name: str) -> bytes:
    buffer = io.BytesIO()
    if format_name in ("JPEG", "WEBP", "AVIF"):
        GRADIENT.save(buffer, format_name, quality=95)
    else:
        GRADIENT.save(buffer, format_name)
    return buffer.getvalue()


def shown(path: Path) -> np.ndarray:
    with open_source(str(path), live=False) as source:
        (frame,) = source
    return frame.image


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "TIFF", "BMP", "AVIF"])
@pytest.mark.parametrize(
    "name", ["photo", "photo.JPG", "photo.png", "photo.jfif", "photo.heif", "photo.mp4", "photo.1"]
)
def test_a_picture_is_read_as_what_it_is_whatever_its_name(kind: str, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(encoded(kind))
    image = shown(tmp_path / name)
    assert np.abs(image.astype(int) - np.asarray(GRADIENT)).mean() < 3


def test_a_clip_named_as_a_picture_is_played(make_clip) -> None:
    with open_source(str(make_clip("clip.png", frames=5)), live=False) as source:
        assert len(list(source)) == 5


def test_the_second_picture_of_a_phone_photo_is_left_alone(tmp_path: Path) -> None:
    GRADIENT.save(tmp_path / "photo.jpg", "MPO", save_all=True, append_images=[Image.new("RGB", (64, 48))])
    with open_source(str(tmp_path / "photo.jpg"), live=False) as source:
        assert source.frame_count == 1
        assert next(iter(source)).image.max() > 100


@pytest.fixture
def marked_ghostscript(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put programs with Ghostscript's names first on the path; they leave a mark when they are run."""
    tools, mark = tmp_path / "tools", tmp_path / "was-run"
    tools.mkdir()
    for name in ("gs", "gswin64c", "gswin32c"):
        (tools / name).write_text(f"#!/bin/sh\ntouch '{mark}'\n")
        (tools / name).chmod(0o755)
    monkeypatch.setenv("PATH", f"{tools}{os.pathsep}{os.environ['PATH']}")
    return mark


@pytest.mark.parametrize(
    "name", ["face.jpg", "face.png", "face.eps", "face.ps", "face", "face.tif", "face.gif"]
)
@pytest.mark.parametrize("head", [b"", b"\xc5\xd0\xd3\xc6" + bytes(26)])
def test_postscript_is_never_run(name: str, head: bytes, tmp_path: Path, marked_ghostscript: Path) -> None:
    (tmp_path / name).write_bytes(head + POSTSCRIPT)
    with pytest.raises(SourceError) as caught:
        open_source(str(tmp_path / name), live=False)
    assert "\n" not in str(caught.value)
    assert not marked_ghostscript.exists()


@pytest.mark.parametrize(
    "format_name", ["ICO", "PDF", "EPS", "PPM", "PCX", "TGA", "JPEG2000", "SGI", "DDS", "XBM"]
)
def test_other_kinds_of_pictures_are_one_sentence(format_name: str, tmp_path: Path) -> None:
    picture = GRADIENT.convert("1") if format_name == "XBM" else GRADIENT
    picture.save(tmp_path / "other.bin", format_name)
    path = (tmp_path / "other.bin").rename(tmp_path / "face.png")
    with pytest.raises(SourceError, match=r"face\.png cannot be read as a picture: .*give PNG, JPEG"):
        open_source(str(path), live=False)


@pytest.mark.parametrize(("tag", "value"), [(254, 1), (50706, b"\x01\x04\x00\x00")])
def test_a_raw_file_is_not_mistaken_for_its_preview(tag: int, value: object, tmp_path: Path) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[tag] = value
    GRADIENT.save(tmp_path / "photo.nef", "TIFF", tiffinfo=tags)
    with pytest.raises(SourceError, match="raw file"):
        open_source(str(tmp_path / "photo.nef"), live=False)


def test_a_picture_that_may_not_be_read_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    GRADIENT.save(tmp_path / "face.png")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceError, match=r"face\.png cannot be read: [Pp]ermission denied\."):
        open_source(str(tmp_path / "face.png"), live=False)
