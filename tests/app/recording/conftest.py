"""Pictures to write, independent readers of what was written, and disks that fill up."""

from __future__ import annotations

import errno
import io
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image

from flame_model.arrays import Picture

FORMATS = ("out.mp4", "out.webm", "out.gif", "out.webp", "out.png", "frames")
"""One output of each kind."""


def picture(index: int, size: tuple[int, int] = (64, 48)) -> Picture:
    """Return a grey picture whose level rises with index, with grain and a transparent left half."""
    random = np.random.default_rng(index)
    rgba = np.full((size[1], size[0], 4), 5 * (index % 40), dtype=np.uint8)
    rgba[..., :3] += random.integers(0, 30, (size[1], size[0], 1), dtype=np.uint8)
    rgba[..., 3] = 255
    rgba[:, : size[0] // 2, 3] = 0
    return rgba


def read_back(path: Path) -> list[Picture]:
    """Return every picture of an output as (H, W, 4); fails where the file is not whole."""
    if path.is_dir():
        return [np.asarray(Image.open(file).convert("RGBA")) for file in sorted(path.iterdir())]
    if path.suffix == ".mp4":
        with av.open(str(path)) as container:
            return [np.asarray(frame.to_ndarray(format="rgba")) for frame in container.decode(video=0)]
    if path.suffix == ".webm":
        return webm_pictures(path)
    with Image.open(path) as image:
        pictures = []
        for index in range(getattr(image, "n_frames", 1)):
            image.seek(index)
            pictures.append(np.asarray(image.convert("RGBA")))
        return pictures


def webm_pictures(path: Path) -> list[Picture]:
    """Decode VP9 by libvpx, because FFmpeg's own decoder leaves out the alpha."""
    decoder = av.CodecContext.create("libvpx-vp9", "r")
    with av.open(str(path)) as container:
        frames = [frame for packet in container.demux(video=0) for frame in decoder.decode(packet)]
    return [np.asarray(frame.to_ndarray(format="rgba")) for frame in frames]


class FullDiskFile(io.FileIO):
    """Take `room` bytes and then fail as a full disk does, in the middle of a write."""

    room = 0

    def write(self, data, /) -> int:
        left = self.room - self.tell()
        if left <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(bytes(data)[:left])


@pytest.fixture
def disk_with_room(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Return a function that limits every file opened for writing afterwards to a number of bytes."""
    plain_open = Path.open

    def limited_open(path: Path, mode: str = "r", *arguments, **named):
        if mode != "r+b":
            return plain_open(path, mode, *arguments, **named)
        return FullDiskFile(path, "r+")

    def limit(room: int) -> None:
        monkeypatch.setattr(FullDiskFile, "room", room)
        monkeypatch.setattr(Path, "open", limited_open)

    return limit
