"""What a user changes of what was tracked: strengths of parts, single signals and expressions.

With a signal s as it was tracked, its value r at rest (`mappings.person.typical_rest`), its gain g and the
strength k of its part, the adjusted signal is

    u = min(s, r) + g k max(s - r, 0)          what exceeds the rest is made stronger or weaker
    u = r + g k (s - r)                        the same for gaze, which leaves its rest in both directions

limited to what the head shows, but never beyond s itself. A muted signal has the gain 0. A turn of the head
by an angle a about an axis becomes one by

    min(k a, max(a, MOST_TURN))

about the same axis. Where g k is 1 nothing is computed, so that u is s to the last bit.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from flame_model.arrays import Array, FlagArray, Float64Array
from flame_model.errors import InputError
from flame_model.rotations import with_angle
from mappings.adjusting.expressions import EXPRESSION_NAMES
from mappings.adjusting.held_parameters import check_parameter
from mappings.adjusting.parts import HEAD, PART_NAMES, PARTS, STRONGEST
from mappings.person.typical_rest import typical_rest
from mappings.signals import SHOWN_INDEX, SHOWN_NAMES, mirrored_name

MOST_TURN = 1.2
"""Radians up to which a strength makes turns greater: necks turn by about 70 degrees."""

_REST = np.append(typical_rest(), 0.0)
_GAZE = np.array([name.startswith(PARTS["gaze"]) for name in SHOWN_NAMES])


@dataclass(frozen=True)
class Adjustments:
    """All that a user has changed; the defaults change nothing.

        Adjustments(strengths={"mouth": 1.2}, muted=frozenset({"jawOpen"}), expressions=frozenset({"wink"}))

    Gains and muted signals belong to the person's own sides, and change sides where pictures are mirrored;
    what is held and expressions belong to the head's. Raises InputError for names that do not exist and
    numbers out of range.
    """

    strengths: Mapping[str, float] = field(default_factory=dict)
    """0 to STRONGEST by part, one of PART_NAMES; 1 where absent."""
    gains: Mapping[str, float] = field(default_factory=dict)
    """0 to STRONGEST by signal, one of SHOWN_NAMES; 1 where absent."""
    muted: frozenset[str] = frozenset()
    """Signals that stay as they are at rest."""
    held: Mapping[str, float] = field(default_factory=dict)
    """0 to 1 by signal: values that are shown whatever is tracked."""
    expressions: frozenset[str] = frozenset()
    """Those of EXPRESSION_NAMES that are shown on top."""
    parameters: Mapping[str, float] = field(default_factory=dict)
    """Values at which parameters of the head are held, by name (`mappings.adjusting.held_parameters`)."""

    def __post_init__(self) -> None:
        """Check names and numbers."""
        _check_numbers("strength", self.strengths, PART_NAMES, STRONGEST)
        _check_numbers("gain", self.gains, SHOWN_NAMES, STRONGEST)
        _check_numbers("held signal", self.held, SHOWN_NAMES, 1.0)
        _check_names("muted signal", self.muted, SHOWN_NAMES)
        _check_names("expression", self.expressions, EXPRESSION_NAMES)
        for name, value in self.parameters.items():
            check_parameter(name)
            if not math.isfinite(value):
                raise InputError(f"The parameter {name} should be held at a finite value, received {value}.")

    def mirrored(self) -> Adjustments:
        """Return the adjustments for mirrored pictures: gains and muted signals change sides."""
        return replace(
            self,
            gains={mirrored_name(name): gain for name, gain in self.gains.items()},
            muted=frozenset(map(mirrored_name, self.muted)),
        )

    def adjusted(self, signals: Array, limits: Array) -> Array:
        """Return the adjusted signals (53,), the same object where no gain is other than 1.

        `limits` (2, 53) are the least and greatest values that the head shows.
        """
        factors = self._factors
        if factors is None:
            return signals
        # Gaze is stretched from its rest, everything else from the rest or from below it.
        begins = np.where(_GAZE, _REST, np.minimum(signals, _REST))
        stretched = begins + factors * (signals - begins)
        least, most = np.minimum(signals, limits[0]), np.maximum(signals, limits[1])
        limited = np.minimum(np.maximum(stretched, least), most)
        return np.where(factors == 1.0, signals, limited)

    def turned(self, turn: Array) -> Array:
        """Return an adjusted turn (3, 3) of the head, the same object at a strength of 1."""
        strength = self.strengths.get(HEAD, 1.0)
        if strength == 1.0:
            return turn
        return with_angle(turn, lambda angle: min(strength * angle, max(angle, MOST_TURN)))

    @cached_property
    def _factors(self) -> Float64Array | None:
        """Gain times strength (53,) of each signal, None where all are 1."""
        factors = np.ones(len(SHOWN_NAMES))
        for index, name in enumerate(SHOWN_NAMES):
            for part, begins in PARTS.items():
                if name.startswith(begins):
                    factors[index] = self.strengths.get(part, 1.0)
            factors[index] *= 0.0 if name in self.muted else self.gains.get(name, 1.0)
        return None if (factors == 1.0).all() else factors

    @cached_property
    def holding(self) -> tuple[FlagArray, Float64Array]:
        """Which signals (53,) are held, and at which values (53,)."""
        flags, values = np.zeros(len(SHOWN_NAMES), dtype=np.bool_), np.zeros(len(SHOWN_NAMES))
        for name, value in self.held.items():
            flags[SHOWN_INDEX[name]], values[SHOWN_INDEX[name]] = True, value
        return flags, values

    @cached_property
    def showing(self) -> FlagArray:
        """Which expressions (8,) are shown, in the order of EXPRESSION_NAMES."""
        return np.array([name in self.expressions for name in EXPRESSION_NAMES])


def _check_names(what: str, names: Collection[str], known: Collection[str]) -> None:
    for name in names:
        if name not in known:
            raise InputError(f"There is no {what} {name!r}; name one of: {', '.join(known)}.")


def _check_numbers(what: str, values: Mapping[str, float], known: Collection[str], most: float) -> None:
    _check_names(what, values, known)
    for name, value in values.items():
        if not 0.0 <= value <= most:
            raise InputError(f"The {what} {name} should be from 0 to {most:g}, received {value:g}.")


AS_TRACKED = Adjustments()
"""Nothing is changed."""
