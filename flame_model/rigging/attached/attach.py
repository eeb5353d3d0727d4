"""Attach a part to a head: its vertices and faces follow those of the head, which keep their numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from flame_model.arrays import Array, Float32Array, Int32Array
from flame_model.head import Head, Material, Texture
from flame_model.paint.unwrapping.charts import PATCHES, SIZE, shows_eye_picture

WHITE_ROWS = 32
"""Rows of white pixels that a texture gets for parts that it does not show: enough for coarse mipmaps."""


@dataclass(frozen=True, slots=True)
class AttachedPart:
    """A part of N vertices and F faces; what is None is 0 for all of its vertices."""

    vertices: Array
    """(N, 3) metres, at rest."""
    faces: npt.NDArray[np.integer]
    """(F, 3) index into the part's vertices."""
    colors: Array
    """(N, 3) sRGB 0..1."""
    skin_weights: Array
    """(N, 5) rows sum to 1."""
    material: Material
    texture_coords: Array | None = None
    """(N, 2) places in the head's texture; None for a place that is white."""
    identity_basis: Array | None = None
    expression_basis: Array | None = None
    pose_correctives: Array | None = None
    eyelid_basis: Array | None = None
    eyelid_arc: Array | None = None
    eyelid_hold: Array | None = None


def has_part(head: Head, material: str) -> bool:
    """Return whether any face of the head has a material of this name."""
    return any(head.materials[number].name == material for number in np.unique(head.face_materials))


def attach(head: Head, part: AttachedPart) -> Head:
    """Return the head with a part attached; its joints stay where they are."""
    count = len(part.vertices)
    names = [material.name for material in head.materials]
    known = part.material.name in names
    number = names.index(part.material.name) if known else len(names)

    def joined(own: Float32Array, added: Array | None) -> Float32Array:
        values = np.zeros((count, *own.shape[1:])) if added is None else added
        return np.concatenate([own, values.astype(np.float32)])

    return replace(
        head,
        template=joined(head.template, part.vertices),
        faces=np.concatenate([head.faces, part.faces.astype(np.int32) + len(head.template)], dtype=np.int32),
        identity_basis=joined(head.identity_basis, part.identity_basis),
        expression_basis=joined(head.expression_basis, part.expression_basis),
        pose_correctives=joined(head.pose_correctives, part.pose_correctives),
        joint_regressor=np.ascontiguousarray(joined(head.joint_regressor.T, None).T),
        skin_weights=joined(head.skin_weights, part.skin_weights),
        eyelid_basis=joined(head.eyelid_basis, part.eyelid_basis),
        eyelid_arc=None if head.eyelid_arc is None else joined(head.eyelid_arc, part.eyelid_arc),
        eyelid_hold=None if head.eyelid_hold is None else joined(head.eyelid_hold, part.eyelid_hold),
        vertex_colors=joined(head.vertex_colors, part.colors),
        materials=head.materials if known else (*head.materials, part.material),
        face_materials=np.append(head.face_materials, np.full(len(part.faces), number, np.uint8)),
        texture=None if head.texture is None else _extended(head, head.texture, part),
    )


def _extended(head: Head, texture: Texture, part: AttachedPart) -> Texture:
    """Return the head's texture with the places of a part's faces."""
    if part.texture_coords is None:
        if shows_eye_picture(head):
            coords = PATCHES[""].pixels(np.array([[0.5, 0.5]])) / SIZE * (1.0, -1.0) + (0.0, 1.0)
        else:
            texture = _with_white_rows(texture)
            coords = np.array([[0.5, 0.5 * WHITE_ROWS / len(texture.picture)]])
        corners: Int32Array = np.zeros(part.faces.shape, dtype=np.int32)
    else:
        coords, corners = part.texture_coords, part.faces.astype(np.int32)
    return replace(
        texture,
        coords=np.concatenate([texture.coords, coords.astype(np.float32)]),
        corners=np.concatenate([texture.corners, corners + np.int32(len(texture.coords))]),
    )


def _with_white_rows(texture: Texture) -> Texture:
    """Return the texture with white rows below its picture, where it has none yet."""
    height, width = texture.picture.shape[:2]
    if (texture.picture[-WHITE_ROWS:] == 255).all():
        return texture
    picture = np.concatenate([texture.picture, np.full((WHITE_ROWS, width, 3), 255, np.uint8)])
    up = (texture.coords[:, 1] * height + WHITE_ROWS) / (height + WHITE_ROWS)
    coords = np.stack([texture.coords[:, 0], up], axis=-1).astype(np.float32)
    return replace(texture, picture=picture, coords=coords)
