"""The built-in head's texture: its layout, and skin, features and eyes painted into it by code."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from flame_model.face import topology as t
from flame_model.head import Head, LandmarkPlaces, Texture
from flame_model.landmarks import rest_landmarks
from flame_model.paint.complexion import complexion
from flame_model.paint.eye_picture import eye_picture
from flame_model.paint.face_colors import MARGIN
from flame_model.paint.features import paint_features
from flame_model.paint.texels import surface_points
from flame_model.paint.unwrap import (
    EAR,
    EYE,
    EYE_REACH,
    MIDDLE,
    PATCHES,
    SIZE,
    Unwrapped,
    face_pixels,
    unwrap,
)

PATCH_COLORS = {"lid margin": MARGIN, "mouth": np.array([0.50, 0.22, 0.21]), "": np.ones(3)}
_EYE_CORNERS = (33, 263)


def textured(head: Head) -> Head:
    """Return the built-in head with a texture; where that shows a picture, its vertex colours turn white.

    `head.landmarks` must be known.
    """
    assert head.landmarks
    painted = _half_shut(head)
    flat = unwrap(painted)
    coords, corners = np.unique(flat.pixels.reshape(-1, 2), axis=0, return_inverse=True)
    layout = coords / SIZE * (1.0, -1.0) + (0.0, 1.0)
    texture = Texture(
        picture=_picture(painted, flat, head.landmarks),
        coords=np.ascontiguousarray(layout, dtype=np.float32),
        corners=np.ascontiguousarray(corners.reshape(-1, 3), dtype=np.int32),
    )
    return replace(head, texture=texture, vertex_colors=_beside_pictures(head, flat))


def _half_shut(head: Head) -> Head:
    """Return the head with half-shut lids: painted so, neither open nor shut ones stretch the picture far."""
    assert head.eyelid_arc is not None
    closure = 0.5 * head.eyelid_basis + 0.25 * head.eyelid_arc
    return replace(head, template=np.asarray(head.template + closure.sum(axis=-1), dtype=np.float32))


def _picture(head: Head, flat: Unwrapped, places: LandmarkPlaces) -> npt.NDArray[np.uint8]:
    faces = np.concatenate([faces for chart, faces in flat.pictured.items() if chart is not EYE])
    corners = head.template[head.faces[faces]].astype(np.float64)
    outermost_last = np.argsort(np.linalg.norm(corners.mean(axis=1) - MIDDLE, axis=1), kind="stable")
    faces, corners = faces[outermost_last], corners[outermost_last]
    points = surface_points(flat.pixels[faces], corners, SIZE)
    landmarks = rest_landmarks(head, places)[: t.FACE_POINT_COUNT]
    pixels = face_pixels(landmarks)
    apart_m, apart = (np.linalg.norm(np.diff(a[list(_EYE_CORNERS)], axis=0)) for a in (landmarks, pixels))
    ears = np.zeros((SIZE, SIZE))
    ears[EAR.top : EAR.top + EAR.height, EAR.left : EAR.left + EAR.width] = 1.0
    color = paint_features(complexion(points, landmarks, ears), pixels, float(1e3 * apart_m / apart))
    color[EYE.top : EYE.top + EYE.height, EYE.left : EYE.left + EYE.width] = eye_picture(
        EYE.height, EYE_REACH
    )
    for name, patch in PATCHES.items():
        color[patch.top : patch.top + patch.height, patch.left : patch.left + patch.width] = PATCH_COLORS[
            name
        ]
    return np.round(color.clip(0.0, 1.0) * 255.0).astype(np.uint8)


def _beside_pictures(head: Head, flat: Unwrapped) -> npt.NDArray[np.float32]:
    """Return the vertex colours (V, 3) that give the old ones on patches; white on pictures."""
    colors = head.vertex_colors.copy()
    materials = np.array([material.name for material in head.materials])[head.face_materials]
    for name, color in PATCH_COLORS.items():
        vertices = np.unique(head.faces[materials == name])
        colors[vertices] = np.clip(head.vertex_colors[vertices] / color, 0.0, 1.0)
    for faces in flat.pictured.values():
        colors[head.faces[faces]] = 1.0
    return colors
