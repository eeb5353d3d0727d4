"""Make the shapes that shut the eyes of any head: lids that turn about the eyeball until they meet."""

from __future__ import annotations

import numpy as np
from scipy import ndimage
from scipy.spatial import cKDTree

from flame_model.arrays import Float32Array, Float64Array
from flame_model.eyelids.eye_opening import SIDES, Opening, Polar, find_opening
from flame_model.geometry.smoothstep import smoothstep
from flame_model.head import Head
from flame_model.landmarks import eye_faces

MEETING = 0.80
"""Share of the opening's height that the upper lid travels to where the lids meet."""
OVERLAP = 0.01
"""Share of the opening's height by which shut lids overlap, so that nothing shines through."""
LID, SKIN = 0.2, 1.1
"""Eye radii from a lid's edge: what is nearer than the first moves as the edge does, beyond the second
nothing follows."""
HELD, FREE = 0.4, 1.4
"""Eye radii from a lid's edge: what is nearer than the first leaves expression when shut, beyond the second
nothing does."""
CLEARANCE = 0.015
"""Eye radii that shut lids keep from the eyeball's foremost point."""
LIFTED = 0.1
"""Radians of turn from which on they keep it fully."""
CORNER = 0.06
"""Radians beyond the eye's corners within which the skin beside them still follows."""
BLUR = 0.15
"""Radians over which the lids' travel is evened out for skin that lies away from their edges."""


def make_eyelids(head: Head) -> tuple[Float32Array, Float32Array, Float32Array]:
    """Return `eyelid_basis` (V, 3, 2), `eyelid_arc` (V, 3, 2) and `eyelid_hold` (V, 2) of a head.

    Raises InputError for a head without eyeballs or without open lids around them.
    """
    sides = [_closing(head, find_opening(head, side)) for side in range(len(SIDES))]
    basis, arc, hold = (np.stack(parts, axis=-1).astype(np.float32) for parts in zip(*sides, strict=True))
    return basis, arc, hold


def _closing(head: Head, opening: Opening) -> tuple[Float64Array, Float64Array, Float64Array]:
    """Return displacement (V, 3), arc (V, 3) and hold (V,) that shut one eye."""
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
    """Return the turn up, radians (N,), and the lift, metres (N,), of places so far from the lids' edges."""
    lower, upper = opening.lower, opening.upper
    above = places.up - np.interp(places.across, opening.across, (1.0 - MEETING) * upper + MEETING * lower)
    is_upper = above > 0.0
    follows = smoothstep(SKIN, LID, np.where(is_upper, from_upper, from_lower))
    exact, even = (
        np.interp(places.across, *_with_ends(opening.across, height))
        for height in (upper - lower, _evened(opening))
    )
    travel = np.where(is_upper, MEETING, 1.0 - MEETING)
    travel *= follows * (follows * exact + (1.0 - follows) * even)
    # Nothing goes farther than where the lids meet: not the lids' inner sides, nor the skin at the corners.
    travel = np.minimum(travel, np.abs(above)) + OVERLAP * exact * is_upper
    eye = opening.eye
    lift = np.maximum(eye.front + CLEARANCE * eye.radius - places.distance, 0.0)
    lift *= smoothstep(0.0, LIFTED, travel) * (places.distance > 0.99 * eye.radius)
    return np.where(is_upper, -travel, travel), lift


def _evened(opening: Opening) -> Float64Array:
    height = opening.upper - opening.lower
    columns = BLUR * len(height) / np.ptp(opening.across)
    return np.asarray(ndimage.gaussian_filter1d(height, columns, mode="constant"))


def _with_ends(across: Float64Array, height: Float64Array) -> tuple[Float64Array, Float64Array]:
    """Return columns that run out into the skin beside the corners, and their heights."""
    return np.array([across[0] - CORNER, *across, across[-1] + CORNER]), np.array([0.0, *height, 0.0])
