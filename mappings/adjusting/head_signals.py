"""What the signals do on one head: the changes of its parameters, and their limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from flame_model.arrays import Array, Float64Array
from flame_model.params import HeadParams
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.signal_limits import signal_limits
from mappings.signals import LIDS, SHOWN_INDEX, SIGNAL_COUNT, TONGUE

_SHUT = 1.0 - 1e-6
"""Closure from which on a lid counts as shut, so that nothing is divided by the rest of its way."""


class HeadSignals:
    """The parameters of a head as functions of the 53 signals that heads show.

    With the mapping's coefficients c(x) of the signals, and those of a component called tongueOut added, a
    change of the signals from a to b adds c(b) - c(a) to expression, jaw and eyes. The lids keep between open
    and shut: with the closures l(x), limited to 0..1,

        l <- l l(b) / l(a)                              where the lid opens, l(b) < l(a)
        l <- 1 - (1 - l) (1 - l(b)) / (1 - l(a))        where it closes
    """

    def __init__(self, mapping: ScoreMapping, components: Sequence[str] = ()) -> None:
        """Take a head's mapping and the names of its expression components, if they have names."""
        self._mapping = mapping
        self._tongue = components.index(TONGUE) if TONGUE in components else None
        self.limits = np.concatenate([signal_limits(mapping), [[0.0], [1.0]]], axis=1)
        """(2, 53) least and greatest value of each signal."""
        self.limits[0] = np.maximum(self.limits[0], 0.0)
        for side, lid in enumerate(LIDS):
            self.limits[1, lid] = max(1.0, self._shut_at(side, lid))

    def moved(self, params: HeadParams, before: Array, after: Array) -> HeadParams:
        """Return parameters of a face with the signals `before` (53,) as they are with those `after`.

        They are the same object where no signal changes.
        """
        if np.array_equal(before, after):
            return params
        was = self._mapping.coefficients(before[:SIGNAL_COUNT])
        now = self._mapping.coefficients(after[:SIGNAL_COUNT])
        expression = params.expression + (now.expression - was.expression)
        if self._tongue is not None:
            at = SHOWN_INDEX[TONGUE]
            expression[self._tongue] += after[at] - before[at]
        return replace(
            params,
            expression=expression,
            jaw=params.jaw + (now.jaw - was.jaw),
            eyes=params.eyes + (now.eyes - was.eyes),
            eyelids=_closed(params.eyelids, was.eyelids, now.eyelids),
        )

    def _shut_at(self, side: int, lid: int) -> float:
        """Return the value of a blink's signal at which the mapping shuts the lid, 0 where it moves none."""
        eyelids = self._mapping.layout.eyelids
        closing = self._mapping.matrix[lid, eyelids][side]
        rest = self._mapping.intercept[eyelids][side]
        return float((1.0 - rest) / closing) if closing > 0.0 else 0.0


def _closed(lids: Array, was: Array, now: Array) -> Float64Array:
    """Return closures (2,) moved as those of the signals moved, from `was` (2,) to `now` (2,)."""
    opening = lids * now / np.maximum(was, 1.0 - _SHUT)
    closing = 1.0 - (1.0 - lids) * (1.0 - now) / np.maximum(1.0 - was, 1.0 - _SHUT)
    changed = np.where(now < was, opening, np.where(now > was, closing, lids))
    return np.asarray(np.clip(changed, 0.0, 1.0), dtype=np.float64)
