"""Colours are shown as a viewer shows them: by profile, without alpha, within an ordinary screen's range."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from app.sources import open_source
from tests.app.sources.pictures.heic_files import write_heic

PQ, HLG = 16, 18
SKIN = (200, 140, 110)


def shown(path: Path, **options: object) -> np.ndarray:
    with open_source(str(path), live=False, **options) as source:
        return next(iter(source)).image


def near(image: np.ndarray, color: tuple[int, int, int], by: int = 3) -> bool:
    return bool((np.abs(image.astype(int) - color) <= by).all())


def wide_profile() -> bytes:
    """Return sRGB's profile with red and green exchanged, which is clearly another colour space."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, green = profile.index(b"rXYZ"), profile.index(b"gXYZ")
    profile[red : red + 4], profile[green : green + 4] = b"gXYZ", b"rXYZ"
    # Its name, by which sRGB is known, is written in UTF-16.
    return bytes(profile).replace("sRGB".encode("utf-16-be"), "swap".encode("utf-16-be"))


@pytest.mark.parametrize("name", ["photo.png", "photo.jpg", "photo.webp", "photo.tif", "photo.avif"])
def test_a_colour_profile_is_followed(name: str, tmp_path: Path) -> None:
    Image.new("RGB", (32, 32), SKIN).save(tmp_path / name, icc_profile=wide_profile(), quality=95)
    assert near(shown(tmp_path / name), (SKIN[1], SKIN[0], SKIN[2]), by=5)


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "CMYK"])
@pytest.mark.parametrize(
    "profile", [b"", b"nothing of a profile", wide_profile()[:300]], ids=["empty", "text", "cut"]
)
def test_a_damaged_profile_costs_no_picture(mode: str, profile: bytes, tmp_path: Path) -> None:
    Image.new(mode, (8, 8), 200 if mode == "L" else (200, 200, 200, 255)[: len(mode)]).save(
        tmp_path / "p.tif", icc_profile=profile
    )
    assert shown(tmp_path / "p.tif").shape == (8, 8, 3)


@pytest.mark.parametrize("name", ["photo.jpg", "photo.tif"])
def test_print_colours_are_shown_on_a_screen(name: str, tmp_path: Path) -> None:
    Image.new("RGB", (32, 32), SKIN).convert("CMYK").save(tmp_path / name)
    assert near(shown(tmp_path / name), SKIN, by=4)


def test_lab_colours_are_shown_on_a_screen(tmp_path: Path) -> None:
    to_lab = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB"
    )
    ImageCms.applyTransform(Image.new("RGB", (8, 8), SKIN), to_lab).save(tmp_path / "photo.tif")
    assert near(shown(tmp_path / "photo.tif"), SKIN)


@pytest.mark.parametrize("name", ["clear.png", "clear.webp", "clear.avif", "clear.tif"])
def test_what_is_transparent_shows_the_backdrop(name: str, tmp_path: Path) -> None:
    picture = np.full((32, 32, 4), (*SKIN, 255), dtype=np.uint8)
    picture[:, :16] = (255, 0, 255, 0)
    picture[16:, 16:, 3] = 128
    Image.fromarray(picture).save(tmp_path / name, lossless=True)
    on_black = shown(tmp_path / name)
    on_green = shown(tmp_path / name, backdrop=(0, 200, 0))
    assert near(on_black[:, :15], (0, 0, 0))
    assert near(on_green[:, :15], (0, 200, 0))
    assert near(on_green[:15, 17:], SKIN)
    assert near(on_green[17:, 17:], (100, 170, 55))


@pytest.mark.parametrize("mode", ["P", "L", "RGB"])
def test_a_colour_that_stands_for_transparent_is_so(mode: str, tmp_path: Path) -> None:
    picture = Image.new("RGB", (8, 8), (90, 90, 90))
    picture.paste((10, 10, 10), (0, 0, 4, 8))
    converted = picture.quantize(4) if mode == "P" else picture.convert(mode)
    key = converted.getpixel((0, 0))
    converted.save(tmp_path / "key.png", transparency=key)
    image = shown(tmp_path / "key.png", backdrop=(0, 0, 250))
    assert near(image[:, :4], (0, 0, 250))
    assert near(image[:, 4:], (90, 90, 90))


def test_an_animation_shows_the_backdrop_too(tmp_path: Path) -> None:
    frames = [Image.new("RGBA", (8, 8), (*SKIN, alpha)) for alpha in (0, 255)]
    frames[0].save(tmp_path / "a.webp", save_all=True, append_images=frames[1:], duration=50, lossless=True)
    with open_source(str(tmp_path / "a.webp"), live=False, backdrop=(0, 0, 250)) as source:
        first, second = (frame.image for frame in source)
    assert near(first, (0, 0, 250))
    assert near(second, SKIN)


def pq_png(path: Path, signal: int, transfer: int) -> Path:
    """Write a grey picture whose cICP chunk says that its values are HDR signals of BT.2020."""
    Image.new("RGB", (16, 16), (signal,) * 3).save(path)
    data = path.read_bytes()
    content = b"cICP" + bytes([9, transfer, 0, 1])
    chunk = struct.pack(">I", 4) + content + struct.pack(">I", zlib.crc32(content))
    path.write_bytes(data[:33] + chunk + data[33:])
    return path


@pytest.mark.parametrize(("transfer", "white"), [(PQ, 148), (HLG, 191)])
def test_an_hdr_png_is_tone_mapped(transfer: int, white: int, tmp_path: Path) -> None:
    # Diffuse white, 203 nits, is 58 % of PQ's signal and 75 % of HLG's (BT.2408): bright, but below the peak.
    image = shown(pq_png(tmp_path / "hdr.png", white, transfer))
    assert 205 <= image.mean() < 255
    dim = shown(pq_png(tmp_path / "dim.png", white // 2, transfer))
    assert dim.mean() < white // 2 + 25


@pytest.mark.parametrize("transfer", [PQ, HLG])
def test_an_hdr_photo_of_a_camera_is_tone_mapped(transfer: int, tmp_path: Path) -> None:
    signal = np.full((64, 64, 3), 0.58 * 65535, dtype=np.uint16)
    plain, high = tmp_path / "plain.heic", tmp_path / "high.heic"
    write_heic(plain, signal, tile=64, pixel_format="yuv420p10le")
    write_heic(high, signal, tile=64, pixel_format="yuv420p10le", color=(9, transfer, 9))
    assert shown(plain).mean() == pytest.approx(148, abs=3)
    assert abs(shown(high).mean() - 148) > 10
