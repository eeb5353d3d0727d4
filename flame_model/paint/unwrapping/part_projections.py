"""Project the neck from its axis, ears from the side, eyeballs along their axes and lashes as flat cards."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Float64Array, IndexArray, Int32Array
from flame_model.face.eyes import EYE_RADIUS
from flame_model.head import EYE_JOINTS, Head
from flame_model.paint.lash_picture import CARD_COLUMNS, CARD_ROWS, TILES
from flame_model.paint.unwrapping.charts import EYE_REACH
from flame_model.paint.unwrapping.face_projection import WRAP, angles_around
from flame_model.rigging.eyeball import find_eye

NECK_AXIS_Z = -0.090
"""Metres; z of the neck's vertical axis, which lies at x = 0."""
NECK_CONE = 0.3
"""Metres that a point of the neck moves up in the chart per metre outwards; it unfolds jaw and shoulders."""


def on_neck(corners: Float64Array) -> Float64Array:
    """Return places (F, 3, 2) in 0..1 of the neck's corners (F, 3, 3), projected from its axis."""
    axis = np.array([0.0, 0.0, NECK_AXIS_Z])
    across = (angles_around(corners, axis)[..., 0] + 1.0) / (1.0 + WRAP)
    outwards = np.hypot(corners[..., 0], corners[..., 2] - NECK_AXIS_Z)
    height = corners[..., 1] + NECK_CONE * outwards
    return np.stack([across, (height - height.min()) / np.ptp(height)], axis=-1)


def from_side(corners: Float64Array) -> Float64Array:
    """Return places (F, 3, 2) in 0..1, both ways filled, of corners (F, 3, 3), projected along x."""
    places = corners[..., [2, 1]]
    flat = places.reshape(-1, 2)
    return np.asarray((places - flat.min(axis=0)) / np.ptp(flat, axis=0)) if len(flat) else places


def along_eyes(head: Head, faces: IndexArray) -> Float64Array:
    """Return places (F, 3, 2) in 0..1 on eyeballs: the pupil in the middle, the outer corner on the left.

    Irises have the same size on eyeballs of any size.
    """
    places = np.empty((len(faces), 3, 2))
    for side, outwards in enumerate((1.0, -1.0) if len(faces) else ()):
        joint = EYE_JOINTS.start + side
        reach = EYE_REACH * EYE_RADIUS / find_eye(head, side).radius
        own = head.skin_weights[head.faces[faces], joint].mean(axis=1) > 0.5
        offset = head.template[head.faces[faces[own]]] - head.joint_regressor[joint] @ head.template
        x, y, z = np.moveaxis(offset.astype(np.float64), -1, 0)
        away = np.arctan2(np.hypot(x, y), z) / reach
        direction = np.stack([outwards * x, y], axis=-1) / np.maximum(np.hypot(x, y), 1e-9)[..., None]
        places[own] = 0.5 + 0.5 * np.minimum(away, 1.0)[..., None] * direction
    return places


def on_cards(faces: Int32Array) -> Float64Array:
    """Return places (F, 3, 2) in 0..1 on the lash cards, whose vertices are numbered column by column.

    A card runs down the chart TILES times, its roots at the left.
    """
    if not len(faces):
        return np.empty((0, 3, 2))
    column, row = np.divmod((faces - faces.min()) % (CARD_COLUMNS * CARD_ROWS), CARD_ROWS)
    per_tile = (CARD_COLUMNS - 1) // TILES
    along = column - column.min(axis=1, keepdims=True) // per_tile * per_tile
    return np.stack([row / (CARD_ROWS - 1), 1.0 - along / per_tile], axis=-1)
