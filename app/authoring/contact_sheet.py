"""Draw the contact sheet: the built-in head with every signal and with pairs of signals at full strength."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

import cv2
import numpy as np

from app.model.animated_head import AnimatedHead
from flame_model.arrays import Picture
from flame_model.params import HeadParams
from mappings.signals import ARKIT_NAMES, MEDIAPIPE_NAMES, TONGUE
from render.offscreen_renderer import OffscreenRenderer

SIDE = 200
"""Pixels of a tile."""
COLUMNS = 10
"""Number of tiles in a row."""
VIEWS = ((0.0, (0.0, 0.005, -0.02)), (40.0, (0.035, 0.005, -0.02)))
"""The head's yaw in degrees, and the point in the middle of the tile in metres."""
FACE_HEIGHT = 0.215
"""Height of a tile in metres."""
PAIRS = (
    ("jawOpen", "mouthSmileLeft", "mouthSmileRight"),
    ("jawOpen", "mouthPucker"),
    ("jawOpen", "mouthClose"),
    ("eyeBlinkLeft", "eyeBlinkRight", "browDownLeft", "browDownRight"),
    ("eyeBlinkLeft", "eyeBlinkRight", "eyeSquintLeft", "eyeSquintRight"),
    ("eyeBlinkLeft", "eyeBlinkRight", "browInnerUp", "browOuterUpLeft", "browOuterUpRight"),
    ("eyeWideLeft", "eyeWideRight", "eyeLookUpLeft", "eyeLookUpRight"),
    ("eyeWideLeft", "eyeWideRight", "jawOpen"),
    ("mouthUpperUpLeft", "mouthUpperUpRight", "mouthLowerDownLeft", "mouthLowerDownRight"),
    ("mouthFunnel", "mouthPucker"),
    ("mouthSmileLeft", "mouthSmileRight", "mouthUpperUpLeft", "mouthUpperUpRight"),
    ("mouthFrownLeft", "mouthFrownRight", "mouthShrugLower"),
    ("mouthRollUpper", "mouthRollLower"),
    ("jawOpen", "tongueOut"),
    ("jawOpen", "jawLeft"),
    ("jawOpen", "mouthFunnel"),
    ("cheekPuff", "mouthPressLeft", "mouthPressRight"),
    (
        "eyeBlinkLeft",
        "eyeBlinkRight",
        "cheekSquintLeft",
        "cheekSquintRight",
        "noseSneerLeft",
        "noseSneerRight",
    ),
)
"""Signals that occur together in a face and whose shapes could intersect."""
NEVER_ALONE = "mouthClose"
"""The signal that closes the lips of an open jaw; without jawOpen the lips would intersect."""


def draw_contact_sheet(out: Path) -> None:
    """Write the sheet: rest, every signal and the pairs, each from the front and turned by 40 degrees."""
    animated = AnimatedHead.load("builtin")
    alone = ((name,) for name in ARKIT_NAMES if name != NEVER_ALONE)
    wanted: list[tuple[str, ...]] = [(), *alone, *PAIRS]
    with OffscreenRenderer(animated.head, (2 * SIDE, 2 * SIDE)) as renderer:
        tiles = []
        for names, (turn, middle) in product(wanted, VIEWS):
            renderer.camera = replace(renderer.camera, target=middle, frame_height=FACE_HEIGHT)
            picture = renderer.draw(signal_params(animated, names, np.radians(turn)))
            tiles.append(_labelled(picture[..., :3], names))
    cv2.imwrite(str(out), _grid(tiles)[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, 85])


def signal_params(animated: AnimatedHead, names: Sequence[str], turn: float = 0.0) -> HeadParams:
    """Return the parameters of the head with some signals at 1, the tongue by its component.

    `turn` is how far the head is turned to its left, in radians.
    """
    scores = np.isin(MEDIAPIPE_NAMES, names).astype(np.float32)
    mapped = animated.mapping.coefficients(scores)
    components = np.array(animated.head.expression_names)
    tongue = np.isin(components, names) & (components == TONGUE)
    rotation = np.array([0.0, turn, 0.0])
    return replace(mapped.params(), expression=mapped.expression + tongue, rotation=rotation)


def _labelled(picture: Picture, names: Sequence[str]) -> Picture:
    tile = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    for line, name in enumerate(names):
        cv2.putText(
            tile, name, (5, 13 + 12 * line), cv2.FONT_HERSHEY_SIMPLEX, 0.36, (230, 230, 230), 1, cv2.LINE_AA
        )
    return np.asarray(tile, dtype=np.uint8)


def _grid(tiles: list[Picture]) -> Picture:
    missing = -len(tiles) % COLUMNS
    padded = [*tiles, *[np.zeros_like(tiles[0])] * missing]
    rows = [np.hstack(padded[start : start + COLUMNS]) for start in range(0, len(padded), COLUMNS)]
    return np.vstack(rows)
