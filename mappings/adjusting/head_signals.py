"""What the signals do on one head: the changes of its parameters, and their limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from flame_model.arrays import Array
from flame_model.params import HeadParams
from mappings.scores.score_mapping import ScoreMapping
from mappings.scores.signal_limits import signal_limits
from mappings.signals import LIDS, SHOWN_INDEX, SIGNAL_COUNT, TONGUE

_LEAST_CLOSURE = 0.3
"""Closure by a blink of 1 below which a mapping is not one that moves the lids."""


class HeadSignals:
    """The parameters of a head as functions of the 53 signals that heads show.

    With the mapping's coefficients c(x) of the signals, and those of a component called tongueOut added, a
    change of the signals from a to b adds c(b) - c(a) to expression, jaw and eyes. The lids keep between open
    and shut: with the closures l(x), as shares of what a blink of 1 closes and limited to 0..1,

        l <- l l(b) / l(a)                              where the lid opens, l(b) < l(a)
        l <- 1 - (1 - l) (1 - l(b)) / (1 - l(a))        where it closes
    """

    def __init__(self, mapping: ScoreMapping, components: Sequence[str] = ()) -> None:
        """Take a head's mapping and the names of its expression components, if they have names."""
        self._mapping, self._layout = mapping, mapping.layout
        self._tongue = components.index(TONGUE) if TONGUE in components else None
        self.limits = np.concatenate([signal_limits(mapping), [[0.0], [1.0]]], axis=1)
        """(2, 53) least and greatest value of each signal."""
        self.limits[0] = np.maximum(self.limits[0], 0.0)
        still = np.zeros(len(SHOWN_INDEX))
        self._last: tuple[Array, Array] = still, mapping.mapped(still[:SIGNAL_COUNT])
        self._blink = self._reach()

    def moved(self, params: HeadParams, before: Array, after: Array) -> HeadParams:
        """Return parameters of a face with the signals `before` (53,) as they are with those `after`.

        They are the same object where no signal changes.
        """
        if before is after or (before == after).all():
            return params
        was, now = self._row(before), self._row(after)
        expression, jaw, eyes, _ = self._layout.split(now - was)
        expression = params.expression + expression
        if self._tongue is not None:
            at = SHOWN_INDEX[TONGUE]
            expression[self._tongue] += after[at] - before[at]
        closures = (row[self._layout.eyelids].tolist() for row in (was, now))
        lids = zip(params.eyelids.tolist(), *closures, self._blink, strict=True)
        return replace(
            params,
            expression=expression,
            jaw=params.jaw + jaw,
            eyes=params.eyes + eyes,
            eyelids=np.array([_closed(*side) for side in lids]),
        )

    def _row(self, signals: Array) -> Array:
        """Return the mapping's coefficients (C,) of signals (53,)."""
        known, row = self._last
        if known is not signals:
            # What one step of a frame ends with, the next one begins with.
            row = self._mapping.mapped(signals[:SIGNAL_COUNT])
            self._last = signals, row
        return row

    def _reach(self) -> list[float]:
        """Return the closures (2,) to which a blink of 1 shuts the lids, 1 where it shuts them or moves none.

        A mapping that was fitted to a person whose eyes never shut would leave them open a little.
        """
        blink = np.zeros(SIGNAL_COUNT)
        blink[list(LIDS)] = 1.0
        shut = self._mapping.mapped(blink)[self._layout.eyelids]
        return [min(each, 1.0) if each > _LEAST_CLOSURE else 1.0 for each in shut.tolist()]


def _closed(lid: float, was: float, now: float, blink: float) -> float:
    """Return a lid's closure moved as that of the signals moved, from `was` to `now`, shares of `blink`."""
    was, now = min(max(was / blink, 0.0), 1.0), min(max(now / blink, 0.0), 1.0)
    if now < was:
        return lid * now / was
    return lid if now == was else 1.0 - (1.0 - lid) * (1.0 - now) / (1.0 - was)
