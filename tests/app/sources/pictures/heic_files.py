"""HEIC files as phones write them, built from HEVC that PyAV encodes: no library here writes HEIC."""

from __future__ import annotations

import io
import struct
from collections.abc import Sequence
from pathlib import Path

import av
import numpy as np
from av.video.frame import VideoFrame

_GRID, _EXIF = 1000, 1001


def write_heic(
    path: Path,
    picture: np.ndarray,
    *,
    tile: int,
    quarter_turns: int = 0,
    mirror: int | None = None,
    exif: bytes | None = None,
    pixel_format: str = "yuv420p",
    color: tuple[int, int, int] = (1, 13, 6),
) -> None:
    """Write a picture (H, W, 3), RGB uint8 or uint16, as a grid of square tiles, the last ones overhanging.

    `quarter_turns` go counter-clockwise (irot), `mirror` is the axis of imir, `color` the H.273 codes of
    primaries, transfer and matrix. The EXIF block is named as that of the picture.
    """
    height, width = picture.shape[:2]
    rows, columns = -(-height // tile), -(-width // tile)
    padded = np.pad(picture, ((0, rows * tile - height), (0, columns * tile - width), (0, 0)), mode="edge")
    tiles = [
        padded[y : y + tile, x : x + tile]
        for y in range(0, rows * tile, tile)
        for x in range(0, columns * tile, tile)
    ]
    configuration, coded = _encoded(tiles, pixel_format)
    grid = struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, width, height)
    pieces = {number + 1: data for number, data in enumerate(coded)} | {_GRID: grid}
    if exif is not None:
        pieces[_EXIF] = struct.pack(">I", 0) + exif
    nclx = _box(b"colr", b"nclx" + struct.pack(">HHHB", *color, 0))
    properties = [
        _box(b"hvcC", configuration),
        _full_box(b"ispe", struct.pack(">II", tile, tile)),
        _full_box(b"ispe", struct.pack(">II", width, height)),
        nclx,
    ]
    of_grid = [3, 4]
    if quarter_turns:
        properties.append(_box(b"irot", bytes([quarter_turns])))
        of_grid.append(len(properties))
    if mirror is not None:
        properties.append(_box(b"imir", bytes([mirror])))
        of_grid.append(len(properties))
    path.write_bytes(_file(pieces, len(coded), properties, of_grid))


def _encoded(tiles: Sequence[np.ndarray], pixel_format: str) -> tuple[bytes, list[bytes]]:
    """Return the decoder's configuration (hvcC) and one packet for each tile."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as out:
        settings = "log-level=none:keyint=1:repeat-headers=0"
        options = {"crf": "4", "preset": "ultrafast", "x265-params": settings}
        stream = out.add_stream("libx265", rate=1, options=options)
        stream.height, stream.width = tiles[0].shape[:2]
        stream.pix_fmt = pixel_format
        stream.codec_context.codec_tag = "hvc1"
        for tile in tiles:
            kind = "rgb24" if tile.dtype == np.uint8 else "rgb48le"
            frame = VideoFrame.from_ndarray(np.ascontiguousarray(tile), format=kind)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    buffer.seek(0)
    with av.open(buffer) as back:
        stream = back.streams.video[0]
        packets = [bytes(packet) for packet in back.demux(stream) if packet.size]
        return bytes(stream.codec_context.extradata), packets


def _file(pieces: dict[int, bytes], tiles: int, properties: list[bytes], of_grid: list[int]) -> bytes:
    """Return the file; every piece of data lies in one mdat box at the end."""
    kinds = dict.fromkeys(range(1, tiles + 1), b"hvc1") | {_GRID: b"grid", _EXIF: b"Exif"}
    entries = b"".join(
        _full_box(b"infe", struct.pack(">HH", number, 0) + kinds[number] + b"\0", version=2)
        for number in pieces
    )
    tile_numbers = range(1, tiles + 1)
    references = _box(b"dimg", struct.pack(f">HH{tiles}H", _GRID, tiles, *tile_numbers))
    if _EXIF in pieces:
        references += _box(b"cdsc", struct.pack(">HHH", _EXIF, 1, _GRID))
    associations = [(number, [1 | 0x80, 2]) for number in tile_numbers] + [(_GRID, of_grid)]
    ipma = struct.pack(">I", len(associations)) + b"".join(
        struct.pack(">HB", number, len(places)) + bytes(places) for number, places in associations
    )

    def meta(data_at: int) -> bytes:
        places, position = [], data_at
        for number, data in pieces.items():
            places.append(struct.pack(">HHHII", number, 0, 1, position, len(data)))
            position += len(data)
        return _full_box(
            b"meta",
            _full_box(b"hdlr", struct.pack(">I4s12xx", 0, b"pict"))
            + _full_box(b"pitm", struct.pack(">H", _GRID))
            + _full_box(b"iloc", struct.pack(">BBH", 0x44, 0, len(pieces)) + b"".join(places))
            + _full_box(b"iinf", struct.pack(">H", len(pieces)) + entries)
            + _full_box(b"iref", references)
            + _box(b"iprp", _box(b"ipco", b"".join(properties)) + _full_box(b"ipma", ipma)),
        )

    head = _box(b"ftyp", b"heic" + struct.pack(">I", 0) + b"mif1heic")
    data_at = len(head) + len(meta(0)) + 8
    return head + meta(data_at) + _box(b"mdat", b"".join(pieces.values()))


def _box(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + name + content


def _full_box(name: bytes, content: bytes, version: int = 0) -> bytes:
    return _box(name, bytes([version, 0, 0, 0]) + content)
