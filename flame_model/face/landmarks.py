"""Find the tracker's landmarks on a head's surface and interpolate vertex values there."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from flame_model.arrays import Array, FlagArray, Float64Array, IndexArray
from flame_model.face import topology as t
from flame_model.geometry.nearest import nearest_places
from flame_model.head import JOINT_NAMES, LANDMARK_COUNT, Head, LandmarkPlaces

UPPER_LIP = (*t.UPPER_INNER_LIP[1:-1], 12, 38, 41, 42, 268, 271, 272)
LOWER_LIP = (*t.LOWER_INNER_LIP[1:-1], 15, 86, 89, 96, 316, 319, 325)
"""Landmarks where closed lips touch; only the jaw weight distinguishes the two surfaces there."""
JAW_SHARE = 0.5
"""Share of the greatest jaw weight; skin with a greater weight belongs to the lower lip."""
_JAW = JOINT_NAMES.index("jaw")
_EYES = {"left": JOINT_NAMES.index("left_eye"), "right": JOINT_NAMES.index("right_eye")}
_IRISES = {"left": t.LEFT_IRIS + np.arange(5), "right": t.RIGHT_IRIS + np.arange(5)}


def at_places(places: LandmarkPlaces, faces: npt.NDArray[np.integer], values: Array) -> Array:
    """Return vertex values (V, ...) interpolated at the landmarks' places (478, ...).

    Posed vertices give the landmarks' positions, and a basis gives their displacements.
    """
    corners = values[faces[places.triangles]]
    interpolated: Array = np.einsum("nc,nc...->n...", places.weights.astype(np.float64), corners)
    return interpolated


def rest_landmarks(head: Head, places: LandmarkPlaces) -> Float64Array:
    """Return the landmarks (478, 3) of the head at rest in metres."""
    return np.asarray(at_places(places, head.faces, head.template))


def seat_landmarks(head: Head, points: Array) -> LandmarkPlaces:
    """Return the places on the head nearest to `points` (478, 3).

    Irises are placed on their eyeballs, lip landmarks on their own lip and all others on the skin. The irises
    of a head without eyeballs are placed on the skin.
    """
    triangles = np.zeros(LANDMARK_COUNT, dtype=np.int32)
    weights = np.zeros((LANDMARK_COUNT, 3), dtype=np.float32)
    for landmarks, allowed in _allowed_faces(head):
        nearest = nearest_places(points[landmarks], head.template, head.faces[allowed])
        triangles[landmarks] = allowed[nearest.triangles]
        weights[landmarks] = nearest.weights
    return LandmarkPlaces(triangles, weights)


def skin_faces(head: Head) -> IndexArray:
    """Return the faces (A,) of the skin: the largest connected surface that follows no eye joint."""
    others = np.flatnonzero(~_follows(head, _EYES["left"]) & ~_follows(head, _EYES["right"]))
    corners = head.faces[others]
    sides = np.concatenate([corners[:, :2], corners[:, 1:]])
    count = len(head.template)
    links = sparse.coo_matrix((np.ones(len(sides)), sides.T), shape=(count, count))
    _, label = connected_components(links, directed=False)
    owners = label[corners[:, 0]]
    return np.asarray(others[owners == np.bincount(owners).argmax()])


def eye_faces(head: Head, side: str) -> IndexArray:
    """Return the faces (A,) of the "left" or "right" eyeball; empty where the head has none."""
    return np.flatnonzero(_follows(head, _EYES[side]))


def _follows(head: Head, joint: int) -> FlagArray:
    """Return which faces (F,) follow a joint with all three vertices."""
    return np.asarray((head.skin_weights[:, joint] > 0.5)[head.faces].all(axis=1))


def _allowed_faces(head: Head) -> list[tuple[IndexArray, IndexArray]]:
    """Return pairs of landmarks and the faces on which they may lie."""
    skin = skin_faces(head)
    jaw = head.skin_weights[:, _JAW][head.faces[skin]].mean(axis=1)
    below = jaw > JAW_SHARE * jaw.max()
    upper, lower = np.array(UPPER_LIP), np.array(LOWER_LIP)
    anywhere = np.setdiff1d(np.arange(t.FACE_POINT_COUNT), np.concatenate([upper, lower]))
    pairs = [(anywhere, skin), (upper, skin[~below]), (lower, skin[below] if below.any() else skin)]
    for side, iris in _IRISES.items():
        ball = eye_faces(head, side)
        pairs.append((iris, ball if len(ball) else skin))
    return pairs
