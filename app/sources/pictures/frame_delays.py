"""Read how long each picture of an animated file is shown, without decoding the pictures."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from app.sources.pictures.formats import Kind
from flame_model.errors import SourceError

UNSTATED_S = 0.1
"""How long browsers show a picture whose delay is 0."""
_NO_DELAY_S = {"GIF": 0.01}
"""Delays up to this one count as 0: browsers show a GIF's hundredths, which old programs wrote for "as fast
as possible", as tenths."""
_CHUNK_HEAD = 8
_CONTROL_BYTES = 64
"""Bytes read of each chunk; every control chunk is shorter."""


def delays_of(path: Path, kind: Kind) -> list[float]:
    """Return the seconds that each picture is shown, as browsers show them; raises OSError.

    Delays that cannot be read are left out, so the list may be shorter than the animation.
    """
    if kind == "WEBP":
        stated = _webp_delays(path)
    elif kind == "PNG":
        stated = _png_delays(path)
    else:
        stated = _container_delays(path)
    shortest = _NO_DELAY_S.get(kind, 0.0)
    return [delay_s if delay_s > shortest else UNSTATED_S for delay_s in stated]


def _webp_delays(path: Path) -> list[float]:
    """Return the seconds in ANMF chunks (https://developers.google.com/speed/webp/docs/riff_container)."""
    with path.open("rb") as file:
        file.seek(12)
        controls = [data for name, data in _chunks(file, "little") if name == b"ANMF"]
    return [int.from_bytes(data[12:15], "little") / 1000 for data in controls]


def _png_delays(path: Path) -> list[float]:
    """Return the seconds in fcTL chunks; a denominator of 0 means hundredths (PNG 3, section 11.3.6)."""
    with path.open("rb") as file:
        file.seek(8)
        controls = [data for name, data in _chunks(file, "big") if name == b"fcTL"]
    fractions = [struct.unpack(">HH", data[20:24]) for data in controls if len(data) >= 24]
    return [numerator / (denominator or 100) for numerator, denominator in fractions]


def _chunks(file: BinaryIO, order: str) -> Iterator[tuple[bytes, bytes]]:
    """Yield (name, first bytes) of the chunks from here on: PNG's for order "big", RIFF's for "little"."""
    while len(head := file.read(_CHUNK_HEAD)) == _CHUNK_HEAD:
        if order == "big":
            length, name, rest = int.from_bytes(head[:4], "big"), head[4:], 4
        else:
            length, name = int.from_bytes(head[4:], "little"), head[:4]
            rest = length % 2
        data = file.read(min(length, _CONTROL_BYTES))
        yield name, data
        file.seek(length - len(data) + rest, 1)


def _container_delays(path: Path) -> list[float]:
    """Return the seconds that each packet of a GIF or AVIF lasts, by FFmpeg."""
    from app.sources.clips.containers import open_file

    try:
        opened = open_file(path, path.name)
    except SourceError:
        return []
    with opened.container as container:
        # An AVIF holds its cover as a second stream of one picture.
        longest = max(container.streams.video, key=lambda stream: stream.frames)
        packets = [packet for packet in container.demux(longest) if packet.size]
        return [float((packet.duration or 0) * packet.time_base) for packet in packets]
