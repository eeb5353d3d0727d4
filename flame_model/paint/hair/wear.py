"""Put hair on a head: strands painted over its texture, volume on the scalp, and the locks of long hair."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from importlib import resources

import cv2
import numpy as np

from flame_model.arrays import FlagArray, Float32Array, Float64Array, Picture
from flame_model.deform import vertex_normals
from flame_model.errors import InputError
from flame_model.face import topology as t
from flame_model.face.measured_face import bundled_measurement
from flame_model.find_heads import BUILTIN
from flame_model.geometry.similarity import Similarity, fit_similarity
from flame_model.head import Head
from flame_model.paint.face_colors import ear_share
from flame_model.paint.hair.styles import LONG, NONE, SHORT, STYLES
from flame_model.paint.hair.volume import hair_height
from flame_model.paint.hair.worn_locks import with_locks

EAR_X_M, WIDE_X_M, WIDE_FROM_M = 0.063, 0.079, (0.030, -0.106)
"""Metres from the measured face's midline beyond which skin at ear level belongs to an ear, the same distance
where the skull is wide, and the y above which and z behind which it is. Chosen by eye on ICT-FaceKit's."""
LAYOUT_PIXELS = 25.0
"""Median distance of landmarks from their pixels in the layout up to which a texture counts as in it."""


def usual_hair(head: Head) -> str:
    """Return the style that a head wears unless another is asked for; only the built-in head wears any."""
    return SHORT if head.name == BUILTIN else NONE


def with_hair(head: Head, style: str) -> Head:
    """Return the head with hair of one of STYLES.

    Raises InputError where the head has no texture in the layout of the built-in head's.
    """
    if style not in STYLES:
        raise InputError(f"There is no hair {style!r}; name one of {', '.join(STYLES)}.")
    if style == NONE:
        return head
    landmarks = _landmarks(head)
    _check_layout(head)
    to_measured = fit_similarity(landmarks, bundled_measurement().neutral)
    short = _with_short_hair(head, to_measured)
    return with_locks(short, to_measured) if style == LONG else short


def _landmarks(head: Head) -> Float64Array:
    """Return the landmarks (468, 3) of a head whose texture is laid out like the built-in head's."""
    if head.landmarks is None or head.texture is None:
        raise InputError(
            f"The head {head.name!r} has no painted texture, which hair needs; `heads add` paints one."
        )
    triangles, weights = (
        values[: t.FACE_POINT_COUNT] for values in (head.landmarks.triangles, head.landmarks.weights)
    )
    # `flame_model.face.landmarks` does the same, but imports SciPy, which takes a third of a second.
    return np.asarray(
        np.einsum("nc,nci->ni", weights.astype(np.float64), head.template[head.faces[triangles]])
    )


def _check_layout(head: Head) -> None:
    """Raise InputError where the texture of an added head is not laid out like the built-in head's."""
    if head.name == BUILTIN:
        return
    from flame_model.paint.unwrap import face_pixels

    assert head.landmarks
    assert head.texture
    triangles, weights = head.landmarks.triangles, head.landmarks.weights
    coords = np.einsum("nc,nci->ni", weights, head.texture.coords[head.texture.corners[triangles]])
    height, width = head.texture.picture.shape[:2]
    pixels = (coords * (1.0, -1.0) + (0.0, 1.0)) * (width, height)
    expected = face_pixels(bundled_measurement().neutral)
    away = np.linalg.norm(pixels[: t.FACE_POINT_COUNT] - expected, axis=1)
    if np.median(away) > LAYOUT_PIXELS:
        raise InputError(
            f"Hair cannot be painted over the texture of the head {head.name!r}, which is its own."
        )


def _with_short_hair(head: Head, to_measured: Similarity) -> Head:
    """Return the head with its scalp lifted and strands painted over its texture."""
    points = to_measured.points(head.template.astype(np.float64))
    heights = hair_height(points) / to_measured.scale
    lifted = head.template + heights[:, None] * vertex_normals(head.template, head.faces)
    assert head.texture
    strands = strand_picture()
    alpha = np.where(_on_ears(head, points), 0, strands[..., 3])
    covered = slice(0, np.flatnonzero(alpha.any(axis=1))[-1] + 1)
    share = alpha[covered, :, None] / np.float32(255.0)
    picture = head.texture.picture.copy()
    mixed = picture[covered] + share * (strands[covered, :, :3] - picture[covered].astype(np.float32))
    picture[covered] = np.round(mixed)
    texture = replace(head.texture, picture=picture)
    return replace(
        head,
        template=lifted.astype(np.float32),
        joint_regressor=_regressor(head, lifted),
        texture=texture,
    )


def _regressor(head: Head, lifted: Float64Array) -> Float32Array:
    """Return the joint regressor (5, V) that finds the head's joints among its `lifted` vertices (V, 3).

    The change c of a row is the smallest (least norm) on the vertices that it uses with sum c_i = 0.
    """
    regressor = head.joint_regressor.astype(np.float64)
    strayed = regressor @ (lifted - head.template)
    for row, away in zip(regressor, strayed, strict=True):
        used = np.flatnonzero(row)
        points = np.concatenate([lifted[used].T, np.ones((1, len(used)))])
        row[used] -= np.linalg.pinv(points) @ np.append(away, 0.0)
    return regressor.astype(np.float32)


def _on_ears(head: Head, points: Float64Array) -> FlagArray:
    """Return which pixels (H, W) of the texture show ears, given its vertices (V, 3) as measured.

    The built-in head's ears have a chart of their own, which hair does not cover.
    """
    assert head.texture
    height, width = head.texture.picture.shape[:2]
    wide = (points[:, 1] > WIDE_FROM_M[0]) | (points[:, 2] < WIDE_FROM_M[1])
    least = np.where(wide, WIDE_X_M, EAR_X_M)
    ears = (ear_share(points) > 0.5) & (np.abs(points[:, 0]) > least) & (head.name != BUILTIN)
    corners = head.texture.coords[head.texture.corners[ears[head.faces].all(axis=1)]]
    pixels = np.round((corners * (1.0, -1.0) + (0.0, 1.0)) * (width, height)).astype(np.int32)
    covered = np.zeros((height, width), np.uint8)
    for triangle in pixels:
        cv2.fillConvexPoly(covered, triangle, 1)
    return covered > 0


@cache
def strand_picture() -> Picture:
    """Return the painted strands (H, W, 4) RGBA uint8, straight alpha, in the built-in head's layout."""
    data = (resources.files("assets") / "hair" / "strands.png").read_bytes()
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert picture is not None
    return np.ascontiguousarray(picture[..., [2, 1, 0, 3]], dtype=np.uint8)
