"""Fixtures: short clips cut from the shared ones."""

from __future__ import annotations

from pathlib import Path

import av
import pytest


def cut(source: Path, target: Path, frames: int) -> Path:
    """Write the first frames of a clip, as they are encoded, to another file."""
    with av.open(str(source)) as whole, av.open(str(target), "w") as part:
        stream = part.add_stream_from_template(whole.streams.video[0])
        for count, packet in enumerate(whole.demux(video=0)):
            if packet.dts is None or count == frames:
                break
            packet.stream = stream
            part.mux(packet)
    return target


@pytest.fixture(scope="session")
def clips(test_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """Return three clips of 12 frames and different people."""
    folder = tmp_path_factory.mktemp("clips")
    names = ("grin", "mouth_shapes", "expressive")
    return tuple(cut(test_data / "clips" / f"{name}.mp4", folder / f"{name}.mp4", 12) for name in names)
