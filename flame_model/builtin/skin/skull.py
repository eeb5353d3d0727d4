"""Close the measured face to a bust: rings of cage points from its outline over skull, neck and shoulders.

From each point of the outline a column runs over the form to the plane of the bust's cut. A ray traces it:
the ray's origin sinks from the middle of the skull through the neck into the chest while its direction turns
from the outline to the cut. The rings divide every column evenly down to the shirt's collar. The origins and
timings were chosen by eye.
"""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.builtin.skin.bust_distance_field import collar_size, reach
from flame_model.geometry.smoothstep import smoothstep

SKULL_MIDDLE = np.array([0.0, 0.0300, -0.0900])
NECK_MIDDLE = np.array([0.0, -0.1200, -0.1120])
CUT_MIDDLE = np.array([0.0, -0.2380, -0.1140])
"""Metres; the successive origins of the rays. The last lies on the plane of the cut."""
CUT_SLOPE = 0.30
"""Metres by which the cut falls per metre to the front."""
RING_COUNT = 14
COLLAR_RINGS = (0.96, 1.04)
"""Sizes of the two rings before the cut, relative to the collar; its shadow falls along them."""
FINE_RINGS = 2
"""Rings with all 36 columns of the outline; the others have 18."""
FADE_M = 0.025
"""Metres from the outline over which the difference between measured face and form fades out."""
_SAMPLES = 120
"""Points per column."""


def skull_rings(oval: Float64Array) -> tuple[list[Float64Array], list[Float64Array]]:
    """Return RING_COUNT rings of points (36 or 18, 3) behind the outline `oval` (36, 3), nearest first.

    The second list gives for each point how much it is drawn to the form's surface, 0..1.
    """
    columns, misfit = _columns(oval)
    step = np.linalg.norm(np.diff(columns, axis=0), axis=-1)
    length = np.concatenate([np.zeros((1, len(oval))), np.cumsum(step, axis=0)])
    above, below = (_reaching(size, columns, length) for size in COLLAR_RINGS)
    alongs = [*np.linspace(0.0, above, RING_COUNT - 1)[1:], below, length[-1]]
    rings, shares = [], []
    for k, along in enumerate(alongs, start=1):
        kept = range(0, len(oval), 1 if k <= FINE_RINGS else 2)
        ring = np.array(
            [[np.interp(along[c], length[:, c], columns[:, c, i]) for i in range(3)] for c in kept]
        )
        differs = np.exp(-along[kept] / FADE_M)
        rings.append(ring + differs[:, None] * misfit[kept])
        shares.append(1.0 - differs)
    return rings, shares


def _reaching(size: float, columns: Float64Array, length: Float64Array) -> Float64Array:
    """Return the lengths (36,) at which the columns (S, 36, 3) pass the collar's cone of a relative size."""
    sizes = collar_size(columns)
    inside = len(sizes) - 2 - np.argmax((sizes < size)[-2::-1], axis=0)
    at = inside, np.arange(sizes.shape[1])
    beyond = inside + 1, at[1]
    share = np.clip((size - sizes[at]) / (sizes[beyond] - sizes[at]), 0.0, 1.0)
    return np.asarray(length[at] + share * (length[beyond] - length[at]))


def _columns(oval: Float64Array) -> tuple[Float64Array, Float64Array]:
    """Return points (S, 36, 3) of the form from outline to cut, and the outline minus the form (36, 3)."""
    start = _unit(oval - SKULL_MIDDLE)
    around = np.arange(len(oval)) * (2.0 * np.pi / len(oval))
    end = _unit(np.stack([np.sin(around), CUT_SLOPE * np.cos(around), -np.cos(around)], axis=-1))
    front = 0.5 - 0.5 * np.cos(around)
    columns = []
    for time in np.linspace(0.0, 1.0, _SAMPLES):
        origin = _origins(time, front)
        turned = smoothstep(0.0, 0.6, time - 0.25 * front)
        ray = _between(start, end, turned[:, None])
        columns.append(origin + reach(origin, ray)[:, None] * ray)
    return np.stack(columns), oval - columns[0]


def _origins(time: float, front: Float64Array) -> Float64Array:
    """Return the origins (N, 3) of the rays at a `time` 0..1.

    They stay in the skull until the ray has passed the crown; under the chin, where `front` (N,) is 1, they
    sink at once.
    """
    waited = 0.3 * (1.0 - front)
    sunk = np.clip((time - waited) / (1.0 - waited), 0.0, 1.0)
    stops = np.stack([SKULL_MIDDLE, NECK_MIDDLE, CUT_MIDDLE])
    return np.stack([np.interp(sunk, [0.0, 0.6, 1.0], stops[:, i]) for i in range(3)], axis=-1)


def _between(start: Float64Array, end: Float64Array, share: Float64Array) -> Float64Array:
    """Return unit vectors (N, 3) a `share` of the way from `start` to `end` (N, 3) along great circles."""
    angle = np.arccos(np.clip((start * end).sum(1, keepdims=True), -1.0, 1.0))
    return np.asarray((np.sin((1.0 - share) * angle) * start + np.sin(share * angle) * end) / np.sin(angle))


def _unit(vectors: Float64Array) -> Float64Array:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))
