"""The layout of the built-in head's texture: the charts of its parts, and patches of a single colour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from flame_model.arrays import Float64Array
from flame_model.head import EYE_JOINTS, Head

SIZE = 1024
"""Pixels per side. A pixel spans 0.31 mm of the face on average, a pixel of a 720x720 window 0.44 mm."""
EYE_REACH = 1.35
"""Radians from the eye's axis that its chart shows; lids hide the rest."""


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


def shows_eye_picture(head: Head) -> bool:
    """Return whether the head's eyeballs show the picture in the chart EYE of this layout."""
    if head.texture is None:
        return False
    follows = (head.skin_weights[:, EYE_JOINTS].max(axis=1) > 0.5)[head.faces].all(axis=1)
    places = head.texture.coords[head.texture.corners[follows]].reshape(-1, 2) * (1.0, -1.0) + (0.0, 1.0)
    inside = (places * SIZE - (EYE.left, EYE.top)) / (EYE.width, EYE.height)
    return bool(len(inside) and inside.min() > -1e-3 and inside.max() < 1.001 and np.ptp(inside) > 0.5)
