"""Build the ears: one sheet each with helix, antihelix, concha, tragus and lobe, closed at the skull."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array, Int64Array
from flame_model.builtin.parts.part import Part, grid_faces, poles_merged
from flame_model.face.ears import CONCHA_DEPTH, HALF_HEIGHT, HALF_WIDTH, in_head

RINGS, COLUMNS = 13, 18


def ear(skin: Float64Array) -> Part:
    """Return the left ear in shades of the sRGB colour `skin` (3,)."""
    angle = np.arange(COLUMNS) * (2 * np.pi / COLUMNS)
    radius = np.concatenate([np.linspace(0.0, 1.0, RINGS), [0.99, 0.80, 0.55]])
    rho, theta = np.meshgrid(radius, angle, indexing="ij")
    behind = np.arange(len(radius))[:, None] >= RINGS
    back, up = _outline(rho, theta)
    out = np.where(
        behind, _underside(rho, theta, np.arange(len(radius))[:, None] - RINGS), _relief(rho, theta)
    )
    vertices = in_head(back, up, out)
    shade = _shade(rho, theta) * np.where(behind, 0.92, 1.0)
    colors = shade[..., None] * skin * np.array([1.03, 0.95, 0.93])
    faces = grid_faces(len(radius), COLUMNS, closed=True)
    return poles_merged(Part(vertices.reshape(-1, 3), faces, colors.reshape(-1, 3), joint=1, material="skin"))


def _outline(rho: Float64Array, theta: Float64Array) -> tuple[Float64Array, Float64Array]:
    """Return metres back and up of polar coordinates in the ear's plane; `theta` 0 points back, pi / 2 up."""
    s, c = np.sin(theta), np.cos(theta)
    width = HALF_WIDTH * (1.0 + 0.16 * s) * np.where(c < 0.0, 0.86, 1.0)
    return rho * width * c, rho * HALF_HEIGHT * s


def _ridge(value: Float64Array, at: Float64Array | float, width: float) -> Float64Array:
    """Return a Gaussian ridge of height 1 at a value."""
    return np.asarray(np.exp(-(((value - at) / width) ** 2)))


def _relief(rho: Float64Array, theta: Float64Array) -> Float64Array:
    """Return the height of the outer side above the ear's plane in metres; the terms were chosen by eye."""
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


def _underside(rho: Float64Array, theta: Float64Array, step: Int64Array) -> Float64Array:
    """Return the height of the back side in metres: just behind the rim, then down into the skull."""
    edge = _relief(np.ones_like(rho), theta)
    return np.asarray(np.choose(np.clip(step, 0, 2), [edge - 0.0022, edge - 0.0062, edge - 0.0200]))


def _shade(rho: Float64Array, theta: Float64Array) -> Float64Array:
    """Return the brightness 0..1, which falls with the depth below the ear's plane."""
    depth = np.clip(-_relief(rho, theta) / CONCHA_DEPTH, 0.0, 1.0)
    return np.asarray(1.0 - 0.38 * depth)
