"""How much of a head the picture shows, and how much air is above it."""

from __future__ import annotations

from dataclasses import dataclass

from flame_model.arrays import Float32Array
from flame_model.errors import InputError
from flame_model.head import Head
from render import framing_names
from render.camera import OrbitCamera

ON_NECK = 0.5
"""Vertices with a smaller weight of the root joint belong to the head, the others to neck and shoulders."""


@dataclass(frozen=True, slots=True)
class Framing:
    """The height of the picture and the place of the crown in it."""

    height: float
    """Height of the picture as a multiple of the head's, crown to chin."""
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
        shown = _without_neck(head)
        low, high = shown.min(axis=0), shown.max(axis=0)
        # The end of a head without shoulders is the lower edge of the picture.
        reach = (high[1] - head.template[:, 1].min()) / (1.0 - self.headroom)
        height = float(min(self.height * (high[1] - low[1]), reach))
        middle = float(high[1]) - (0.5 - self.headroom) * height
        return OrbitCamera((0.0, middle, float(low[2] + high[2]) / 2.0), height)

    def air(self, head: Head) -> tuple[float, float]:
        """Return the metres of the picture above the crown and below the chin of a head at rest."""
        camera, heights = self.camera(head), _without_neck(head)[:, 1]
        top, bottom = (camera.target[1] + sign * camera.frame_height / 2.0 for sign in (1.0, -1.0))
        return top - float(heights.max()), float(heights.min()) - bottom


FRAMINGS = {
    framing_names.FACE: Framing(1.12, 0.06),
    framing_names.HEAD: Framing(1.31, 0.085),
    framing_names.BUST: Framing(1.62, 0.085),
}
"""The framings by name; chosen by eye."""
DEFAULT = FRAMINGS[framing_names.DEFAULT_FRAMING]


def _without_neck(head: Head) -> Float32Array:
    """Return the vertices (N, 3) at rest of the head itself; all where a head has only one joint."""
    above = head.skin_weights[:, 0] < ON_NECK
    return head.template[above] if above.any() else head.template
