"""Materials for the parts of a head that has vertex colours; roughness and softness were chosen by eye."""

from __future__ import annotations

from flame_model.head import Material

_WHITE = (1.0, 1.0, 1.0)

PART_MATERIALS = (
    Material("skin", _WHITE, 0.52, 0.75),
    Material("lid margin", _WHITE, 0.25, 0.5),
    Material("mouth", _WHITE, 0.40, 0.3),
    Material("eye", _WHITE, 0.06, 0.0),
    Material("teeth", _WHITE, 0.22, 0.2),
    Material("tongue", _WHITE, 0.35, 0.6),
    Material("lashes", _WHITE, 0.80, 0.0),
    Material("lid shadow", _WHITE, 0.80, 0.0),
    Material("cloth", _WHITE, 0.85, 0.25),
)
"""White, because the vertices carry the colours; a head need not have every part."""

TRANSLUCENT = ("lashes", "lid shadow")
"""Materials that multiply the picture behind them by their colour, and reflect nothing."""
