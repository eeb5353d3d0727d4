"""Move the strengths with which signals drive ICT-FaceKit's shapes from the mapping into the shapes.

The archive's shapes are weaker than what people do: the mapping drives browDown at 3.2. With the mapping's
gain g of a shape b, the head gets

    s b   driven with the gain 1,   s = min(g, SHAPE_RANGE)

so that a component goes from 0 to 1. SHAPE_RANGE is how far the response solver moves a shape at most.
"""

from __future__ import annotations

from dataclasses import replace

from flame_model.arrays import Float64Array
from flame_model.head import Head
from mappings.response.problem import SHAPE_RANGE
from mappings.scores.ict_mapping import ICT_DRIVE
from mappings.scores.named_mapping import named_mapping

ICT_STRENGTHS = {name: min(gain, SHAPE_RANGE) for name, gain in ICT_DRIVE.gains.items()}
"""Strength s by the name of a shape without its side; 1 where absent."""


def full_mapping(head: Head) -> dict[str, Float64Array]:
    """Return the arrays of our mapping layout for a head whose shapes have ICT_STRENGTHS."""
    return named_mapping(head, replace(ICT_DRIVE, gains={}))
