"""Clips, clocks and faces for the tests of sources."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from av.video.frame import VideoFrame

MakeClip = Callable[..., Path]


class FakeClock:
    """A clock that advances only by the time slept."""

    def __init__(self) -> None:
        self.now_s = 100.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now_s += seconds


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def make_clip(tmp_path: Path) -> MakeClip:
    """Return a maker of clips whose frame i is grey of level 10 i, with a white top-left corner.

    `grain` adds noise of that strength, which makes the file large.
    """

    def make(
        name: str = "clip.mp4",
        *,
        frames: int = 10,
        size: tuple[int, int] = (64, 48),
        times_ms: Sequence[int] | None = None,
        rotation: int = 0,
        grain: int = 0,
        container_format: str = "mp4",
        **options: Any,
    ) -> Path:
        path = tmp_path / name
        random = np.random.default_rng(0)
        with av.open(str(path), "w", format=container_format, options=options) as container:
            stream = container.add_stream("libx264", rate=30, options={"crf": "1", "bf": "0"})
            stream.width, stream.height = size
            stream.pix_fmt = "yuv420p"
            stream.codec_context.time_base = Fraction(1, 1000)
            stream.set_display_rotation(rotation)
            for index, time_ms in enumerate(times_ms or [round(i * 1000 / 30) for i in range(frames)]):
                picture = np.full((size[1], size[0], 3), min(10 * index, 200), dtype=np.uint8)
                if grain:
                    picture += random.integers(0, grain, picture.shape, dtype=np.uint8)
                picture[: size[1] // 4, : size[0] // 4] = 255
                frame = VideoFrame.from_ndarray(picture, format="rgb24")
                frame.pts, frame.time_base = time_ms, Fraction(1, 1000)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
        return path

    return make
