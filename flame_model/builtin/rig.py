"""Joints, skin weights and pose correctives of the built-in head, derived from the measured shapes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from flame_model.builtin import topology as t
from flame_model.builtin.cage import Cage, inner_lips
from flame_model.builtin.lids import EYE_CENTERS
from flame_model.builtin.shapes import smoothstep

FloatArray = npt.NDArray[np.float64]

JOINTS = np.array([[0.0, -0.150, -0.105], [0.0, -0.070, -0.098], [0.0, 0.002, -0.072], *EYE_CENTERS])
"""(5, 3) metres: neck's base, upper neck, the jaw's hinge below the ears, eyes."""
JAW_OPEN_RADIANS = 0.30
"""Jaw rotation at score 1; the measured chin travels 33 mm at 105 mm from the hinge."""
LOOK_RADIANS = {"Up": 0.42, "Down": 0.45, "In": 0.60, "Out": 0.60}
"""Eye rotation at score 1."""


def rotation_x(angle: float) -> FloatArray:
    """Return the (3, 3) rotation about x; positive opens the jaw and looks down."""
    c, s = np.cos(angle), np.sin(angle)
    return np.array([[1.0, 0.0, 0.0], [0.0, c, -s], [0.0, s, c]])


def jaw_weights(cage: Cage, jaw_open: FloatArray) -> FloatArray:
    """Return (N,) share of the jaw in each cage point from the measured jawOpen shape (468, 3)."""
    face = cage.points[: t.FACE_POINT_COUNT]
    turned = (face - JOINTS[2]) @ rotation_x(JAW_OPEN_RADIANS).T + JOINTS[2] - face
    share = np.clip((jaw_open * turned).sum(1) / np.maximum((turned**2).sum(1), 1e-8), 0.0, 1.0)
    share *= smoothstep(0.015, -0.030, face[:, 1])
    weights = cage.follow @ share
    lips = inner_lips()
    floor = np.isin(lips, t.LOWER_INNER_LIP[1:-1]).astype(float) + 0.5 * np.isin(
        lips, t.LOWER_INNER_LIP[::10]
    )
    for ring, depth in zip(cage.lining[:-1], (0.3, 0.8, 0.6), strict=True):
        weights[ring] = (1.0 - depth) * share[lips] + depth * floor
    weights[cage.lining[-1]] = 0.3
    return np.asarray(weights)


def skin_weights(cage: Cage, jaw: FloatArray) -> FloatArray:
    """Return (N, 5): jaw as given, the rest split between root and neck along the neck's height."""
    height = cage.points[:, 1] + 0.25 * (cage.points[:, 2] + 0.10)
    neck = smoothstep(-0.165, -0.085, height)
    neck[: t.FACE_POINT_COUNT] = 1.0
    weights = np.zeros((len(cage.points), 5))
    weights[:, 2] = jaw * neck
    weights[:, 1] = neck - weights[:, 2]
    weights[:, 0] = 1.0 - neck
    return weights


def jaw_corrective(points: FloatArray, jaw: FloatArray, target: FloatArray) -> FloatArray:
    """Return (N, 3) to add before skinning so that the jaw at JAW_OPEN_RADIANS moves `points` by `target`."""
    rotation = rotation_x(JAW_OPEN_RADIANS)
    blend = np.eye(3) + jaw[:, None, None] * (rotation - np.eye(3))
    wanted = (points + target - JOINTS[2])[..., None]
    return np.asarray(np.linalg.solve(blend, wanted)[..., 0] + JOINTS[2] - points)


def pose_correctives(jaw: FloatArray, looks: dict[tuple[int, str], FloatArray]) -> FloatArray:
    """Return (N, 3, 36) from the jaw's corrective and lid shapes per (eye, "Up" | "Down" | "In" | "Out").

    A corrective is linear in the entries of R - I: the sine entries carry what differs between opposite
    turns, the cosine entries what is common.
    """
    result = np.zeros((len(jaw), 3, 36))
    _add_sine(result, 9, (1, 2), jaw / np.sin(JAW_OPEN_RADIANS))
    for eye in range(2):
        first = 18 + 9 * eye
        down, up, inward, outward = (
            (looks[eye, way], LOOK_RADIANS[way]) for way in ("Down", "Up", "In", "Out")
        )
        _add_turn(result, first, (1, 2), down, up)
        _add_turn(result, first, (2, 0), *((outward, inward) if eye == 0 else (inward, outward)))
    return result


def _add_turn(
    result: FloatArray,
    first: int,
    axes: tuple[int, int],
    plus: tuple[FloatArray, float],
    minus: tuple[FloatArray, float],
) -> None:
    """Fit sine and cosine parts so that the corrective has one shape at a turn of plus its angle, the
    other at minus its own."""
    system = np.array(
        [[sign * np.sin(angle), 1.0 - np.cos(angle)] for sign, angle in ((1, plus[1]), (-1, minus[1]))]
    )
    sine, cosine = np.einsum("ij,jnk->ink", np.linalg.inv(system), np.stack([plus[0], minus[0]]))
    _add_sine(result, first, axes, sine)
    for axis in axes:
        result[:, :, first + 4 * axis] -= 0.5 * cosine


def _add_sine(result: FloatArray, first: int, axes: tuple[int, int], sine: FloatArray) -> None:
    """Spread `sine` over the two off-diagonal entries (a, b) = -sin and (b, a) = sin of a turn from axis a
    to b."""
    a, b = axes
    result[:, :, first + 3 * a + b] -= 0.5 * sine
    result[:, :, first + 3 * b + a] += 0.5 * sine
