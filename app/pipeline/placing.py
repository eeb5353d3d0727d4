"""The placement that keeps a head within the picture of a framing."""

from __future__ import annotations

from flame_model.head import Head
from mappings.motion.leeway import Leeway
from mappings.motion.placement import Placement
from render.framing import DEFAULT, Framing

EDGE = 0.02
"""Share of the picture's height that stays free above the crown."""
MOVED = 0.02
"""Length of movements that keep their size, as a share of the picture's height; chosen by trial."""
DEPTH_M = 0.03
"""The same towards the camera, metres; chosen by trial."""
SKULL_M = 0.13
"""Radius of a skull that has come near, metres."""
JAW_M = 0.03
"""How far an open mouth lowers the chin, metres."""
LEAST_M = 0.005
"""Least leeway up and down, metres."""


def framed_placement(head: Head, framing: Framing = DEFAULT) -> Placement:
    """Return the placement whose leeway is the air around a head in the picture."""
    above, below = framing.air(head)
    height = framing.camera(head).frame_height
    return Placement(
        Leeway(
            up=max(LEAST_M, above - EDGE * height),
            down=max(LEAST_M, below - EDGE * height - JAW_M),
            aside=MOVED * height,
            depth=DEPTH_M,
            side=height / 2.0 - SKULL_M,
        )
    )
