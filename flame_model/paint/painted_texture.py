"""Give a head with vertex colours the built-in head's kind of texture: skin, brow hairs, lash lines, eyes.

Vertex colours are as coarse as the mesh: on a mesh like FLAME's, brows have steps and the hairline is blurred
over a centimetre.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flame_model.arrays import Float32Array, Float64Array, Int32Array, Picture
from flame_model.deform import deform, prepare
from flame_model.errors import InputError
from flame_model.face import topology as t
from flame_model.face.landmarks import eye_faces, rest_landmarks, seat_landmarks, skin_faces
from flame_model.face.measured_face import bundled_measurement
from flame_model.geometry.similarity import fit_similarity
from flame_model.geometry.smoothstep import smoothstep
from flame_model.head import Head, LandmarkPlaces, Material
from flame_model.paint.complexion import NOSTRILS, complexion
from flame_model.paint.face_colors import ear_share, hair_growth
from flame_model.paint.features import paint_features
from flame_model.paint.paint_from_landmarks import mouth_share
from flame_model.paint.skin_texture import PATCH_COLORS, with_parts
from flame_model.paint.texture_points import surface_points
from flame_model.paint.unwrapping.charts import LASHES, PATCHES, SIZE
from flame_model.paint.unwrapping.face_projection import MIDDLE, face_pixels, pixel_size_mm
from flame_model.paint.unwrapping.unwrap import Unwrapped, layout_texture, unwrap
from flame_model.paint.wrinkles.picture import wrinkle_picture
from flame_model.params import rest_params
from flame_model.rigging.eye_opening import find_opening
from flame_model.rigging.eyeball import SIDES

HALF_SHUT = 0.5
"""Closure at which lids are painted, so that the picture stretches least on open and closed lids."""
ABOVE_EDGE_M = 0.0003
"""Metres above the upper lid's edge at which its landmarks are placed; this keeps the lash line visible."""
HAIR_ENDS_M = (-0.020, -0.004)
"""Metres above the hairline between which `bare` takes effect; below the first of them no hair grows."""
HOLLOW, HOLLOW_M = np.array([0.0, 0.006, -0.004]), 0.004
"""Metres: the vector from the middle of a nostril's landmarks into the nostril, and the distance from its end
within which skin shows that the nostril is hollow. The nearest skin is 2.7 mm away on ICT-FaceKit's head and
5.8 mm away on the built-in head, whose nostrils are closed."""
LIDS = ((t.LEFT_UPPER_LID, t.LEFT_LOWER_LID), (t.RIGHT_UPPER_LID, t.RIGHT_LOWER_LID))
_CHIN, _ON_FACE = t.FACE_OVAL[18], 0
"""Vertex numbers of the built-in head by which `unwrap` finds the chin and the face."""


def paint_texture(head: Head, places: LandmarkPlaces, bare: Float64Array | None = None) -> Head:
    """Return the head with a texture on its skin, painted by its landmarks, which lie at `places`.

    `bare` (V,) is 1 where no hair grows; None takes the ears of the average head. Other parts and the mouth
    keep their vertex colours, but for the eyeballs of a head that has two.
    """
    places = _lids_on_edges(head, places)
    shown = replace(head, template=_half_shut(head))
    landmarks = rest_landmarks(shown, places)[: t.FACE_POINT_COUNT]
    to_measured = fit_similarity(landmarks, bundled_measurement().neutral)
    vertices, landmarks = to_measured.points(shown.template), to_measured.points(landmarks)
    landmarks = _nostrils_inside(landmarks, vertices[np.unique(head.faces[skin_faces(head)])])
    flat = _layout(head, vertices, landmarks)
    bare = ear_share(vertices) if bare is None else bare
    wrinkles = wrinkle_picture(face_pixels(landmarks), pixel_size_mm(landmarks), SIZE)
    texture = layout_texture(flat, _picture(head.faces, vertices, landmarks, bare, flat), wrinkles)
    return replace(head, texture=texture, vertex_colors=_beside_picture(head, flat))


def _half_shut(head: Head) -> Float32Array:
    """Return the vertices (V, 3) with half-closed lids."""
    rest = rest_params(head.expression_count)
    shut = deform(prepare(head), replace(rest, eyelids=np.full(2, HALF_SHUT)))
    return np.asarray(shut, dtype=np.float32)


