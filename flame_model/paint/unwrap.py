"""Unwrap the built-in head: the place of each face in its texture.

Skull and face are projected from their middle and the neck from its axis, both cut open at the back. Ears are
projected from the side and eyeballs along their axes; left and right share a chart. Faces of a single colour
lie on a patch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from flame_model.arrays import FlagArray, Float64Array, IndexArray, Int32Array, Picture
from flame_model.face import topology as t
from flame_model.face.eyes import EYE_RADIUS
from flame_model.head import EYE_JOINTS, Head, Texture
from flame_model.paint.lash_picture import CARD_COLUMNS, CARD_ROWS, TILES
from flame_model.rigging.eyeball import find_eye

SIZE = 1024
"""Pixels per side. A pixel spans 0.31 mm of the face on average, a pixel of a 720x720 window 0.44 mm."""
MIDDLE = np.array([0.0, 0.010, -0.050])
"""Metres; every ray from here meets the skin of face and skull once, except at nostrils, lips and lids."""
NECK_AXIS_Z = -0.090
"""Metres; z of the neck's vertical axis, which lies at x = 0."""
NECK_CONE = 0.3
"""Metres that a point of the neck moves up in the chart per metre outwards; it unfolds jaw and shoulders."""
LOWEST = np.radians(-64.0)
"""Elevation from MIDDLE below which skin belongs to the neck."""
BELOW_CHIN = 0.012
"""Metres below the chin from which on all skin belongs to the neck."""
FRONT = 1.5
"""Stretch of the head's front: the width is proportional to atan(FRONT x half turns)."""
WRAP = 1.06
"""Half turns that faces across the seam at the back may reach."""
EYE_REACH = 1.35
"""Radians from the eye's axis that the chart shows; lids hide the rest."""
_EYE_CORNERS = (33, 263)
_CHIN = t.FACE_OVAL[18]


@dataclass(frozen=True, slots=True)
class Chart:
    """A rectangle of the texture in pixels from its upper left corner."""

    left: int
    top: int
    width: int
    height: int

    def pixels(self, places: Float64Array) -> Float64Array:
        """Return the pixels (..., 2), right and down, of places (..., 2) in 0..1, right and up."""
        inside = np.clip(places, 0.0, 1.0) * (1.0, -1.0) + (0.0, 1.0)
        return np.asarray(inside * (self.width, self.height) + (self.left, self.top))

    @property
    def area(self) -> tuple[slice, slice]:
        """Rows and columns of the texture that the chart covers."""
        return slice(self.top, self.top + self.height), slice(self.left, self.left + self.width)


HEAD, NECK, EYE, EAR = (
    Chart(2, 2, 1020, 744),
    Chart(2, 756, 556, 264),
    Chart(568, 756, 264, 264),
    Chart(840, 756, 112, 264),
)
LASHES = Chart(968, 870, 52, 148)
AROUND_LASHES = Chart(956, 860, 68, 164)
"""White, so that coarse mipmap levels are white beyond the lashes' tips."""
PATCHES = {
    "lid margin": Chart(964, 756, 60, 32),
    "mouth": Chart(964, 792, 60, 32),
    "": Chart(964, 828, 60, 32),
}
"""Material to the patch for its faces; the last patch is for all other parts."""


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
    pixels[pictured[HEAD]] = HEAD.pixels(from_middle(_around(corners[pictured[HEAD]], MIDDLE)))
    pixels[pictured[NECK]] = NECK.pixels(_on_neck(corners[pictured[NECK]]))
    pixels[pictured[EAR]] = EAR.pixels(_filled(corners[pictured[EAR]][..., [2, 1]]))
    pixels[pictured[EYE]] = EYE.pixels(_along_axes(head, pictured[EYE]))
    pixels[pictured[LASHES]] = LASHES.pixels(_on_cards(head.faces[pictured[LASHES]]))
    return Unwrapped(pixels, pictured)


def shows_eye_picture(head: Head) -> bool:
    """Return whether the head's eyeballs show the picture in the chart EYE of this layout."""
    if head.texture is None:
        return False
    follows = (head.skin_weights[:, EYE_JOINTS].max(axis=1) > 0.5)[head.faces].all(axis=1)
    places = head.texture.coords[head.texture.corners[follows]].reshape(-1, 2) * (1.0, -1.0) + (0.0, 1.0)
    inside = (places * SIZE - (EYE.left, EYE.top)) / (EYE.width, EYE.height)
    return bool(len(inside) and inside.min() > -1e-3 and inside.max() < 1.001 and np.ptp(inside) > 0.5)


def face_pixels(points: npt.ArrayLike) -> Float64Array:
    """Return the pixels (N, 2) of points (N, 3) on face or skull."""
    offset = np.asarray(points, dtype=np.float64) - MIDDLE
    return HEAD.pixels(from_middle(_angles(offset)))


def pixel_size_mm(landmarks: Float64Array) -> float:
    """Return the millimetres per pixel between the eye corners of the landmarks (468, 3)."""
    pixels = face_pixels(landmarks)
    apart_m, apart = (np.linalg.norm(np.diff(a[list(_EYE_CORNERS)], axis=0)) for a in (landmarks, pixels))
    return float(1e3 * apart_m / apart)


