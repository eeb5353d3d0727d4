"""Paint vertex colours onto a head without colours by its landmarks: skin, lips, brows, mouth, hair, eyes."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.spatial import cKDTree

from flame_model.arrays import FlagArray, Float64Array
from flame_model.face import topology as t
from flame_model.face.eyes import EYE_CENTERS
from flame_model.face.landmarks import rest_landmarks, seat_landmarks, skin_faces
from flame_model.face.measured_face import bundled_measurement
from flame_model.geometry.nearest import nearest_places
from flame_model.geometry.similarity import Similarity, fit_similarity
from flame_model.geometry.smoothstep import smoothstep
from flame_model.geometry.subdivision import subdivide
from flame_model.head import JOINT_NAMES, Head, LandmarkPlaces
from flame_model.paint.eyes.irises import SCLERA, paint_irises
from flame_model.paint.face_colors import LINING, SKIN, blend, ear_share, paint_face

PLAIN = 0.02
"""Range of sRGB values 0..1 up to which a skin counts as uncoloured."""
REACH_M = (0.003, 0.008)
"""Distances from the landmarks' surface at which their paint begins to fade and ends."""
NEAR_M = 0.045
"""Distance from the landmarks' surface beyond which it is ignored: the depth of a mouth."""
MOUTH_BEHIND_M = (0.0030, 0.0055)
"""Depths below the lips' surface between which a vertex begins to lie in the mouth and lies in it fully."""
MOUTH_BOX_M = (0.030, 0.020, 0.040)
"""Half the width and half the height of the mouth around the lips' middle, and its depth behind it."""
TEETH = (0.88, 0.85, 0.79)
COLORED = ("teeth", "tongue")
"""Materials of parts of a mouth that keep their colours."""
_EYES = [JOINT_NAMES.index("left_eye"), JOINT_NAMES.index("right_eye")]


def has_colors(head: Head) -> bool:
    """Return whether the skin has colours or a texture; painted eyeballs alone do not count."""
    if head.texture:
        return True
    skin = np.unique(head.faces[skin_faces(head)])
    return not _is_plain(head.vertex_colors[skin])


def guess_landmarks(head: Head) -> LandmarkPlaces:
    """Return estimated landmark places: those of the average face, laid onto the head by its eye joints.

    They suffice to paint a face that the tracker recognises: eyes and brows are right, and the mouth may be
    off by the height of a lip.
    """
    eyes = (head.joint_regressor @ head.template)[_EYES]
    offset = EYE_CENTERS.mean(axis=0)
    scale = np.linalg.norm(eyes[0] - eyes[1]) / np.linalg.norm(EYE_CENTERS[0] - EYE_CENTERS[1])
    laid = Similarity(float(scale), np.eye(3), eyes.mean(axis=0) - scale * offset)
    irises = np.repeat(EYE_CENTERS[::-1] + np.array([0.0, 0.0, 0.02]), 5, axis=0)
    return seat_landmarks(head, laid.points(np.concatenate([bundled_measurement().neutral, irises])))


def paint_head(head: Head, places: LandmarkPlaces) -> Head:
    """Return the head with vertex colours painted by its landmarks, which lie at `places`.

    The materials turn white, because the vertex colours contain theirs.
    """
    measured = bundled_measurement()
    landmarks = rest_landmarks(head, places)[: t.FACE_POINT_COUNT]
    to_measured = fit_similarity(landmarks, measured.neutral)
    vertices, landmarks = to_measured.points(head.template), to_measured.points(landmarks)
    eyes = head.skin_weights[:, _EYES]
    on_eyes = eyes.max(axis=1) > 0.5
    colors = _colors_with_materials(head)
    if _is_plain(colors[on_eyes]):
        colors[on_eyes] = (np.array(SCLERA) * paint_irises(head.template, eyes))[on_eyes]
    colors[_mouth_box(vertices, landmarks) & ~on_eyes & ~_named_in_mouth(head)] = TEETH
    skin, faces = np.unique(head.faces[skin_faces(head)], return_inverse=True)
    colors[skin] = _skin_colors(vertices[skin], faces.reshape(-1, 3), landmarks)
    materials = tuple(replace(material, color=(1.0, 1.0, 1.0)) for material in head.materials)
    return replace(head, vertex_colors=colors.astype(np.float32), materials=materials)


def _named_in_mouth(head: Head) -> FlagArray:
    """Return which vertices (V,) belong to teeth or a tongue that a material names, which have colours."""
    named = [number for number, material in enumerate(head.materials) if material.name in COLORED]
    found = np.zeros(len(head.template), dtype=np.bool_)
    found[head.faces[np.isin(head.face_materials, named)]] = True
    return found


