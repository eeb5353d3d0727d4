"""Shape the locks of long hair: tapering bands that fall from a parting over the skull and hang down.

Positions are in metres in the measured face's frame. All lengths, angles and shades were chosen by eye.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Float64Array, Int64Array
from flame_model.geometry.smoothstep import smoothstep

SKULL_MIDDLE = np.array([0.0, 0.0300, -0.0900])
"""(3,) metres; hair lies on the skull along rays from here."""
PARTING_X, PARTING_Z = 0.002, (0.012, -0.140)
"""Metres: distance of the roots from the midline, and where the parting begins and ends."""
AZIMUTHS = np.radians((54.0, 180.0))
"""Radians from the front: the first lock beside the face, and the last at the back."""
PER_SIDE = 15
"""Locks on either side in each layer."""
LAYERS = ((0.004, 0.0, -0.128), (0.009, 0.5, -0.112))
"""Metres above the scalp, shift in steps between locks, and height of the ends, for each layer."""
WIDTHS = (0.013, 0.020, 0.026, 0.029, 0.030, 0.029, 0.028, 0.026, 0.022, 0.010)
"""Metres across a lock, row by row from the parting to its end."""
ON_SKULL = 6
"""Rows that lie on the skull; the others hang."""
THICKNESS = 0.0050
"""Metres by which the middle of a lock stands above its edges."""
SMOOTHINGS = 1
"""Times that a lock's line is smoothed, which rounds the bend from the skull to the hanging part."""
REACH_COS = np.cos(np.radians(7.0))
"""Cosine of the angle around a ray within which the head pushes hair outwards."""


@dataclass(frozen=True, slots=True)
class Locks:
    """L locks of R rows with four points each: left edge, outer middle, right edge, inner middle."""

    points: Float64Array
    """(L R 4, 3) metres."""
    faces: Int64Array
    """(F, 3) counter-clockwise seen from outside."""
    along: Float64Array
    """(L R 4,) 0 at the root to 1 at the end."""
    across: Float64Array
    """(L R 4,) 0 at the left edge to 1 at the right one."""
    number: Int64Array
    """(L R 4,) number of the lock."""


def shape_locks(head: Float64Array) -> Locks:
    """Return the locks around the vertices (V, 3) of a head whose scalp is lifted by short hair."""
    random = np.random.default_rng(80)
    lines = [
        _line(
            head,
            side,
            (step + shift + 0.25 * random.standard_normal()) / PER_SIDE,
            lift,
            end + 0.008 * random.standard_normal(),
        )
        for lift, shift, end in LAYERS
        for side in (1.0, -1.0)
        for step in range(PER_SIDE)
    ]
    rows = np.stack([_band(line, random.uniform(0.85, 1.15)) for line in lines])
    count, length = rows.shape[:2]
    along = np.broadcast_to(np.linspace(0.0, 1.0, length)[None, :, None], rows.shape[:3])
    across = np.broadcast_to(np.array([0.0, 0.5, 1.0, 0.5]), rows.shape[:3])
    number = np.broadcast_to(np.arange(count)[:, None, None], rows.shape[:3])
    return Locks(rows.reshape(-1, 3), _faces(count, length), along.ravel(), across.ravel(), number.ravel())


def _line(head: Float64Array, side: float, place: float, lift: float, end: float) -> Float64Array:
    """Return the middle line (R, 3) of a lock at `place` 0..1 from the face to the back.

    It lies `lift` metres above the scalp and hangs down to the height `end`.
    """
    azimuth = AZIMUTHS[0] + (AZIMUTHS[1] - AZIMUTHS[0]) * np.clip(place, 0.0, 1.0)
    root = np.array([side * PARTING_X, 0.150, np.interp(place, (0.0, 0.75), PARTING_Z)])
    start = _unit(root - SKULL_MIDDLE)
    level = _unit(np.array([side * np.sin(azimuth), -0.18, np.cos(azimuth)]))
    angle = np.arccos(start @ level)
    shares = np.linspace(0.0, 1.0, ON_SKULL)[:, None]
    rays = (np.sin((1.0 - shares) * angle) * start + np.sin(shares * angle) * level) / np.sin(angle)
    on_skull = (
        SKULL_MIDDLE + (_reach(head, rays)[:, None] + lift * np.minimum(0.5 + 2.0 * shares, 1.0)) * rays
    )
    hanging = np.linspace(0.0, 1.0, len(WIDTHS) - ON_SKULL + 1)[1:, None]
    last = on_skull[-1]
    tip = np.array([0.90 * last[0], end, last[2] + 0.1 * (last[2] + 0.10)])
    hang = last + hanging * (tip - last)
    hang[:, [0, 2]] += (0.006 * np.sin(np.pi * hanging)) * _unit(last - SKULL_MIDDLE)[[0, 2]]
    line = np.concatenate([on_skull, hang])
    for _ in range(SMOOTHINGS):
        line[1:-1] += 0.25 * (line[2:] - 2.0 * line[1:-1] + line[:-2])
    return line


def _reach(head: Float64Array, rays: Float64Array) -> Float64Array:
    """Return the metres (N,) from the skull's middle to the outermost of the head around each ray (N, 3)."""
    away = head - SKULL_MIDDLE
    length = np.linalg.norm(away, axis=1)
    near = (away / np.maximum(length, 1e-9)[:, None]) @ rays.T > REACH_COS
    return np.asarray(np.where(near, length[:, None], 0.0).max(axis=0))


def _band(line: Float64Array, wide: float) -> Float64Array:
    """Return the points (R, 4, 3) of the band along a middle line (R, 3), `wide` times its usual width."""
    way = _unit(np.gradient(line, axis=0))
    outwards = line - SKULL_MIDDLE
    outwards[ON_SKULL:, 1] = 0.0
    outwards = _unit(outwards - (outwards * way).sum(axis=1, keepdims=True) * way)
    left = np.cross(outwards, way)
    half = 0.5 * wide * np.array(WIDTHS)[:, None] * left
    thick = THICKNESS * smoothstep(0.0, 0.012, np.array(WIDTHS))[:, None] * outwards
    return np.stack([line + half, line + thick, line - half, line - 0.4 * thick], axis=1)


def _faces(count: int, length: int) -> Int64Array:
    """Return the triangles of all locks; each is a tube of four sides that is closed at both ends."""
    row, column = np.meshgrid(np.arange(length - 1), np.arange(4), indexing="ij")
    a, b = row * 4 + column, row * 4 + (column + 1) % 4
    sides = [np.stack(corners, axis=-1).reshape(-1, 3) for corners in ((a, b, a + 4), (b, b + 4, a + 4))]
    last = 4 * (length - 1)
    caps = np.array([[0, 2, 1], [0, 3, 2], [last, last + 1, last + 2], [last, last + 2, last + 3]])
    one = np.concatenate([*sides, caps])
    return np.concatenate([one + 4 * length * number for number in range(count)])


def _unit(vectors: Float64Array) -> Float64Array:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))
