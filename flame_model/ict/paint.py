"""Paint the vertex colours of the ICT head: skin, lips, brows, hair, eyes, teeth and gums.

All colours, distances and strengths were chosen by eye.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array, Int64Array
from flame_model.geometry.smoothstep import smoothstep
from flame_model.ict import layout
from flame_model.ict.resampled import IRIS_RADIUS, PUPIL_RADIUS
from flame_model.ict.rig import within
from flame_model.paint.eyes.irises import IRIS_INNER, IRIS_OUTER, LIMBUS, PUPIL, SCLERA, SCLERA_BACK
from flame_model.paint.face_colors import BLUSH, LID, LIP, SKIN, blend, blobs, hair_growth

HAIR = np.array([0.15, 0.10, 0.07])
SOCKET = np.array([0.62, 0.36, 0.33])
LINING = np.array([0.42, 0.15, 0.14])
DARK = np.array([0.14, 0.04, 0.04])
GUM = np.array([0.80, 0.45, 0.43])
GROOVED = 0.30
"""Share of DARK in the colour of the tongue's groove."""
TOOTH = np.array([0.95, 0.92, 0.86])
_THROAT_Z = (0.002, -0.050)
"""Metres along z between which gums, tongue and teeth fade into the dark."""
_BROW_DROP = (0.0070, 0.0065, 0.0055, 0.0045)
"""Metres of the brow below the landmarks on its ridge, at _BROW_STEPS."""
_BROW_HALF = (0.0032, 0.0040, 0.0034, 0.0014)
"""Metres of half the brow's width, at _BROW_STEPS."""
_BROW_STEPS = (0.0, 1.0, 2.5, 4.0)
"""Positions along the five brow landmarks, from the nose to the temple."""


def paint(
    points: Float64Array, source: Int64Array, marks: Float64Array, groove: Float64Array
) -> Float64Array:
    """Return sRGB colours (V, 3) for `points` (V, 3), which come from the archive's vertices `source` (V,).

    `marks` are all vertices of the archive in the head's frame, in metres. `groove` (V,) is 1 in the tongue's
    groove.
    """
    colors = _skin(points, marks)
    socket = within(source, layout.MOUTH_SOCKET_VERTICES)
    deep = smoothstep(0.004, -0.016, points[:, 2])
    colors[socket] = blend(np.broadcast_to(LINING, points.shape), DARK, deep)[socket]
    for color, part in ((GUM, layout.GUM_VERTICES), (TOOTH, layout.TOOTH_VERTICES)):
        own = within(source, part)
        throat = 0.7 * smoothstep(*_THROAT_Z, points[own, 2])
        colors[own] = blend(np.broadcast_to(color, points[own].shape), DARK, throat)
    colors = blend(colors, DARK, GROOVED * groove)
    for side in range(2):
        colors[within(source, layout.EYE_SOCKET_VERTICES[side])] = SOCKET
        ball = within(source, layout.EYEBALL_VERTICES[side])
        colors[ball] = _eyeball(points[ball])
    return colors


def _skin(points: Float64Array, marks: Float64Array) -> Float64Array:
    """Return the colours (V, 3) of all points as if they were skin."""
    color = np.broadcast_to(SKIN, points.shape).copy()
    cheeks = np.array([[x, 0.35 * y1 + 0.65 * y0, -0.008] for x, y0, y1 in _cheeks(marks)])
    color = blend(color, BLUSH, 0.30 * blobs(points, cheeks, 0.022))
    face = marks[slice(*layout.FACE_VERTICES)]
    nose = face[np.argmax(face[:, 2])]
    color = blend(color, BLUSH, 0.28 * blobs(points, nose[None], 0.015))
    lids = np.array([marks[list(eye[1:3])].mean(0) for eye in layout.EYE_LANDMARKS])
    color = blend(color, LID, 0.45 * blobs(points, lids + np.array([0.0, 0.004, 0.0]), 0.012))
    color = blend(color, HAIR, 0.62 * _hair(points))
    lip = _inside(points, marks[list(layout.OUTER_LIP_LANDMARKS)])
    color = blend(color, LIP, 0.85 * smoothstep(-0.0006, 0.0012, lip))
    for side in range(2):
        color = blend(color, HAIR, 0.88 * _brow(points, marks[list(layout.BROW_LANDMARKS[side])]))
    return color