def _is_plain(colors: npt.NDArray[np.floating]) -> bool:
    """Return whether colours (N, 3) are all the same within PLAIN."""
    return len(colors) == 0 or bool(np.ptp(colors, axis=0).max() <= PLAIN)


def _colors_with_materials(head: Head) -> Float64Array:
    """Return the vertex colours (V, 3) times those of the materials."""
    material = np.zeros(len(head.template), dtype=np.intp)
    material[head.faces] = head.face_materials[:, None]
    return head.vertex_colors * np.array([material.color for material in head.materials])[material]


def _skin_colors(
    vertices: Float64Array, faces: npt.NDArray[np.integer], landmarks: Float64Array
) -> Float64Array:
    """Return the colours (V, 3) of skin `vertices` (V, 3), given in the frame of the measured face.

    A colour is half that at the vertex and half the mean over the midpoints of its edges, so that a brow
    hardly wider than the mesh's edges keeps its outline.
    """
    corners = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    edges = np.unique(np.sort(corners, axis=1), axis=0)
    color = _colors_at(np.concatenate([vertices, vertices[edges].mean(axis=1)]), landmarks)
    at_vertices, at_middles = np.split(color, [len(vertices)])
    ends = sparse.csr_matrix(
        (np.ones(edges.size), (edges.ravel(), np.repeat(np.arange(len(edges)), 2))),
        shape=(len(vertices), len(edges)),
    )
    around = (ends @ at_middles) / np.maximum(ends.sum(axis=1), 1.0)
    return np.asarray(0.5 * at_vertices + 0.5 * around)


def _colors_at(points: Float64Array, landmarks: Float64Array) -> Float64Array:
    """Return the colours (N, 3) of skin points (N, 3), given in the frame of the measured face."""
    refine, faces, _ = subdivide(bundled_measurement().triangles, t.FACE_POINT_COUNT)
    surface = refine @ landmarks
    near = np.flatnonzero(np.isfinite(cKDTree(surface).query(points, distance_upper_bound=NEAR_M)[0]))
    nearest = nearest_places(points[near], surface, faces)
    shares = nearest.weights * smoothstep(REACH_M[1], REACH_M[0], nearest.distances)[:, None]
    corners = faces[nearest.triangles]
    on_surface = sparse.csr_matrix(
        (shares.ravel(), (np.repeat(near, 3), corners.ravel())), shape=(len(points), len(surface))
    )
    follows = on_surface @ refine

    def spread(flagged: npt.ArrayLike) -> Float64Array:
        flags = np.zeros(t.FACE_POINT_COUNT)
        flags[np.asarray(flagged)] = 1.0
        return np.asarray(follows @ flags)

    painted = blend(paint_face(points, spread), SKIN, ear_share(points))
    return blend(painted, LINING, mouth_share(points, landmarks))


def mouth_share(points: Float64Array, landmarks: Float64Array) -> Float64Array:
    """Return 1 (N,) for skin points (N, 3) that lie in the mouth, 0 for points on and beside the lips."""
    refine, faces, _ = subdivide(bundled_measurement().triangles, t.FACE_POINT_COUNT)
    surface, behind = refine @ landmarks, np.flatnonzero(_mouth_box(points, landmarks))
    nearest = nearest_places(points[behind], surface, faces)
    depth = _depth(points[behind], surface[faces[nearest.triangles]], nearest.weights)
    share = np.zeros(len(points))
    share[behind] = smoothstep(*MOUTH_BEHIND_M, depth)
    return share


def _depth(points: Float64Array, corners: Float64Array, weights: Float64Array) -> Float64Array:
    """Return the depth (N,) in metres of points (N, 3) behind their places in triangles (N, 3, 3)."""
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    offsets = np.einsum("nc,ncx->nx", weights, corners) - points
    return np.asarray((offsets * normals).sum(axis=1) / np.maximum(np.linalg.norm(normals, axis=1), 1e-12))


def _mouth_box(vertices: Float64Array, landmarks: Float64Array) -> FlagArray:
    """Return which vertices (V,) lie in the box around the mouth."""
    offset = vertices - landmarks[list(t.OUTER_LIPS)].mean(axis=0)
    width, height, depth = MOUTH_BOX_M
    near = (np.abs(offset[:, 0]) < width) & (np.abs(offset[:, 1]) < height)
    return np.asarray(near & (np.abs(offset[:, 2] + 0.5 * depth) < 0.5 * depth))
