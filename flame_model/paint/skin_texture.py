"""Make the built-in head's texture: its layout, and skin, features and eyes painted by code."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Float32Array, Float64Array, Picture
from flame_model.face import topology as t
from flame_model.face.ears import out_of_plane
from flame_model.face.landmarks import rest_landmarks
from flame_model.head import Head
from flame_model.paint.complexion import complexion
from flame_model.paint.eyes.eye_picture import eye_picture
from flame_model.paint.face_colors import MARGIN
from flame_model.paint.features import paint_features
from flame_model.paint.lash_picture import lash_picture
from flame_model.paint.texture_points import surface_points
from flame_model.paint.unwrapping.charts import AROUND_LASHES, EAR, EYE, EYE_REACH, LASHES, PATCHES, SIZE
from flame_model.paint.unwrapping.face_projection import MIDDLE, face_pixels, pixel_size_mm
from flame_model.paint.unwrapping.unwrap import Unwrapped, layout_texture, unwrap
from flame_model.paint.wrinkles.picture import wrinkle_picture

EAR_LEVEL_M, EAR_DEPTH_M = 0.0020, 0.0070
"""Metres above the ear's plane below which its hollows darken, and the depth of the darkest."""
EAR_HOLLOW = np.array([0.20, 0.36, 0.36])
"""Share of the colour that the deepest hollow lacks; like the two numbers above chosen by eye."""
PATCH_COLORS = {"lid margin": MARGIN, "mouth": np.array([0.50, 0.22, 0.21]), "": np.ones(3)}


def textured(head: Head) -> Head:
    """Return the built-in head with a texture; its vertex colours turn white where the texture has a picture.

    The head must have `landmarks`.
    """
    assert head.landmarks
    painted = _half_shut(head)
    flat = unwrap(painted)
    landmarks = rest_landmarks(painted, head.landmarks)[: t.FACE_POINT_COUNT]
    wrinkles = wrinkle_picture(face_pixels(landmarks), pixel_size_mm(landmarks), SIZE)
    texture = layout_texture(flat, _picture(painted, flat, landmarks), wrinkles)
    return replace(head, texture=texture, vertex_colors=_beside_pictures(head, flat))


def _half_shut(head: Head) -> Head:
    """Return the head with half-closed lids, on which the picture is painted to stretch least."""
    assert head.eyelid_arc is not None
    closure = 0.5 * head.eyelid_basis + 0.25 * head.eyelid_arc
    return replace(head, template=np.asarray(head.template + closure.sum(axis=-1), dtype=np.float32))


def _picture(head: Head, flat: Unwrapped, landmarks: Float64Array) -> Picture:
    """Return the picture of all charts and patches; `landmarks` (468, 3) are those of the face."""
    faces = flat.on_skin
    corners = head.template[head.faces[faces]].astype(np.float64)
    outermost_last = np.argsort(np.linalg.norm(corners.mean(axis=1) - MIDDLE, axis=1), kind="stable")
    faces, corners = faces[outermost_last], corners[outermost_last]
    points = surface_points(flat.pixels[faces], corners, SIZE)
    ears = np.zeros((SIZE, SIZE))
    ears[EAR.area] = 1.0
    skin = complexion(points, landmarks, ears)
    color = paint_features(skin, face_pixels(landmarks), pixel_size_mm(landmarks), lashes=True)
    color[EAR.area] *= _ear_shade(points[EAR.area])
    return with_parts(color)


def _ear_shade(points: npt.NDArray[np.floating]) -> Float64Array:
    """Return the factors (H, W, 3) of the colours of the ear's hollows, which are redder and darker."""
    depth = np.clip((EAR_LEVEL_M - out_of_plane(points)) / EAR_DEPTH_M, 0.0, 1.0)
    return 1.0 - depth[..., None] * EAR_HOLLOW


def with_parts(color: Float64Array) -> Picture:
    """Return sRGB colours (SIZE, SIZE, 3) of 0..1 as a picture; eyes, lashes and patches replace `color`."""
    color[EYE.area] = eye_picture(EYE.height, EYE_REACH)
    for name, patch in PATCHES.items():
        color[patch.area] = PATCH_COLORS[name]
    color[AROUND_LASHES.area] = 1.0
    color[LASHES.area] = lash_picture(LASHES.width, LASHES.height)
    return np.round(color.clip(0.0, 1.0) * 255.0).astype(np.uint8)


def _beside_pictures(head: Head, flat: Unwrapped) -> Float32Array:
    """Return the vertex colours (V, 3): white on pictures, corrected for the patch's colour on patches."""
    colors = head.vertex_colors.copy()
    materials = np.array([material.name for material in head.materials])[head.face_materials]
    for name, color in PATCH_COLORS.items():
        vertices = np.unique(head.faces[materials == name])
        colors[vertices] = np.clip(head.vertex_colors[vertices] / color, 0.0, 1.0)
    for faces in flat.pictured.values():
        colors[head.faces[faces]] = 1.0
    return colors
