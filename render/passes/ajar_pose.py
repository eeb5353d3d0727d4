"""The pose in which the sky visibility of a head is measured: mouth ajar and eyes half shut."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flame_model.head import Head
from flame_model.params import HeadParams, rest_params

AJAR_JAW = 0.2
"""Radians that the jaw is open while sky visibility is measured.

Behind closed lips teeth and gums would be measured as dark, and stay so in every picture.
"""
HALF_SHUT = 0.5
"""Closure of the lids while sky visibility is measured; folds of open lids would stay dark on shut ones."""
AJAR_LIPS = ("mouthUpperUpLeft", "mouthUpperUpRight", "mouthLowerDownLeft", "mouthLowerDownRight")
"""Components that part the lips while sky visibility is measured, where a head names its components."""
AJAR_LIP_WEIGHT = 0.6
"""Coefficient of each component in AJAR_LIPS; chosen by trial."""


def ajar_params(head: Head) -> HeadParams:
    """Return the parameters of this pose."""
    names = head.expression_names
    parted = AJAR_LIP_WEIGHT * np.isin(names, AJAR_LIPS) if names else 0.0
    rest = rest_params(head.expression_count)
    return replace(
        rest,
        jaw=np.array([AJAR_JAW, 0.0, 0.0]),
        expression=rest.expression + parted,
        eyelids=np.full(2, HALF_SHUT),
    )
