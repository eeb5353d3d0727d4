"""The limits within which signals move the shapes of a head as these are made for."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array, Float64Array
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import LIDS

BOUNDS = (-0.03, 1.0)
"""Least and greatest value of a signal: hardly beyond the range that its shape is made for. With -0.3 and 1.3
the scores on seven clips are less than 0.001 nearer to the person's, with faces that nobody makes."""
SHAPE_RANGE = 1.6
"""How far a signal at 1 may move a shape; the limit of a signal that moves its shape further is lower. It is
how far the built-in head's go. With 1 its scores are 0.026 off instead of 0.025, and those of ICT-FaceKit,
whose shapes are weaker, 0.028 instead of 0.026."""


def signal_limits(mapping: ScoreMapping) -> Float64Array:
    """Return the least and greatest value (2, 52) of each signal; a lid's begins where the lid is open."""
    beyond = np.maximum(_strengths(mapping) / SHAPE_RANGE, 1.0)
    limits = np.array([BOUNDS[0] / beyond, BOUNDS[1] / beyond])
    eyelids = mapping.layout.eyelids
    for side, lid in enumerate(LIDS):
        closing = mapping.matrix[lid, eyelids][side]
        if closing > 0.0:
            limits[:, lid] = -mapping.intercept[eyelids][side] / closing, 1.0
    return limits


def _strengths(mapping: ScoreMapping) -> Array:
    """Return how far each signal (52,) at 1 moves a shape that is its own, 0 where it shares its shapes."""
    strengths = np.abs(mapping.matrix[:, mapping.layout.expression])
    own = (strengths > 0.0).sum(axis=0) <= 1
    return np.asarray(np.where(own, strengths, 0.0).max(axis=1))
