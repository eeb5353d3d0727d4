"""Put the built-in head's shirt on a head whose neck ends open, so that no edge hangs in the air.

The head's skin stays as it is, and the shirt is let out where the skin would come through. All lengths were
chosen by eye, on ICT-FaceKit's shoulders.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.ndimage import gaussian_filter, maximum_filter
from scipy.spatial import cKDTree

from flame_model.arrays import Float32Array, Float64Array, IndexArray, Int32Array
from flame_model.builtin.parts.shirt import COLUMNS, shirt
from flame_model.builtin.skin.bust_distance_field import (
    COLLAR_MIDDLE,
    COLLAR_SLOPE,
    collar_size,
    gradient,
    torso_distance,
)
from flame_model.face import topology as t
from flame_model.face.landmarks import rest_landmarks, skin_faces
from flame_model.face.measured_face import bundled_measurement
from flame_model.geometry.similarity import fit_similarity
from flame_model.geometry.smoothstep import smoothstep
from flame_model.head import JOINT_NAMES, Head, LandmarkPlaces
from flame_model.paint.materials import PART_MATERIALS
from flame_model.rigging.attached.attach import AttachedPart, attach, has_part

CLOTH = "cloth"
IN_COLLAR = 0.95
"""Size relative to the collar from which on skin is covered by the shirt, and below which it may leave it."""
BELOW_RIM_M = 0.006
"""Metres below the collar's rim at which the end of a neck is hidden."""
GAP_M = 0.005
"""Metres between skin and cloth, at least."""
BELOW_M, SAMPLES = -0.090, 6
"""Height below which skin may be covered, and points along the side of a triangle at which it is sampled."""
NEAR_M = 0.024
"""Metres around a point of the shirt within which skin lets it out."""
SMOOTHED = (1.0, 2.5)
"""Rows and columns of the shirt over which its letting out is smoothed."""
LINING, LINING_DROP_M = np.array([0.62, 1.0, 0.62]), 0.012
"""Size of the lining's lower end relative to the collar, and metres by which it is lowered: as it ends inside
the neck, nobody looks down between neck and shirt."""
AROUND = 0.25
"""Sizes relative to the collar around 1 within which skin tells where an identity has its collar."""
STILL = (0.75, 1.05)
"""Sizes relative to the collar from which and to which skin increasingly stays with the shirt."""


def with_shirt(head: Head, places: LandmarkPlaces) -> Head:
    """Return the head, whose landmarks lie at `places`, with a shirt, where it has none and its neck is open.

    A neck that ends above the collar gets none, because the end would be seen inside the collar.
    """
    if has_part(head, CLOTH):
        return head
    landmarks = rest_landmarks(head, places)[: t.FACE_POINT_COUNT]
    to_measured = fit_similarity(landmarks, bundled_measurement().neutral)
    faces = head.faces[skin_faces(head)]
    edge = to_measured.points(head.template[_open_edge(faces)].astype(np.float64))
    if not _hides(edge[edge[:, 1] < BELOW_M]):
        return head
    part = shirt()
    vertices = _let_out(part.vertices, _covered(to_measured.points(head.template[faces].astype(np.float64))))
    points = to_measured.points(head.template)
    around = (np.abs(collar_size(points) - 1.0) < AROUND) & (points[:, 1] < BELOW_M)
    by_identity = head.identity_basis[around].mean(axis=0)
    weights = np.zeros((len(vertices), len(JOINT_NAMES)))
    weights[:, part.joint] = 1.0
    return attach(
        replace(head, skin_weights=_still(head, points, part.joint)),
        AttachedPart(
            vertices=(vertices - to_measured.shift) @ to_measured.rotation / to_measured.scale,
            faces=part.faces,
            colors=part.colors,
            skin_weights=weights,
            material=next(material for material in PART_MATERIALS if material.name == CLOTH),
            identity_basis=np.broadcast_to(by_identity, (len(vertices), *by_identity.shape)),
        ),
    )


def _hides(end: Float64Array) -> bool:
    """Return whether the shirt hides the end (E, 3) of a neck: it lies outside or below the collar's rim."""
    above_rim = (end - COLLAR_MIDDLE) @ (0.0, 1.0, COLLAR_SLOPE)
    return bool(len(end) and ((collar_size(end) > 1.0) | (above_rim < -BELOW_RIM_M)).all())


def _open_edge(faces: Int32Array) -> IndexArray:
    """Return the vertices (E,) on the edges of the surface of `faces` (F, 3)."""
    sides = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    _, first, uses = np.unique(np.sort(sides, axis=1), axis=0, return_index=True, return_counts=True)
    return np.unique(sides[first[uses == 1]])


def _still(head: Head, points: Float64Array, joint: int) -> Float32Array:
    """Return the skin weights (V, 5) of a head, whose skin under the shirt follows the shirt's joint alone.

    It would come through a shirt that stays where it is while the head turns. `points` (V, 3) are the head's
    vertices in the measured face's frame.
    """
    share = smoothstep(*STILL, collar_size(points)) * (points[:, 1] < BELOW_M)
    own = np.eye(len(JOINT_NAMES))[joint]
    return (head.skin_weights + share[:, None] * (own - head.skin_weights)).astype(np.float32)


def _covered(corners: Float64Array) -> Float64Array:
    """Return points (N, 3), densely spread over the skin's triangles (F, 3, 3), that the shirt covers."""
    low = corners[corners[..., 1].min(axis=1) < BELOW_M]
    steps = np.linspace(0.0, 1.0, SAMPLES)
    weights = np.array([(a, b, 1.0 - a - b) for a in steps for b in steps if a + b < 1.001])
    points = np.einsum("wc,fci->fwi", weights, low).reshape(-1, 3)
    return points[(points[:, 1] < BELOW_M) & (collar_size(points) > IN_COLLAR)]


def _let_out(vertices: Float64Array, covered: Float64Array) -> Float64Array:
    """Return the shirt's vertices (N, 3) moved off the torso where skin (P, 3) would come through."""
    outside = torso_distance(covered)
    own = torso_distance(vertices)
    tree = cKDTree(covered)
    lacking = np.zeros(len(vertices))
    for number, near in enumerate(tree.query_ball_point(vertices, NEAR_M)):
        if near:
            lacking[number] = max(0.0, outside[near].max() + GAP_M - own[number])
    grid = lacking[:-1].reshape(-1, COLUMNS)
    grid = maximum_filter(grid, (2, 3), mode=("nearest", "wrap"))
    grid = gaussian_filter(grid, SMOOTHED, mode=("nearest", "wrap"))
    slope = gradient(torso_distance, vertices)
    # Between its parts the torso's field rises less than a distance does.
    steep = np.maximum((slope**2).sum(axis=1), 0.25)
    moved = vertices + (np.append(grid.ravel(), 0.0) / steep)[:, None] * slope
    moved[:COLUMNS] = (
        COLLAR_MIDDLE + LINING * (vertices[:COLUMNS] - COLLAR_MIDDLE) - (0.0, LINING_DROP_M, 0.0)
    )
    return np.asarray(moved)
