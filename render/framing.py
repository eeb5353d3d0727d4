"""How much of a head the picture shows, and how much air is above it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flame_model.errors import InputError
from flame_model.head import Head
from render import framing_names
from render.camera import OrbitCamera

CHIN_M = 0.11
"""Metres from the origin of a head, which is between its eyes and nose, down to its chin."""

_TALL_EXPONENT, _MOST_LARGER = 0.4, 1.25
"""How much larger the head of a tall picture is: height by width to this power, at most."""
_MOST_BELOW = 0.05
"""What a tall picture shows more at its lower edge, as a share of the frame's height; the hem of a shirt
would hang in the air further down."""


@dataclass(frozen=True, slots=True)
class Framing:
    """The lower edge of the picture, and the place of the crown in it."""

    below: float
    """Metres that the picture shows below the head's origin."""
    headroom: float
    """Distance of the crown from the top of the picture, as a share of the picture's height."""

    @classmethod
    def named(cls, name: str) -> Framing:
        """Return one of FRAMINGS; raises InputError for other names."""
        if name not in FRAMINGS:
            raise InputError(f"There is no framing {name!r}; name one of {', '.join(FRAMINGS)}.")
        return FRAMINGS[name]

    def camera(self, head: Head) -> OrbitCamera:
        """Return the camera in front of a head at rest."""
        crown, bottom = self._ends(head)
        height = (crown - bottom) / (1.0 - self.headroom)
        skull = head.template[head.template[:, 1] >= min(0.0, crown)]
        depth = float(skull[:, 2].min() + skull[:, 2].max()) / 2.0
        return OrbitCamera((0.0, bottom + height / 2.0, depth), height)

    def air(self, head: Head) -> tuple[float, float]:
        """Return the metres of the picture above the crown and below the chin of a head at rest."""
        _, bottom = self._ends(head)
        return self.headroom * self.camera(head).frame_height, -CHIN_M - bottom

    def _ends(self, head: Head) -> tuple[float, float]:
        """Return the heights in metres of the crown and of the lower edge of the picture."""
        crown, lowest = float(head.template[:, 1].max()), float(head.template[:, 1].min())
        # The end of a short neck would hang in the air.
        return crown, max(-self.below, lowest)


FRAMINGS = {
    framing_names.FACE: Framing(0.128, 0.065),
    framing_names.HEAD: Framing(0.182, 0.06),
    framing_names.BUST: Framing(0.29, 0.085),
}
"""The framings by name; chosen by eye."""
DEFAULT = FRAMINGS[framing_names.DEFAULT_FRAMING]


def suited(camera: OrbitCamera, size: tuple[int, int]) -> OrbitCamera:
    """Return the camera of a framing for a picture of `size` (W, H); only tall pictures need another one.

    Such a picture has room above and below. The head becomes larger, and most of the room is above it.
    """
    ratio = size[1] / max(size[0], 1)
    if ratio <= 1.0:
        return camera
    x, y, z = camera.target
    height = camera.frame_height / min(ratio**_TALL_EXPONENT, _MOST_LARGER)
    below = _MOST_BELOW * camera.frame_height * min(1.0, 2.0 * (ratio - 1.0))
    bottom = y - camera.frame_height / 2.0 - below
    middle = bottom + height * ratio / 2.0
    return replace(camera, target=(x, middle, z), frame_height=height)
