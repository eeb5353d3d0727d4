"""Where the tracker's landmarks lie on a head, and where that takes them when the head moves."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from flame_model.arrays import Float64Array, IndexArray
from flame_model.face import topology as t
from flame_model.geometry.nearest import nearest_places
from flame_model.head import JOINT_NAMES, LANDMARK_COUNT, Head, LandmarkPlaces

UPPER_LIP = (*t.UPPER_INNER_LIP[1:-1], 12, 38, 41, 42, 268, 271, 272)
LOWER_LIP = (*t.LOWER_INNER_LIP[1:-1], 15, 86, 89, 96, 316, 319, 325)
"""Landmarks where closed lips touch: only the jaw tells the one surface from the other."""
JAW_SHARE = 0.5
"""Of the greatest jaw weight: skin that follows the jaw more belongs to the lower lip."""
_JAW = JOINT_NAMES.index("jaw")
_EYES = {"left": JOINT_NAMES.index("left_eye"), "right": JOINT_NAMES.index("right_eye")}
_IRISES = {"left": t.LEFT_IRIS + np.arange(5), "right": t.RIGHT_IRIS + np.arange(5)}


def at_places(
    places: LandmarkPlaces, faces: npt.NDArray[np.integer], values: npt.NDArray[Any]
) -> npt.NDArray[Any]:
    """Return what `values` (V, ...) per vertex are at the places: (478, ...).

    Posed vertices give the landmarks' positions, a basis gives their displacements.
    """
    corners = values[faces[places.triangles]]
    interpolated: npt.NDArray[Any] = np.einsum("nc,nc...->n...", places.weights.astype(np.float64), corners)
    return interpolated


def rest_landmarks(head: Head, places: LandmarkPlaces) -> Float64Array:
    """Return the landmarks (478, 3) of the head at rest, metres."""
    return np.asarray(at_places(places, head.faces, head.template))


def seat_landmarks(head: Head, points: npt.NDArray[Any]) -> LandmarkPlaces:
    """Return the places nearest to `points` (478, 3): irises on their eyeballs, lips on their own side.

    Everything else lies on the skin, and so do the irises of a head without eyeballs.
    """
    triangles = np.zeros(LANDMARK_COUNT, dtype=np.int32)
    weights = np.zeros((LANDMARK_COUNT, 3), dtype=np.float32)
    for landmarks, allowed in _grounds(head):
        nearest = nearest_places(points[landmarks], head.template, head.faces[allowed])
        triangles[landmarks] = allowed[nearest.triangles]
        weights[landmarks] = nearest.weights
    return LandmarkPlaces(triangles, weights)


def skin_faces(head: Head) -> IndexArray:
    """Return the faces (A,) of the largest connected surface that follows no eye: the skin."""
    others = np.flatnonzero(~_follows(head, _EYES["left"]) & ~_follows(head, _EYES["right"]))
    corners = head.faces[others]
    sides = np.concatenate([corners[:, :2], corners[:, 1:]])
    count = len(head.template)
    links = sparse.coo_matrix((np.ones(len(sides)), sides.T), shape=(count, count))
    _, label = connected_components(links, directed=False)
    owners = label[corners[:, 0]]
    return np.asarray(others[owners == np.bincount(owners).argmax()])


def eye_faces(head: Head, side: str) -> IndexArray:
    """Return the faces (A,) of the "left" or "right" eyeball, none where the head has none."""
    return np.flatnonzero(_follows(head, _EYES[side]))


def _follows(head: Head, joint: int) -> npt.NDArray[np.bool_]:
    return np.asarray((head.skin_weights[:, joint] > 0.5)[head.faces].all(axis=1))


def _grounds(head: Head) -> list[tuple[IndexArray, IndexArray]]:
    """Return pairs of landmarks and the faces that they may lie on."""
    skin = skin_faces(head)
    jaw = head.skin_weights[:, _JAW][head.faces[skin]].mean(axis=1)
    below = jaw > JAW_SHARE * jaw.max()
    upper, lower = np.array(UPPER_LIP), np.array(LOWER_LIP)
    anywhere = np.setdiff1d(np.arange(t.FACE_POINT_COUNT), np.concatenate([upper, lower]))
    grounds = [(anywhere, skin), (upper, skin[~below]), (lower, skin[below] if below.any() else skin)]
    for side, iris in _IRISES.items():
        ball = eye_faces(head, side)
        grounds.append((iris, ball if len(ball) else skin))
    return grounds
