"""Make the blink shapes of any head: lids turn about the eyeball's centre until they meet.

Let x be a lid vertex at rest, x(1) closed and x(1/2) half closed, both turned about the opening's axis. The
closure e moves the vertex to x + e b + e (1 - e) a, a parabola through these three points, with

    basis  b = x(1) - x
    arc    a = 4 (x(1/2) - (x + x(1)) / 2)

The shares and distances below were chosen by eye.
"""

from __future__ import annotations

import numpy as np
from scipy import ndimage
from scipy.spatial import cKDTree

from flame_model.arrays import Float32Array, Float64Array
from flame_model.face.landmarks import eye_faces
from flame_model.geometry.smoothstep import smoothstep
from flame_model.head import Head
from flame_model.rigging.eye_opening import Opening, Polar, find_opening
from flame_model.rigging.eyeball import SIDES

MEETING = 0.80
"""Share of the opening's height that the upper lid travels to meet the lower lid."""
OVERLAP = 0.01
"""Share of the opening's height by which closed lids overlap, so that the eyeball does not show through."""
LID, SKIN = 0.2, 1.1
"""Eye radii from a lid's edge up to which skin moves as the edge does, and beyond which it does not move."""
HELD, FREE = 0.4, 1.4
"""Eye radii from a lid's edge up to which closed lids suppress expression, and beyond which they do not."""
CLEARANCE = 0.015
"""Eye radii between closed lids and the foremost point of the eyeball."""
LIFTED = 0.1
"""Radians of turn from which on lids keep the full clearance."""
CORNER = 0.06
"""Radians beyond the eye's corners within which skin still follows the lids."""
BLUR = 0.15
"""Standard deviation in radians by which the lids' travel is smoothed for skin away from their edges."""


def make_eyelids(head: Head) -> tuple[Float32Array, Float32Array, Float32Array]:
    """Return the `eyelid_basis` (V, 3, 2), `eyelid_arc` (V, 3, 2) and `eyelid_hold` (V, 2) of a head.

    Raises InputError for a head without eyeballs, or without open lids around them.
    """
    sides = [_closing(head, find_opening(head, side)) for side in range(len(SIDES))]
    basis, arc, hold = (np.stack(parts, axis=-1).astype(np.float32) for parts in zip(*sides, strict=True))
    return basis, arc, hold


def _closing(head: Head, opening: Opening) -> tuple[Float64Array, Float64Array, Float64Array]:
    """Return basis (V, 3), arc (V, 3) and hold (V,) of one eye."""
    rest = head.template.astype(np.float64)
    basis, arc, hold = np.zeros_like(rest), np.zeros_like(rest), np.zeros(len(rest))
    away = [
        cKDTree(rim).query(rest)[0] / opening.eye.radius for rim in (opening.lower_rim, opening.upper_rim)
    ]
    near = np.minimum(*away) < max(SKIN, FREE)
    near[head.faces[np.concatenate([eye_faces(head, side) for side in SIDES])]] = False
    places = opening.polar(rest[near])
    turn, lift = _travel(opening, places, away[0][near], away[1][near])
    shut, half = (
        opening.points(Polar(places.across, places.up + share * turn, places.distance + share * lift))
        for share in (1.0, 0.5)
    )
    basis[near] = shut - rest[near]
    arc[near] = 4.0 * (half - 0.5 * (rest[near] + shut))
    hold[near] = smoothstep(FREE, HELD, np.minimum(*away)[near])
    return basis, arc, hold


def _travel(
    opening: Opening, places: Polar, from_lower: Float64Array, from_upper: Float64Array
) -> tuple[Float64Array, Float64Array]:
    """Return the turn (N,) in radians, positive upwards, and the lift (N,) in metres of closed lids.

    `from_lower` and `from_upper` (N,) are the distances to the lids' edges in eye radii.
    """
    lower, upper = opening.lower, opening.upper
    above = places.up - np.interp(places.across, opening.across, (1.0 - MEETING) * upper + MEETING * lower)
    is_upper = above > 0.0
    follows = smoothstep(SKIN, LID, np.where(is_upper, from_upper, from_lower))
    exact, even = (
        np.interp(places.across, *_with_ends(opening.across, height))
        for height in (upper - lower, _smoothed_height(opening))
    )
    travel = np.where(is_upper, MEETING, 1.0 - MEETING)
    travel *= follows * (follows * exact + (1.0 - follows) * even)
    # Neither the lids' inner sides nor the skin at the corners move beyond the line where the lids meet.
    travel = np.minimum(travel, np.abs(above)) + OVERLAP * exact * is_upper
    eye = opening.eye
    lift = np.maximum(eye.front + CLEARANCE * eye.radius - places.distance, 0.0)
    lift *= smoothstep(0.0, LIFTED, travel) * (places.distance > 0.99 * eye.radius)
    return np.where(is_upper, -travel, travel), lift


def _smoothed_height(opening: Opening) -> Float64Array:
    """Return the opening's height (N,) in radians, smoothed by BLUR."""
    height = opening.upper - opening.lower
    columns = BLUR * len(height) / np.ptp(opening.across)
    return np.asarray(ndimage.gaussian_filter1d(height, columns, mode="constant"))


def _with_ends(across: Float64Array, height: Float64Array) -> tuple[Float64Array, Float64Array]:
    """Return the columns with one more beyond either corner, and their heights, 0 at the new columns."""
    return np.array([across[0] - CORNER, *across, across[-1] + CORNER]), np.array([0.0, *height, 0.0])
