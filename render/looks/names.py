"""The names of the looks, in a module without heavy imports so that --help lists them at once."""

from __future__ import annotations

from flame_model.errors import InputError

STUDIO, CLAY, WIREFRAME, NORMALS = "studio", "clay", "wireframe", "normals"
HEAT, TOON, POINTS = "heat", "toon", "points"
LOOK_NAMES = (STUDIO, CLAY, WIREFRAME, NORMALS, HEAT, TOON, POINTS)
"""Lit skin and eyes, a matte bust, its triangles, its normals, displacement from rest, a drawing in two
tones, and the places of the tracker's landmarks."""
DEFAULT_LOOK = STUDIO


def check_look(name: str) -> None:
    """Raise InputError where there is no look of this name."""
    if name not in LOOK_NAMES:
        raise InputError(f"There is no look {name!r}; name one of {', '.join(LOOK_NAMES)}.")
