"""Ears: one sheet per ear with helix, antihelix, concha, tragus and lobe, closed behind against the skull."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from flame_model.builtin.parts import Part, grid_faces, poles_merged

FloatArray = npt.NDArray[np.float64]

CENTER = np.array([0.0725, 0.0060, -0.0850])
HALF_HEIGHT, HALF_WIDTH = 0.0315, 0.0185
"""Metres; adult ears are 63 mm high and 36 mm wide (Farkas 1994)."""
LEAN, STAND_OFF = np.radians(12.0), np.radians(24.0)
"""How far the ear leans back and stands off the head."""
CONCHA_DEPTH = 0.0054
"""Metres; real ones are 10 to 15 mm deep, but deeper than 6 the skull shows through."""
RINGS, COLUMNS = 13, 18


def ear(skin: FloatArray) -> Part:
    """Return the left ear, coloured around the sRGB `skin` colour (3,)."""
    angle = np.arange(COLUMNS) * (2 * np.pi / COLUMNS)
    radius = np.concatenate([np.linspace(0.0, 1.0, RINGS), [0.99, 0.80, 0.55]])
    rho, theta = np.meshgrid(radius, angle, indexing="ij")
    behind = np.arange(len(radius))[:, None] >= RINGS
    back, up = _outline(rho, theta)
    out = np.where(
        behind, _underside(rho, theta, np.arange(len(radius))[:, None] - RINGS), _relief(rho, theta)
    )
    vertices = _place(back, up, out)
    shade = _shade(rho, theta) * np.where(behind, 0.92, 1.0)
    colors = shade[..., None] * skin * np.array([1.03, 0.95, 0.93])
    faces = grid_faces(len(radius), COLUMNS, closed=True)
    return poles_merged(Part(vertices.reshape(-1, 3), faces, colors.reshape(-1, 3), joint=1, material="skin"))


def canal() -> FloatArray:
    """Return where (3,) the left ear's canal opens, metres."""
    return _place(*(np.asarray(metres) for metres in (-0.0035, -0.0025, -CONCHA_DEPTH)))


def _outline(rho: FloatArray, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return metres towards the back and up; theta 0 points back, pi/2 up."""
    s, c = np.sin(theta), np.cos(theta)
    width = HALF_WIDTH * (1.0 + 0.16 * s) * np.where(c < 0.0, 0.86, 1.0)
    return rho * width * c, rho * HALF_HEIGHT * s


def _ridge(value: FloatArray, at: FloatArray | float, width: float) -> FloatArray:
    return np.asarray(np.exp(-(((value - at) / width) ** 2)))


def _relief(rho: FloatArray, theta: FloatArray) -> FloatArray:
    """Return how far the outer side stands out of the ear's own plane, metres."""
    s, c = np.sin(theta), np.cos(theta)
    lobe = np.clip((-s - 0.72) / 0.28, 0.0, 1.0)
    rear = np.clip(0.5 + 0.9 * c + 0.35 * s, 0.0, 1.0) * (1.0 - lobe)
    helix = 0.0034 * _ridge(rho, 0.93, 0.10) * np.clip(0.55 + rear + 0.5 * s, 0.0, 1.0) * (1.0 - lobe)
    scapha = -0.0026 * _ridge(rho, 0.77, 0.08) * rear
    antihelix = 0.0026 * _ridge(rho, 0.57, 0.10) * rear
    concha = -CONCHA_DEPTH * np.clip(1.0 - (rho / 0.47) ** 2, 0.0, 1.0) ** 0.8
    facing_front = _ridge(theta, np.pi + 0.15, 0.42)
    tragus = 0.0060 * _ridge(rho, 0.50, 0.16) * facing_front
    cheek = -0.0040 * _ridge(rho, 1.0, 0.22) * np.clip(-c, 0.0, 1.0)
    fullness = 0.0020 * lobe * (1.0 - rho**2)
    return np.asarray(helix + scapha + antihelix + concha + tragus + cheek + fullness)


def _underside(rho: FloatArray, theta: FloatArray, step: npt.NDArray[np.int64]) -> FloatArray:
    """Return the back side: a thin sheet behind the rim, then down into the skull."""
    edge = _relief(np.ones_like(rho), theta)
    return np.asarray(np.choose(np.clip(step, 0, 2), [edge - 0.0022, edge - 0.0062, edge - 0.0200]))


def _shade(rho: FloatArray, theta: FloatArray) -> FloatArray:
    depth = np.clip(-_relief(rho, theta) / CONCHA_DEPTH, 0.0, 1.0)
    return np.asarray(1.0 - 0.38 * depth)


def _place(back: FloatArray, up: FloatArray, out: FloatArray) -> FloatArray:
    """Turn ear coordinates (towards the back, up, out) into the head's."""
    leaned_back = back * np.cos(LEAN) + up * np.sin(LEAN)
    leaned_up = up * np.cos(LEAN) - back * np.sin(LEAN)
    from_front = leaned_back + HALF_WIDTH
    x = CENTER[0] + out * np.cos(STAND_OFF) + from_front * np.sin(STAND_OFF) - 0.0065
    z = CENTER[2] - (from_front * np.cos(STAND_OFF) - HALF_WIDTH) + out * np.sin(STAND_OFF)
    return np.stack([x, CENTER[1] + leaned_up, z], axis=-1)
