"""Make the look of a name for a head."""

from __future__ import annotations

from render.looks import names
from render.looks.clay import ClayLook
from render.looks.contract import HeadParts, Look
from render.looks.heat import HeatLook
from render.looks.normals import NormalsLook
from render.looks.points import PointsLook
from render.looks.studio import StudioLook
from render.looks.toon import ToonLook
from render.looks.wireframe import WireframeLook

LOOKS: dict[str, type[Look]] = {
    names.STUDIO: StudioLook,
    names.CLAY: ClayLook,
    names.WIREFRAME: WireframeLook,
    names.NORMALS: NormalsLook,
    names.HEAT: HeatLook,
    names.TOON: ToonLook,
    names.POINTS: PointsLook,
}


def make_look(name: str, parts: HeadParts) -> Look:
    """Return a look; raises InputError for unknown names, and where a head lacks what the look shows."""
    names.check_look(name)
    return LOOKS[name](parts)
