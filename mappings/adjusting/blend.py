"""Lay expressions over the signals of a face.

With the signals u (53,) of the face, the weights w_n of the expressions (`mappings.adjusting.expressions`),
their values e_n and shares y_n (53,), and the greatest values M (53,) of the signals:

    x = u prod_n (1 - w_n y_n)                       what is in the way of an expression gives way to it
    x <- x + w_n max(e_n M - x, 0)                   for each n: what is there already is not added twice
    x_wide <- min(x_wide, max(u_wide, (1 - b(x_blink)) x_wide))      a blink is not held open by wide eyes

with b rising from 0 to 1 as the eye's blink goes through BLINKING. For values u within 0 and M, all x are.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from flame_model.arrays import Array, Float64Array
from mappings.adjusting.expressions import EXPRESSIONS, shown_values, yielding
from mappings.signals import LIDS, SHOWN_INDEX

BLINKING = (0.2, 0.6)
"""Values of eyeBlink between which wide eyes give way; open eyes are below and shut ones above."""
_WIDE = (SHOWN_INDEX["eyeWideLeft"], SHOWN_INDEX["eyeWideRight"])


def blended(signals: Array, weights: Array, limits: Array) -> Float64Array:
    """Return the signals (53,) of a face with expressions of these weights (8,), each 0 to 1.

    `limits` (2, 53) are the least and greatest values that the head shows.
    """
    values, gives_way = _values()
    on = np.flatnonzero(weights)
    shown: Float64Array = signals.astype(np.float64)
    for each in on:
        shown *= 1.0 - weights[each] * gives_way[each]
    for each in on:
        shown += weights[each] * np.maximum(values[each] * limits[1] - shown, 0.0)
    for wide, lid in zip(_WIDE, LIDS, strict=True):
        blinking = (shown[lid] - BLINKING[0]) / (BLINKING[1] - BLINKING[0])
        if blinking > 0.0:
            open_still = max(0.0, 1.0 - blinking)
            shown[wide] = min(shown[wide], max(signals[wide], open_still * shown[wide]))
    return shown


@cache
def _values() -> tuple[Float64Array, Float64Array]:
    """Return the values and the shares that give way of all expressions, each (8, 53)."""
    values = np.stack([shown_values(each.signals) for each in EXPRESSIONS])
    return values, np.stack([yielding(each) for each in EXPRESSIONS])
