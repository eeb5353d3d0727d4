"""Unwrap the built-in head: the place of each face in its texture.

Skull and face are projected from their middle and the neck from its axis, both cut open at the back. Ears are
projected from the side and eyeballs along their axes; left and right share a chart. Faces of a single colour
lie on a patch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from flame_model.arrays import FlagArray, Float64Array, IndexArray, Picture
from flame_model.face import topology as t
from flame_model.head import Head, Texture
from flame_model.paint.unwrapping.charts import EAR, EYE, HEAD, LASHES, NECK, PATCHES, SIZE, Chart
from flame_model.paint.unwrapping.face_projection import LOWEST, MIDDLE, angles_around, angles_of, from_middle
from flame_model.paint.unwrapping.part_projections import along_eyes, from_side, on_cards, on_neck

BELOW_CHIN = 0.012
"""Metres below the chin from which on all skin belongs to the neck."""
_CHIN = t.FACE_OVAL[18]


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """The place of each corner of each face in the texture, and the faces of each chart."""

    pixels: Float64Array
    """(F, 3, 2) right and down from the texture's upper left corner."""
    pictured: dict[Chart, IndexArray]
    """Chart with a picture to its faces."""

    @property
    def on_skin(self) -> IndexArray:
        """Faces (A,) of the charts that show skin."""
        return np.concatenate([faces for chart, faces in self.pictured.items() if chart not in (EYE, LASHES)])


def unwrap(head: Head) -> Unwrapped:
    """Return the places of the built-in `head`'s faces in its texture."""
    corners = head.template[head.faces].astype(np.float64)
    pixels = np.empty((len(head.faces), 3, 2))
    materials = np.array([material.name for material in head.materials])[head.face_materials]
    for name in np.unique(materials):
        patch = PATCHES.get(str(name), PATCHES[""])
        pixels[materials == name] = patch.pixels(np.array([0.5, 0.5]))
    ears = ~_in_one_piece_with_face(head) & (materials == "skin")
    skin = (materials == "skin") & ~ears
    below = _is_neck(corners.mean(axis=1), head.template[_CHIN, 1])
    pictured = {
        HEAD: np.flatnonzero(skin & ~below),
        NECK: np.flatnonzero(skin & below),
        EAR: np.flatnonzero(ears),
        EYE: np.flatnonzero(materials == "eye"),
        LASHES: np.flatnonzero(materials == "lashes"),
    }
    pixels[pictured[HEAD]] = HEAD.pixels(from_middle(angles_around(corners[pictured[HEAD]], MIDDLE)))
    pixels[pictured[NECK]] = NECK.pixels(on_neck(corners[pictured[NECK]]))
    pixels[pictured[EAR]] = EAR.pixels(from_side(corners[pictured[EAR]]))
    pixels[pictured[EYE]] = EYE.pixels(along_eyes(head, pictured[EYE]))
    pixels[pictured[LASHES]] = LASHES.pixels(on_cards(head.faces[pictured[LASHES]]))
    return Unwrapped(pixels, pictured)


def layout_texture(flat: Unwrapped, picture: Picture, wrinkles: Picture) -> Texture:
    """Return a texture that shows both pictures on the unwrapped faces; equal pixels share one coordinate."""
    coords, corners = np.unique(flat.pixels.reshape(-1, 2), axis=0, return_inverse=True)
    return Texture(
        picture=picture,
        coords=np.ascontiguousarray(coords / SIZE * (1.0, -1.0) + (0.0, 1.0), dtype=np.float32),
        corners=np.ascontiguousarray(corners.reshape(-1, 3), dtype=np.int32),
        wrinkles=wrinkles,
    )


def _is_neck(middles: Float64Array, chin_y: float) -> FlagArray:
    """Return which faces (F,) belong to the neck, by their centroids (F, 3)."""
    elevation = angles_of(middles - MIDDLE)[:, 1]
    return np.asarray((elevation < LOWEST) | (middles[:, 1] < chin_y - BELOW_CHIN))


def _in_one_piece_with_face(head: Head) -> FlagArray:
    """Return which faces (F,) are connected to the tracker's first landmark."""
    count = len(head.template)
    starts, ends = head.faces.ravel(), np.roll(head.faces, 1, axis=1).ravel()
    links = sparse.coo_matrix((np.ones(len(starts)), (starts, ends)), shape=(count, count))
    _, piece = connected_components(links, directed=False)
    return np.asarray(piece[head.faces[:, 0]] == piece[0])
