"""Colours of people's skin, eyes, brows and hair: named presets, and a path through them for a slider.

All colours are sRGB 0..1 and were chosen by eye, on the built-in head in the light of the studio. The module
imports nothing heavy, so that --help lists the presets at once.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

Color = tuple[float, float, float]

SKINS: Mapping[str, Color] = {
    "porcelain": (0.87, 0.69, 0.61),
    "light": (0.80, 0.59, 0.48),
    "olive": (0.72, 0.53, 0.405),
    "tan": (0.60, 0.41, 0.29),
    "brown": (0.44, 0.285, 0.20),
    "deep": (0.29, 0.18, 0.13),
}
EYES: Mapping[str, Color] = {
    "blue": (0.31, 0.41, 0.53),
    "grey": (0.40, 0.45, 0.48),
    "green": (0.36, 0.42, 0.31),
    "hazel": (0.40, 0.33, 0.19),
    "brown": (0.28, 0.185, 0.115),
    "dark": (0.15, 0.09, 0.06),
}
BROWS: Mapping[str, Color] = {
    "black": (0.055, 0.042, 0.035),
    "dark": (0.16, 0.11, 0.08),
    "brown": (0.29, 0.19, 0.12),
    "auburn": (0.34, 0.19, 0.115),
    "blond": (0.52, 0.38, 0.23),
    "grey": (0.47, 0.44, 0.41),
}
HAIRS: Mapping[str, Color] = {
    "black": (0.055, 0.045, 0.042),
    "dark": (0.155, 0.110, 0.083),
    "brown": (0.235, 0.158, 0.110),
    "auburn": (0.27, 0.135, 0.085),
    "blond": (0.52, 0.40, 0.265),
    "grey": (0.42, 0.405, 0.39),
}
FACE_PARTS = ("skin", "eyes", "brows")
"""Parts that the head's own paint shows."""
HAIR = "hair"
PARTS = (*FACE_PARTS, HAIR)
PRESETS: Mapping[str, Mapping[str, Color]] = dict(zip(PARTS, (SKINS, EYES, BROWS, HAIRS), strict=True))
"""The presets of each part of a person, in the order of its slider."""


@dataclass(frozen=True, slots=True)
class PersonColors:
    """Colours of a head's bare skin, irises, brow hairs and hair (median); None keeps the head's own."""

    skin: Color | None = None
    eyes: Color | None = None
    brows: Color | None = None
    hair: Color | None = None

    @classmethod
    def named(cls, names: Mapping[str, str | None]) -> PersonColors:
        """Return the colours of presets, by part; None where a part's name is None or missing."""
        return cls(**{part: PRESETS[part][name] for part, name in names.items() if name is not None})


def color_along(part: str, place: float) -> Color:
    """Return the colour at a place 0..1 on the path through the presets of one of PARTS."""
    colors = list(PRESETS[part].values())
    along = min(max(place, 0.0), 1.0) * (len(colors) - 1)
    before = min(int(along), len(colors) - 2)
    share = along - before
    pairs = zip(colors[before], colors[before + 1], strict=True)
    red, green, blue = (first + share * (second - first) for first, second in pairs)
    return red, green, blue


def place_along(part: str, color: Color) -> float:
    """Return the place 0..1, to a hundredth, on the path through a part's presets nearest to a colour."""
    places = [step / 100.0 for step in range(101)]
    return min(places, key=lambda place: math.dist(color_along(part, place), color))
