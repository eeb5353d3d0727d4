"""Read a GIF and an MP4 back, and measure how far the colours of a GIF are from what they should be."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from PIL import Image

from app.recording.formats.gif.cielab import lab_from_rgb
from flame_model.arrays import Array, FlagArray, Picture

STEP = 8
"""One frame of this many is compared."""


def color_error(
    shown: list[Picture], wanted: list[Picture], masks: list[dict[str, FlagArray]], region: str
) -> float:
    """Return the mean distance in CIELAB between the region's mean colours in some frames."""
    offsets = _offsets(shown, wanted, masks, region)
    return float(np.mean([np.linalg.norm(each.mean(axis=0)) for each in offsets]))


def pixel_error(
    shown: list[Picture], wanted: list[Picture], masks: list[dict[str, FlagArray]], region: str
) -> float:
    """Return the mean distance in CIELAB between the pixels of a region in some frames."""
    return float(np.linalg.norm(np.concatenate(_offsets(shown, wanted, masks, region)), axis=1).mean())


def _offsets(
    shown: list[Picture], wanted: list[Picture], masks: list[dict[str, FlagArray]], region: str
) -> list[Array]:
    """Return what the colours of a region (N, 3) differ by in each frame that is compared and shows it."""
    return [
        _lab(shown[number])[mask[region]] - _lab(wanted[number])[mask[region]]
        for number, mask in enumerate(masks)
        if number % STEP == 0 and mask[region].any()
    ]


def flicker(shown: list[Picture], drawn: list[Picture]) -> float:
    """Return the mean change in CIELAB from one frame to the next of pixels that stay the same as drawn."""
    changes = []
    for number in range(STEP, len(drawn), STEP):
        same = (drawn[number] == drawn[number - 1]).all(axis=2)
        changes.append(np.linalg.norm(_lab(shown[number])[same] - _lab(shown[number - 1])[same], axis=1))
    return float(np.concatenate(changes).mean())


def mp4_frames(path: Path) -> Iterator[Picture]:
    """Yield the pictures (H, W, 3) of an MP4."""
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            yield frame.to_ndarray(format="rgb24")


def gif_frames(path: Path) -> Iterator[Picture]:
    """Yield the pictures (H, W, 3) of a GIF."""
    with Image.open(path) as image:
        for number in range(image.n_frames):
            image.seek(number)
            yield np.asarray(image.convert("RGB"))


def _lab(picture: Picture) -> Array:
    return lab_from_rgb(picture[..., :3])
