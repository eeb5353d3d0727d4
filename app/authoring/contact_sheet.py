"""Draw the built-in head under every signal at full strength, from the front and from the side, and under
pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from scipy.spatial.transform import Rotation

from app.cast import Cast, load_cast
from app.offscreen_stage import offscreen_stage
from flame_model.params import HeadParams, rest_params
from mappings.signals import ARKIT_NAMES, MEDIAPIPE_NAMES, TONGUE
from render.look import STUDIO

Picture = npt.NDArray[np.uint8]

SIDE = 200
COLUMNS = 10
TURN = 40.0
"""Degrees of the second view."""
FACE_MIDDLE, FACE_HEIGHT = (0.0, 0.005, -0.02), 0.215
"""Metres: what the tiles show."""
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
"""Signals that meet in a face and could cut into each other."""


def draw_contact_sheet(out: Path) -> None:
    """Write the sheet: rest, every signal and the pairs, each from the front and at three quarters."""
    cast = load_cast("builtin", None)
    wanted: list[tuple[str, ...]] = [(), *((name,) for name in ARKIT_NAMES), *PAIRS]
    turned = Rotation.from_euler("y", TURN, degrees=True).as_rotvec()
    with offscreen_stage(cast.head, (2 * SIDE, 2 * SIDE), STUDIO) as stage:
        stage.camera = replace(stage.camera, target=FACE_MIDDLE, frame_height=FACE_HEIGHT)
        tiles = [
            _labelled(stage.render(replace(_params(cast, names), rotation=rotation))[..., :3], names)
            for names in wanted
            for rotation in (np.zeros(3), turned)
        ]
    cv2.imwrite(str(out), _grid(tiles)[..., ::-1], [cv2.IMWRITE_WEBP_QUALITY, 85])


def _params(cast: Cast, names: Sequence[str]) -> HeadParams:
    scores = np.isin(MEDIAPIPE_NAMES, names).astype(np.float32)
    given = cast.mapping.coefficients(scores)
    out = np.isin(cast.head.expression_names, names) & (np.array(cast.head.expression_names) == TONGUE)
    return replace(
        rest_params(cast.head.expression_count),
        expression=given.expression + out,
        jaw=given.jaw,
        eyes=given.eyes,
        eyelids=given.eyelids,
    )


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
