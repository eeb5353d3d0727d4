"""A GIF can be played while it is written, and ends up in a palette of the whole clip."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from app.recording.formats.gif import writer as gif
from app.recording.formats.gif.writer import GifWriter
from flame_model.errors import OutputError
from flame_model.files.writing.move_into_place import Place
from tests.app.recording.conftest import picture, read_back

SIZE = (64, 48)


def palettes(path: Path) -> int:
    """Return how many frames of a GIF bring colours of their own."""
    data, position = path.read_bytes(), 13 + 3 * 256
    own = 0
    while data[position] != ord(";"):
        if data[position] == ord(","):
            flags = data[position + 9]
            own += flags >> 7
            position += 10 + (3 * 2 ** ((flags & 7) + 1) if flags >> 7 else 0) + 1
        else:
            position += 2
        while data[position]:
            position += 1 + data[position]
        position += 1
    return own


@pytest.mark.parametrize("count", [16, 40, 90])
def test_what_was_added_is_there_but_for_half_a_second(tmp_path: Path, count: int) -> None:
    writer = GifWriter(tmp_path / "out.gif", SIZE, 30, alpha=False)
    for index in range(count):
        writer.add(picture(index % 40))
    # The last frame of a block waits for the one after it to know how long it lasts.
    assert len(read_back(tmp_path / "out.gif")) >= count - 16
    writer.close()
    assert len(read_back(tmp_path / "out.gif")) == count


def test_in_the_end_one_palette_serves_all_frames(tmp_path: Path) -> None:
    writer = GifWriter(tmp_path / "out.gif", SIZE, 30, alpha=False)
    for index in range(60):
        writer.add(np.full((48, 64, 4), (4 * index, 255 - 4 * index, 128, 255), dtype=np.uint8))
    writer.close()
    assert palettes(tmp_path / "out.gif") == 0


def test_a_disk_without_room_for_both_keeps_the_draft(tmp_path: Path, monkeypatch) -> None:
    writer = GifWriter(tmp_path / "out.gif", SIZE, 30, alpha=False)
    for index in range(60):
        writer.add(picture(index % 40))

    class NoPlace(Place):
        def __init__(self, path: Path) -> None:
            raise OutputError(f"The disk is full: {path} cannot be created.")

    monkeypatch.setattr(gif, "Place", NoPlace)
    writer.close()
    assert len(read_back(tmp_path / "out.gif")) == 60
    assert list(tmp_path.iterdir()) == [tmp_path / "out.gif"]


def test_a_long_gif_goes_on_in_the_place_of_its_draft(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(gif, "SPOOL_BYTES", 60_000)
    path = tmp_path / "out.gif"
    path.write_bytes(b"older")
    writer = GifWriter(path, SIZE, 30, alpha=False)
    for index in range(90):
        writer.add(picture(index % 40))
    assert path.read_bytes() == b"older"
    assert len(read_back(writer.place.made)) >= 74
    writer.close()
    assert len(read_back(path)) == 90
    assert list(tmp_path.iterdir()) == [path]
