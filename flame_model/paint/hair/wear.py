"""Put hair on a head: strands painted over its texture, volume on the scalp, and the locks of long hair."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flame_model.arrays import Float32Array, Float64Array
from flame_model.deform import vertex_normals
from flame_model.errors import InputError
from flame_model.face.measured_face import bundled_measurement
from flame_model.find_heads import BUILTIN
from flame_model.geometry.similarity import Similarity, fit_similarity
from flame_model.head import Head
from flame_model.paint.hair.fitting import fitting_landmarks
from flame_model.paint.hair.painted_strands import painted_over
from flame_model.paint.hair.styles import LONG, NONE, SHORT, STYLES
from flame_model.paint.hair.volume import hair_height
from flame_model.paint.hair.worn_locks import with_locks
from flame_model.paint.recoloring.person_colors import Color


def usual_hair(head: Head) -> str:
    """Return the style that a head wears unless another is asked for; only the built-in head wears any."""
    return SHORT if head.name == BUILTIN else NONE


def with_hair(head: Head, style: str, color: Color | None = None) -> Head:
    """Return the head with hair of one of STYLES; `color` is the median of its strands, None for their own.

    Raises InputError where the head has no texture in the layout of the built-in head's.
    """
    if style not in STYLES:
        raise InputError(f"There is no hair {style!r}; name one of {', '.join(STYLES)}.")
    if style == NONE:
        return head
    to_measured = fit_similarity(fitting_landmarks(head), bundled_measurement().neutral)
    short = _with_short_hair(head, to_measured, color)
    return with_locks(short, to_measured) if style == LONG else short


def _with_short_hair(head: Head, to_measured: Similarity, color: Color | None) -> Head:
    """Return the head with its scalp lifted and strands painted over its texture."""
    points = to_measured.points(head.template.astype(np.float64))
    heights = hair_height(points) / to_measured.scale
    lifted = head.template + heights[:, None] * vertex_normals(head.template, head.faces)
    return replace(
        head,
        template=lifted.astype(np.float32),
        joint_regressor=_regressor(head, lifted),
        texture=painted_over(head, points, color),
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
