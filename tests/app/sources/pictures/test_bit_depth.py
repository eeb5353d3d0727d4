"""Grey pictures of more than 8 bits look as the 8-bit picture does."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from app.sources import open_source
from flame_model.errors import SourceError

GREY = np.tile(np.linspace(0, 255, 80).astype(np.uint8), (40, 1))


def shown(path: Path) -> np.ndarray:
    with open_source(str(path), live=False) as source:
        return next(iter(source)).image


def error(path: Path) -> float:
    image = shown(path)
    assert image.shape == (*GREY.shape, 3)
    return float(np.abs(image.astype(int) - GREY[..., None]).mean())


@pytest.mark.parametrize(
    "values",
    [
        GREY.astype(np.uint16) * 257,
        (GREY.astype(np.float64) * 4095 / 255).astype(np.uint16),
        GREY.astype(np.int32),
        GREY.astype(np.int32) * 257,
        GREY.astype(np.int32) * 2**23,
        GREY.astype(np.int16) * 128,
        GREY.astype(np.float32) / 255,
        GREY.astype(np.float32),
        GREY.astype(np.float32) * 257 - 1000,
    ],
    ids=[
        "16 bits",
        "12 in 16 bits",
        "8 in 32",
        "16 in 32",
        "32 bits",
        "signed 16",
        "0..1",
        "0..255",
        "any floats",
    ],
)
def test_a_tiff_of_any_depth_looks_as_with_8_bits(values: np.ndarray, tmp_path: Path) -> None:
    if values.dtype == np.int16:
        cv2.imwrite(str(tmp_path / "deep.tif"), values)
    else:
        Image.fromarray(values).save(tmp_path / "deep.tif")
    assert error(tmp_path / "deep.tif") < 2


@pytest.mark.parametrize("name", ["deep.png", "deep.tif"])
@pytest.mark.parametrize("channels", [1, 3])
def test_16_bits_a_channel_look_as_8(name: str, channels: int, tmp_path: Path) -> None:
    deep = np.squeeze(np.repeat(GREY[..., None].astype(np.uint16) * 257, channels, axis=2))
    cv2.imwrite(str(tmp_path / name), deep)
    assert error(tmp_path / name) < 1


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("channels", [1, 3, 4])
def test_floats_in_colour_and_of_64_bits_look_as_8_bits(
    dtype: type, channels: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    values = np.squeeze(np.repeat(GREY[..., None].astype(dtype) / 255, channels, axis=2))
    cv2.imwrite(str(tmp_path / "deep.tif"), values)
    assert error(tmp_path / "deep.tif") < 1
    assert capfd.readouterr() == ("", "")


def test_the_colours_of_a_float_tiff_keep_their_order(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "deep.tif"), np.full((8, 8, 3), (0.2, 0.4, 0.8), dtype=np.float32))
    assert (shown(tmp_path / "deep.tif") == (204, 102, 51)).all()


def test_a_float_tiff_that_would_fill_the_memory_is_refused(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "deep.tif"), np.zeros((8, 12, 3), dtype=np.float32))
    data = bytearray((tmp_path / "deep.tif").read_bytes())
    at = data.index(b"\x00\x01\x03\x00\x01\x00\x00\x00\x0c\x00")
    data[at : at + 12] = b"\x00\x01\x04\x00\x01\x00\x00\x00" + (2**30).to_bytes(4, "little")
    (tmp_path / "deep.tif").write_bytes(data)
    with pytest.raises(SourceError, match="too large"):
        shown(tmp_path / "deep.tif")


def test_a_dark_16_bit_png_stays_dark(tmp_path: Path) -> None:
    Image.fromarray(np.full((8, 8), 10 * 257, dtype=np.uint16)).save(tmp_path / "dark.png")
    assert (shown(tmp_path / "dark.png") == 10).all()


def test_whole_numbers_of_other_byte_order_are_the_same(tmp_path: Path) -> None:
    values = GREY.astype(np.uint16) * 257
    deep = Image.frombytes("I;16B", (GREY.shape[1], GREY.shape[0]), values.astype(">u2").tobytes())
    deep.save(tmp_path / "deep.tif")
    assert error(tmp_path / "deep.tif") < 1


def test_the_range_that_a_tiff_states_counts(tmp_path: Path) -> None:
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[340], tags[341] = 1000, 3000
    values = (1000 + GREY.astype(np.float64) * 2000 / 255).astype(np.uint16)
    Image.fromarray(values).save(tmp_path / "deep.tif", tiffinfo=tags)
    assert error(tmp_path / "deep.tif") < 1


def test_a_16_bit_negative_is_turned_positive(tmp_path: Path) -> None:
    Image.fromarray(GREY.astype(np.uint16) * 257).save(tmp_path / "deep.tif")
    data = bytearray((tmp_path / "deep.tif").read_bytes())
    at = data.index(b"\x06\x01\x03\x00\x01\x00\x00\x00\x01\x00")
    data[at + 8] = 0
    (tmp_path / "deep.tif").write_bytes(data)
    image = shown(tmp_path / "deep.tif")
    assert np.abs(image[..., 0].astype(int) - (255 - GREY)).mean() < 1


def test_values_that_are_no_numbers_are_black(tmp_path: Path) -> None:
    values = GREY.astype(np.float32) / 255
    values[:, 0], values[:, 1] = np.nan, np.inf
    Image.fromarray(values).save(tmp_path / "deep.tif")
    image = shown(tmp_path / "deep.tif")
    assert image[:, 0].max() == 0
    assert np.abs(image[:, 2:, 0].astype(int) - GREY[:, 2:]).mean() < 1


@pytest.mark.parametrize("mode", ["1", "LA", "PA", "P", "RGBA", "CMYK", "YCbCr"])
def test_every_mode_of_8_bits_and_less_is_read(mode: str, tmp_path: Path) -> None:
    kind = {"CMYK": "tif", "YCbCr": "tif", "PA": "tif"}.get(mode, "png")
    picture = Image.fromarray(GREY).convert("RGB")
    if mode in ("P", "PA"):
        picture = picture.quantize(256)
    picture.convert(mode, dither=Image.Dither.NONE).save(tmp_path / f"p.{kind}")
    expected = np.where(GREY > 127, 255, 0) if mode == "1" else GREY
    image = shown(tmp_path / f"p.{kind}")
    assert np.abs(image.astype(int) - expected[..., None]).mean() < 8
