"""Adjust one moving head: what was tracked at first, then what is shown on top of it.

    tracked signals s -> adjusted u        strengths, gains, muted signals   (Adjustments.adjusted)
    ... moves to and from rest, which a driver makes of the adjusted face ...
    u -> expressions on top x              eased in and out                  (blended)
    x -> x + h (v - x)                     held signals with their values v, limited to what the head shows,
                                           and their weights h, eased as expressions are
    held parameters of the head            (HeldParameters)

Each step from signals a to signals b adds c(b) - c(a) to the head's parameters (`HeadSignals.moved`). What is
on top comes last, so that it is shown without a face, too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from flame_model.arrays import Array
from flame_model.errors import InputError
from flame_model.params import HeadParams
from mappings.adjusting.adjustments import AS_TRACKED, Adjustments
from mappings.adjusting.blend import blended
from mappings.adjusting.easing import EasedWeights
from mappings.adjusting.head_signals import HeadSignals
from mappings.adjusting.held_parameters import HeldParameters
from mappings.person.typical_rest import typical_rest
from mappings.signals import signals_named

RESTING = np.append(np.where(signals_named("eyeLook"), typical_rest(), 0.0), 0.0)
"""Signals (53,) of a head without a face to follow: nothing moves, and the eyes look ahead."""


class SeenSignals(NamedTuple):
    """The signals of one frame, each (53,) in the order of `mappings.signals.SHOWN_NAMES`."""

    tracked: Array
    """As they were tracked."""
    shown: Array
    """As the head shows them."""


class Adjuster:
    """The adjustments of one driver, and how far each of them has eased in."""

    def __init__(self, signals: HeadSignals | None, adjustments: Adjustments = AS_TRACKED) -> None:
        """Take what the signals do on the head, None for a head that cannot be adjusted."""
        self._signals = signals
        self._used = adjustments
        self._mirrored = False
        self._expressions = EasedWeights(adjustments.showing)
        self._held, self._values = EasedWeights(adjustments.holding[0]), adjustments.holding[1]
        self._parameters = HeldParameters(adjustments.parameters)
        self.seen = SeenSignals(RESTING, RESTING)
        """The signals of the last frame."""

    def use(self, adjustments: Adjustments) -> None:
        """Adjust by these from now on. Raises InputError for a head that cannot be adjusted."""
        if self._signals is None:
            raise InputError("This driver knows no signals to adjust; make it with AnimatedHead.driver.")
        self._used = adjustments.mirrored() if self._mirrored else adjustments

    def mirror(self) -> None:
        """Follow a source whose mirroring was switched."""
        self._mirrored = not self._mirrored
        self._used = self._used.mirrored()

    def take_over(self, other: Adjuster) -> None:
        """Adjust another head as `other` did, from where everything has eased to."""
        self._used, self._mirrored = other._used, other._mirrored
        self._expressions, self._held, self._values = other._expressions, other._held, other._values
        self._parameters = other._parameters

    def tracked(self, params: HeadParams, signals: Array) -> tuple[HeadParams, Array]:
        """Return the adjusted parameters of a tracked face and its adjusted signals (53,).

        `signals` (52,) are those that the parameters were made from.
        """
        tracked = np.append(signals.astype(np.float64), 0.0)
        if self._signals is None:
            return params, tracked
        adjusted = self._used.adjusted(tracked, self._signals.limits)
        self.seen = SeenSignals(tracked, adjusted)
        return self._signals.moved(params, tracked, adjusted), adjusted

    def rest(self) -> None:
        """Take note that no face is tracked."""
        self.seen = SeenSignals(RESTING, RESTING)

    def turned(self, turn: Array) -> Array:
        """Return the adjusted turn (3, 3) of the head."""
        return self._used.turned(turn)

    def on_top(self, params: HeadParams, signals: Array, time_s: float) -> HeadParams:
        """Return the parameters of a face with the signals (53,), with all that is shown on top of it."""
        if self._signals is None:
            return params
        shown, limits = signals, self._signals.limits
        expressions = self._expressions.at(time_s, self._used.showing)
        if expressions is not None:
            shown = blended(shown, expressions, limits)
        flags, values = self._used.holding
        held = self._held.at(time_s, flags)
        if held is not None:
            self._values = np.where(flags, np.minimum(np.maximum(values, limits[0]), limits[1]), self._values)
            shown = shown + held * (self._values - shown)
        self.seen = self.seen._replace(shown=shown)
        params = self._signals.moved(params, signals, shown)
        return self._parameters.shown(params, self._used.parameters, time_s)