def layout_texture(flat: Unwrapped, picture: Picture, wrinkles: Picture) -> Texture:
    """Return a texture that shows both pictures on the unwrapped faces; equal pixels share one coordinate."""
    coords, corners = np.unique(flat.pixels.reshape(-1, 2), axis=0, return_inverse=True)
    return Texture(
        picture=picture,
        coords=np.ascontiguousarray(coords / SIZE * (1.0, -1.0) + (0.0, 1.0), dtype=np.float32),
        corners=np.ascontiguousarray(corners.reshape(-1, 3), dtype=np.int32),
        wrinkles=wrinkles,
    )


def from_middle(angles: Float64Array) -> Float64Array:
    """Return places (..., 2) in 0..1 of angles (..., 2): half turns and elevations in radians from MIDDLE."""
    turns, elevation = np.moveaxis(angles, -1, 0)
    across = (np.arctan(FRONT * turns) / np.arctan(FRONT) + 1.0) / (
        1.0 + np.arctan(FRONT * WRAP) / np.arctan(FRONT)
    )
    lowest = LOWEST - np.radians(6.0)
    return np.stack([across, (elevation - lowest) / (0.5 * np.pi - lowest)], axis=-1)


def to_middle(places: Float64Array) -> Float64Array:
    """Return the angles (..., 2) of places (..., 2) in 0..1: the inverse of `from_middle`."""
    across, up = np.moveaxis(places, -1, 0)
    half = np.arctan(FRONT)
    lowest = LOWEST - np.radians(6.0)
    turns = np.tan(across * (half + np.arctan(FRONT * WRAP)) - half) / FRONT
    return np.stack([turns, lowest + up * (0.5 * np.pi - lowest)], axis=-1)


MIDLINE = HEAD.pixels(from_middle(np.zeros(2)))[0] / SIZE
"""Coordinate of the middle of the face across the texture, 0..1."""


def _angles(offset: Float64Array) -> Float64Array:
    """Return half turns from the front and elevation in radians (..., 2) of offsets (..., 3)."""
    x, y, z = np.moveaxis(offset, -1, 0)
    return np.stack([np.arctan2(x, z) / np.pi, np.arctan2(y, np.hypot(x, z))], axis=-1)


def _around(corners: Float64Array, middle: Float64Array) -> Float64Array:
    """Return the angles (F, 3, 2) of corners (F, 3, 3) around `middle`; faces across the seam exceed 1."""
    angles = _angles(corners - middle)
    crossing = np.ptp(angles[..., 0], axis=1) > 1.0
    angles[..., 0] += 2.0 * (crossing[:, None] & (angles[..., 0] < 0.0))
    return angles


def _on_neck(corners: Float64Array) -> Float64Array:
    """Return places (F, 3, 2) in 0..1 of the neck's corners (F, 3, 3), projected from its axis."""
    axis = np.array([0.0, 0.0, NECK_AXIS_Z])
    across = (_around(corners, axis)[..., 0] + 1.0) / (1.0 + WRAP)
    outwards = np.hypot(corners[..., 0], corners[..., 2] - NECK_AXIS_Z)
    height = corners[..., 1] + NECK_CONE * outwards
    return np.stack([across, (height - height.min()) / np.ptp(height)], axis=-1)


def _is_neck(middles: Float64Array, chin_y: float) -> FlagArray:
    """Return which faces (F,) belong to the neck, by their centroids (F, 3)."""
    elevation = _angles(middles - MIDDLE)[:, 1]
    return np.asarray((elevation < LOWEST) | (middles[:, 1] < chin_y - BELOW_CHIN))


def _filled(places: Float64Array) -> Float64Array:
    """Return places (..., 2) scaled to 0..1; an empty array stays empty."""
    flat = places.reshape(-1, 2)
    return (places - flat.min(axis=0)) / np.ptp(flat, axis=0) if len(flat) else places


def _along_axes(head: Head, faces: IndexArray) -> Float64Array:
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


def _on_cards(faces: Int32Array) -> Float64Array:
    """Return places (F, 3, 2) in 0..1 on the lash cards, whose vertices are numbered column by column.

    A card runs down the chart TILES times, its roots at the left.
    """
    if not len(faces):
        return np.empty((0, 3, 2))
    column, row = np.divmod((faces - faces.min()) % (CARD_COLUMNS * CARD_ROWS), CARD_ROWS)
    per_tile = (CARD_COLUMNS - 1) // TILES
    along = column - column.min(axis=1, keepdims=True) // per_tile * per_tile
    return np.stack([row / (CARD_ROWS - 1), 1.0 - along / per_tile], axis=-1)


def _in_one_piece_with_face(head: Head) -> FlagArray:
    """Return which faces (F,) are connected to the tracker's first landmark."""
    count = len(head.template)
    starts, ends = head.faces.ravel(), np.roll(head.faces, 1, axis=1).ravel()
    links = sparse.coo_matrix((np.ones(len(starts)), (starts, ends)), shape=(count, count))
    _, piece = connected_components(links, directed=False)
    return np.asarray(piece[head.faces[:, 0]] == piece[0])
