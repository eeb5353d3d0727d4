"""Build the ears: one sheet each with helix, antihelix, concha, tragus and lobe, closed at the skull.

Coordinates lie in the ear's plane, in millimetres: back and up from its middle, and out of the plane.
Outline, ridges and hollows were drawn by eye after photographs of ears.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.interpolate import CubicSpline

from flame_model.arrays import Float64Array
from flame_model.builtin.parts.part import Part, grid_faces, poles_merged
from flame_model.face.ears import CONCHA_DEPTH, in_head
from flame_model.geometry.smoothstep import smoothstep
from flame_model.paint.strokes import smooth_line

COLUMNS = 26
RADII = (0.0, 0.20, 0.37, 0.51, 0.63, 0.74, 0.84, 0.92, 0.97, 1.0)
"""Radii of the rings on the outer side, as shares of the outline's."""
BEHIND = ((0.985, -2.4), (0.82, -6.0), (0.50, -20.0))
"""Rings of the back: radius, and millimetres below the rim; the last lies in the skull."""
BENT, FINE = 0.8, 520
"""Weight of the outline's bends against its length in the spacing of columns, and points in which both are
measured."""
SOFTENED, ACROSS = 0.5, 0.25
"""Share of its neighbours on the same ring, and in the same column, in the height of a point."""
OUTLINE = (
    (-12.0, 3.0), (-15.0, 12.0), (-13.0, 22.0), (-5.0, 30.0), (5.0, 31.5), (13.5, 27.5), (17.8, 18.0),
    (17.5, 7.0), (14.5, -4.0), (10.5, -14.0), (7.0, -23.0), (2.0, -29.0), (-4.0, -31.0), (-8.5, -28.5),
    (-11.0, -22.0), (-12.0, -13.0), (-12.0, -4.0),
)  # fmt: skip
HELIX = ((-3.0, 1.0), (-10.0, 4.0), (-12.6, 12.0), (-10.6, 20.8), (-4.0, 27.4), (4.8, 28.6), (11.8, 25.0),
         (15.2, 17.4), (15.0, 7.0), (12.4, -3.4), (9.4, -11.0))  # fmt: skip
HELIX_STRENGTH = (0.35, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.9, 0.6, 0.1)
ANTIHELIX = ((1.5, -14.5), (7.0, -9.0), (9.6, -1.0), (9.2, 8.0), (6.0, 15.0), (2.0, 21.5))
LOWER_CRUS = ((7.0, 13.0), (1.0, 14.0), (-6.0, 13.0))
TRAGUS, ANTITRAGUS, NOTCH = ((-9.6, -4.0), (0.5, -15.0), (-6.0, -13.0))


def ear(skin: Float64Array) -> Part:
    """Return the left ear in the sRGB colour `skin` (3,)."""
    back, up = _outline().T
    rings = [(share * back, share * up) for share in RADII]
    heights = _softened(np.stack([relief(*ring) for ring in rings]))
    rim = heights[-1]
    sheet = [in_head(*(1e-3 * a for a in (*ring, out))) for ring, out in zip(rings, heights, strict=True)]
    behind = [in_head(1e-3 * share * back, 1e-3 * share * up, 1e-3 * (rim + down)) for share, down in BEHIND]
    vertices = np.concatenate([*sheet, *behind])
    faces = grid_faces(len(sheet) + len(behind), COLUMNS, closed=True)
    colors = np.broadcast_to(skin, vertices.shape)
    return poles_merged(Part(vertices, faces, colors, joint=1, material="skin"))


def relief(back: Float64Array, up: Float64Array) -> Float64Array:
    """Return the millimetres (...) by which the outer side stands above the ear's plane."""
    place = np.stack([back, up], axis=-1)
    away, along = _nearest(place, HELIX)
    strength = np.interp(along, np.linspace(0.0, 1.0, len(HELIX)), HELIX_STRENGTH)
    rim, groove = np.exp(-((away / 2.4) ** 2)), np.exp(-(((away - 4.8) / 2.2) ** 2))
    helix = strength * (5.6 * rim - 2.4 * groove)
    upper = np.exp(-((_nearest(place, ANTIHELIX)[0] / 3.2) ** 2))
    lower = 0.7 * np.exp(-((_nearest(place, LOWER_CRUS)[0] / 2.6) ** 2))
    antihelix = 3.6 * np.maximum(upper, lower)
    bowl = smoothstep(1.0, 0.45, np.hypot((back + 1.5) / 10.0, (up + 2.0) / 13.5))
    concha = -1e3 * CONCHA_DEPTH * bowl
    bumps = (
        5.5 * _bump(place, TRAGUS, (3.4, 4.8))
        + 2.6 * _bump(place, ANTITRAGUS, (4.4, 3.8))
        - 1.5 * _bump(place, NOTCH, (2.2, 2.6))
        + 2.2 * _bump(place, (-3.0, -24.0), (7.0, 6.5))
    )
    cheek = -4.5 * smoothstep(-8.5, -13.5, back) * smoothstep(24.0, 12.0, up)
    return np.asarray(helix + antihelix + concha + bumps + cheek)


def _outline() -> Float64Array:
    """Return the outline's points (COLUMNS, 2) back and up, from the back through the top.

    They lie closer together where the outline bends more.
    """
    points = np.array(OUTLINE)
    turn = np.arctan2(points[:, 1], points[:, 0]) % (2 * np.pi)
    fine = smooth_line(points[np.argsort(turn)], FINE, closed=True)
    ahead = np.roll(fine, -1, axis=0) - fine
    length = np.linalg.norm(ahead, axis=1)
    heading = np.unwrap(np.arctan2(ahead[:, 1], ahead[:, 0]))
    bend = np.abs(np.diff(heading, append=heading[0] + 2.0 * np.pi))
    step = length / length.sum() + BENT * bend / bend.sum()
    along = np.concatenate([[0.0], np.cumsum(step)])
    wanted = np.arange(COLUMNS) * along[-1] / COLUMNS
    closed = np.concatenate([fine, fine[:1]])
    return np.stack([np.interp(wanted, along, axis) for axis in closed.T], axis=-1)


def _softened(heights: Float64Array) -> Float64Array:
    """Return the heights (R, COLUMNS) of all rings, each mixed with those of its neighbours.

    Ridges that run between two columns would otherwise become saw teeth.
    """
    around = 0.5 * (np.roll(heights, 1, axis=1) + np.roll(heights, -1, axis=1))
    soft = (1.0 - SOFTENED) * heights + SOFTENED * around
    across = np.concatenate([soft[:1], 0.5 * (soft[:-2] + soft[2:]), soft[-1:]])
    return (1.0 - ACROSS) * soft + ACROSS * across


def _nearest(place: Float64Array, line: npt.ArrayLike) -> tuple[Float64Array, Float64Array]:
    """Return the distances (...) from points (..., 2) to a smooth line, and the places 0..1 along it."""
    through = np.asarray(line, dtype=np.float64)
    fine = CubicSpline(np.linspace(0.0, 1.0, len(through)), through)(np.linspace(0.0, 1.0, 120))
    away = np.linalg.norm(place[..., None, :] - fine, axis=-1)
    return away.min(axis=-1), away.argmin(axis=-1) / 119.0


def _bump(place: Float64Array, middle: npt.ArrayLike, radii: npt.ArrayLike) -> Float64Array:
    """Return a Gaussian bump of height 1 at points (..., 2)."""
    return np.asarray(np.exp(-(((place - np.asarray(middle)) / np.asarray(radii)) ** 2).sum(axis=-1)))