def _lids_on_edges(head: Head, places: LandmarkPlaces) -> LandmarkPlaces:
    """Return the places with lid landmarks moved onto the lids' edges, which the tracker misses by 2 mm."""
    points = rest_landmarks(head, places)
    for side, contours in enumerate(LIDS):
        try:
            opening = find_opening(head, side)
        except InputError:
            return places
        upper_rim = opening.upper_rim + ABOVE_EDGE_M * opening.axes[1]
        for contour, rim in zip(contours, (upper_rim, opening.lower_rim), strict=True):
            lid = list(contour)
            across = opening.polar(points[lid]).across
            # Stretch the contour from corner to corner: two places beyond a corner would become one.
            across = np.interp(across, (across.min(), across.max()), opening.across[[0, -1]])
            points[lid] = np.stack([np.interp(across, opening.across, axis) for axis in rim.T], axis=-1)
    return seat_landmarks(head, points)


def _nostrils_inside(landmarks: Float64Array, skin: Float64Array) -> Float64Array:
    """Return the landmarks with the nostrils, which are painted dark, moved into the skin's hollows."""
    moved = landmarks.copy()
    for rim in NOSTRILS:
        inside = landmarks[list(rim)].mean(axis=0) + HOLLOW
        if np.linalg.norm(skin - inside, axis=1).min() < HOLLOW_M:
            moved[list(rim)] += HOLLOW
    return moved


def _layout(head: Head, vertices: Float64Array, landmarks: Float64Array) -> Unwrapped:
    """Return the places of the faces in the built-in head's layout, which refers to vertices by number."""
    names = np.full(len(head.faces), "part", dtype=object)
    own = np.array([material.name for material in head.materials], dtype=object)[head.face_materials]
    skin = skin_faces(head)
    names[skin] = np.where(np.isin(own[skin], list(PATCHES)), own[skin], "skin")
    in_mouth = mouth_share(vertices, landmarks)[head.faces].min(axis=1) > 0.5
    names[in_mouth & (names == "skin")] = "mouth"
    names[own == "lashes"] = "lashes"
    eyes = [eye_faces(head, side) for side in SIDES]
    if all(len(eye) for eye in eyes):
        names[np.concatenate(eyes)] = "eye"
    order = np.arange(len(vertices))
    on_skin = np.unique(head.faces[skin])
    for number, landmark in ((_ON_FACE, t.FACE_OVAL[0]), (_CHIN, _CHIN)):
        nearest = on_skin[np.linalg.norm(vertices[on_skin] - landmarks[landmark], axis=1).argmin()]
        order[[number, np.flatnonzero(order == nearest)[0]]] = nearest, order[number]
    kinds, face_materials = np.unique(names.astype(str), return_inverse=True)
    return unwrap(
        replace(
            head,
            template=vertices[order].astype(np.float32),
            skin_weights=head.skin_weights[order],
            joint_regressor=head.joint_regressor[:, order],
            faces=np.argsort(order)[head.faces].astype(np.int32),
            face_materials=face_materials.astype(np.uint8),
            materials=tuple(Material(str(kind), (1.0, 1.0, 1.0), 1.0) for kind in kinds),
        )
    )


def _picture(
    faces: Int32Array,
    vertices: Float64Array,
    landmarks: Float64Array,
    bare: Float64Array,
    flat: Unwrapped,
) -> Picture:
    """Return the picture of all charts and patches."""
    shown = flat.on_skin
    outwards = np.linalg.norm(vertices[faces[shown]].mean(axis=1) - MIDDLE, axis=1)
    shown = shown[np.argsort(outwards, kind="stable")]
    values = np.concatenate([vertices, bare[:, None]], axis=1)[faces[shown]]
    under = surface_points(flat.pixels[shown], values, SIZE)
    points = np.ascontiguousarray(under[..., :3])
    hairless = under[..., 3].astype(np.float64) * smoothstep(*HAIR_ENDS_M, hair_growth(points))
    skin = complexion(points, landmarks, hairless)
    lashes = len(flat.pictured[LASHES]) > 0
    return with_parts(paint_features(skin, face_pixels(landmarks), pixel_size_mm(landmarks), lashes=lashes))


def _beside_picture(head: Head, flat: Unwrapped) -> Float32Array:
    """Return the vertex colours (V, 3): white on the picture, corrected for the patch's colour on patches."""
    colors = head.vertex_colors.astype(np.float64)
    for name, patch in PATCHES.items():
        middle = patch.pixels(np.array([0.5, 0.5]))
        vertices = np.unique(head.faces[(flat.pixels == middle).all(axis=(1, 2))])
        colors[vertices] = np.clip(head.vertex_colors[vertices] / PATCH_COLORS[name], 0.0, 1.0)
    colors[head.faces[np.concatenate(list(flat.pictured.values()))]] = 1.0
    return np.ascontiguousarray(colors, dtype=np.float32)
