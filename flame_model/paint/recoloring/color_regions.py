"""Find the skin, irises and brow hairs of a painted head, and the colours that they have."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from flame_model.arrays import Array, FlagArray, Float32Array, Float64Array, IndexArray
from flame_model.face.landmarks import eye_faces, skin_faces
from flame_model.geometry.smoothstep import smoothstep
from flame_model.head import Head, LandmarkPlaces, Texture
from flame_model.paint.recoloring.brow_hairs import brow_color, hair_share
from flame_model.paint.recoloring.person_colors import Color, PersonColors
from flame_model.paint.recoloring.texture_pixels import covered_pixels, landmark_pixels, on_picture

BARE = (50, 280, 205, 425, 151, 337, 108, 195, 118, 347, 101, 330)
"""Landmarks on cheeks, forehead and nose, whose median colour counts as the colour of the skin."""
IRIS_REDS = (0.72, 0.56)
"""sRGB red of eyeballs between which sclera turns into iris: even veined sclera has more red than irises."""
PUPIL = 0.10
"""sRGB value up to which a part of an eyeball is pupil or border and does not count in the iris's colour."""
CHART_MARGIN = 4
"""Pixels of skin beyond its triangles, for coarser mipmap levels."""
SKIN, MARGIN = "skin", "lid margin"
"""Names of materials whose faces have the colour of the skin."""


@dataclass(frozen=True, slots=True)
class ColorRegions:
    """The parts of a head whose colours differ between people; all None where the head has no texture."""

    own: PersonColors
    """The colours that the head has; None for parts that cannot be recoloured."""
    vertices: IndexArray
    """Vertices whose own colour is that of skin, which no picture shows."""
    balls: IndexArray
    """(B,) vertices of the eyeballs."""
    ball_irises: Float32Array
    """(B,) share of iris in their colours."""
    skin: FlagArray | None = None
    """(H, W) pixels of the texture that show skin."""
    irises: Float32Array | None = None
    """(H, W) share of iris in the texture's colours."""
    hairs: Float32Array | None = None
    """(H, W) share of each pixel of the texture that brow hairs cover."""


def find_regions(head: Head, places: LandmarkPlaces) -> ColorRegions:
    """Return the regions of a head whose landmarks lie at `places`."""
    eyes = np.concatenate([eye_faces(head, side) for side in ("left", "right")])
    # A head may have a single material, which is named after its skin.
    skin = np.setdiff1d(_skin(head), eyes)
    balls = np.unique(head.faces[eyes])
    ball_colors = head.vertex_colors[balls]
    bare = _color(np.median(_colors_at(head, places, list(BARE)), axis=0))
    ball_irises = _iris_share(ball_colors)
    if head.texture is None:
        own = PersonColors(bare, _iris_color(ball_colors))
        return ColorRegions(own, np.unique(head.faces[skin]), balls, ball_irises)
    texture = head.texture
    pictured = skin[on_picture(texture, skin)]
    margins = np.flatnonzero(_material_names(head) == MARGIN)
    on_balls = covered_pixels(texture, eyes[on_picture(texture, eyes)], 0)
    eye_colors = texture.picture[on_balls].astype(np.float32) / 255.0
    irises = np.zeros(texture.picture.shape[:2], np.float32)
    irises[on_balls] = _iris_share(eye_colors)
    brows = brow_color(head, texture, places)
    return ColorRegions(
        PersonColors(bare, _iris_color(np.concatenate([ball_colors, eye_colors])), brows),
        np.setdiff1d(head.faces[margins], head.faces[pictured]),
        balls,
        ball_irises,
        covered_pixels(texture, pictured, CHART_MARGIN),
        irises,
        hair_share(head, texture, places, bare, brows),
    )


def _color(values: Array) -> Color:
    red, green, blue = (float(value) for value in values)
    return red, green, blue


def _skin(head: Head) -> IndexArray:
    """Return the faces (A,) of the skin: those that the materials name so, or its largest surface."""
    names, surface = _material_names(head), skin_faces(head)
    named = np.flatnonzero(names == SKIN)
    if not len(named):
        return surface
    return np.union1d(named, surface[np.isin(names[surface], [SKIN, MARGIN])])


def _material_names(head: Head) -> Array:
    """Return the name (F,) of the material of each face."""
    return np.array([material.name for material in head.materials])[head.face_materials]


def _iris_share(colors: Array) -> Float32Array:
    """Return the share (N,) of iris in colours (N, 3) of eyeballs."""
    return smoothstep(*IRIS_REDS, colors[:, 0]).astype(np.float32)


def _iris_color(colors: Array) -> Color | None:
    """Return the median colour of the irises among colours (N, 3) of eyeballs, None where there are none."""
    irises = colors[(_iris_share(colors) > 0.99) & (colors.max(axis=1) > PUPIL)]
    return _color(np.median(irises, axis=0)) if len(irises) else None


def _colors_at(head: Head, places: LandmarkPlaces, numbers: list[int]) -> Float64Array:
    """Return the colours (N, 3) of the head at landmarks."""
    triangles, weights = places.triangles[numbers], places.weights[numbers]
    colors = np.einsum("nc,ncx->nx", weights, head.vertex_colors[head.faces[triangles]])
    materials = np.array([material.color for material in head.materials])
    colors = np.asarray(colors * materials[head.face_materials[triangles]])
    return colors if head.texture is None else colors * _picture_at(head.texture, places, numbers)


def _picture_at(texture: Texture, places: LandmarkPlaces, numbers: list[int]) -> Float64Array:
    """Return the mean colours (N, 3) of the texture around landmarks."""
    height, width = texture.picture.shape[:2]
    columns, rows = landmark_pixels(texture, places)[numbers].astype(int).T
    smooth = cv2.blur(texture.picture, (7, 7))
    return np.asarray(smooth[rows.clip(0, height - 1), columns.clip(0, width - 1)] / 255.0)