def _cheeks(marks: Float64Array) -> list[tuple[float, float, float]]:
    """Return x of each cheek and the heights of mouth and eyes, metres."""
    mouth, eyes = marks[list(layout.OUTER_LIP_LANDMARKS)], marks[list(layout.EYE_LANDMARKS[0])]
    return [(side * 0.040, float(mouth[0, 1]), float(eyes[:, 1].mean())) for side in (-1.0, 1.0)]


def _hair(points: Float64Array) -> Float64Array:
    """Return 1 (V,) on cropped hair: above the hairline, except on the ears."""
    x, y, z = points.T
    around_ear = np.hypot((y - 0.006) / 0.040, (z + 0.104) / 0.026)
    ear = smoothstep(0.064, 0.071, np.abs(x)) * smoothstep(1.15, 0.90, around_ear)
    return np.asarray(smoothstep(-0.008, 0.012, hair_growth(points)) * (1.0 - ear))


def _brow(points: Float64Array, ridge: Float64Array) -> Float64Array:
    """Return 1 (V,) on a band along the landmarks (5, 3), wide at the nose and narrow at the temple."""
    steps = np.linspace(0.0, 4.0, 33)
    line = np.stack([np.interp(steps, range(5), ridge[:, axis]) for axis in range(3)], axis=-1)
    line[:, 1] -= np.interp(steps, _BROW_STEPS, _BROW_DROP)
    distance = np.linalg.norm(points[:, None, :2] - line[None, :, :2], axis=2)
    half = np.interp(steps, _BROW_STEPS, _BROW_HALF)
    front = smoothstep(-0.055, -0.045, points[:, 2])
    return np.asarray(smoothstep(0.0014, -0.0012, (distance - half[None]).min(1)) * front)


def _inside(points: Float64Array, outline: Float64Array) -> Float64Array:
    """Return the signed distance (V,) in metres to an outline (K, 3) in front view, positive inside.

    It is -1 behind the face.
    """
    a, b = outline[:, :2], np.roll(outline[:, :2], -1, axis=0)
    edge, to = b - a, points[:, None, :2] - a
    along = np.clip((to * edge).sum(2) / (edge**2).sum(1), 0.0, 1.0)
    distance = np.linalg.norm(to - along[..., None] * edge, axis=2).min(1)
    level = (a[:, 1] > points[:, 1, None]) != (b[:, 1] > points[:, 1, None])
    crossing = a[:, 0] + (points[:, 1, None] - a[:, 1]) * edge[:, 0] / np.where(
        edge[:, 1] == 0.0, 1.0, edge[:, 1]
    )
    inside = (level & (points[:, 0, None] < crossing)).sum(1) % 2 == 1
    front = points[:, 2] > outline[:, 2].min() - 0.012
    return np.where(front, np.where(inside, distance, -distance), -1.0)


def _eyeball(ball: Float64Array) -> Float64Array:
    """Return the colours (N, 3) of an eyeball that looks along +z: pupil, iris with a dark border, sclera."""
    middle = 0.5 * (ball.min(0) + ball.max(0))
    x, y = (ball - middle)[:, :2].T
    radius = np.hypot(x, y)
    iris, pupil = 0.01 * IRIS_RADIUS, 0.01 * PUPIL_RADIUS
    stops = [0.0, pupil * 0.97, pupil * 1.03, pupil * 1.5, iris * 0.78, iris * 0.92, iris * 0.99, iris * 1.04]
    tints = np.array([PUPIL, PUPIL, IRIS_INNER, IRIS_INNER, IRIS_OUTER, LIMBUS, LIMBUS, SCLERA])
    color = np.stack([np.interp(radius, stops, tints[:, channel]) for channel in range(3)], axis=-1)
    around = np.arctan2(y, x)
    fibres = 1.0 + 0.10 * np.cos(9.0 * around) * np.cos(5.0 * around)
    on_iris = (radius > pupil * 1.1) & (radius < iris * 0.9)
    color = np.where(on_iris[:, None], color * fibres[:, None], color)
    depth = (ball - middle)[:, 2] / (ball[:, 2].max() - middle[2])
    return blend(color, SCLERA_BACK, smoothstep(0.45, 0.0, depth))
