"""The way from one set of head parameters to another."""

from __future__ import annotations

import numpy as np

from flame_model.params import HeadParams
from flame_model.rotations import slerp


def smoothstep(share: float) -> float:
    """Return 0..1 for 0..1, level at both ends; clamped outside."""
    clamped = min(max(share, 0.0), 1.0)
    return clamped * clamped * (3.0 - 2.0 * clamped)


def mixed_params(start: HeadParams, end: HeadParams, share: float) -> HeadParams:
    """Return parameters `share` (0..1) of the way from `start` to `end`; rotations turn about one axis."""
    if share <= 0.0:
        return start
    if share >= 1.0:
        return end
    jaw, left, right, neck, rotation = slerp(_rotations(start), _rotations(end), share)
    return HeadParams(
        expression=start.expression + share * (end.expression - start.expression),
        jaw=jaw,
        eyes=np.stack([left, right]),
        neck=neck,
        rotation=rotation,
        translation=start.translation + share * (end.translation - start.translation),
        eyelids=start.eyelids + share * (end.eyelids - start.eyelids),
    )


def _rotations(params: HeadParams) -> np.ndarray:
    """Return jaw, both eyes, neck and root as (5, 3) axis-angle radians."""
    return np.stack([params.jaw, *params.eyes, params.neck, params.rotation])
