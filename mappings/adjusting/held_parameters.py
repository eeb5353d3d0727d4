"""Hold single parameters of a head at values, eased in and out.

A parameter is named by its field of `HeadParams` and its place in it, row by row: `jaw.0` opens the jaw,
`eyes.4` turns the right eye sideways, `expression.12` is the thirteenth component.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace

import numpy as np

from flame_model.errors import InputError
from flame_model.params import HeadParams, rest_params
from mappings.adjusting.easing import EasedWeights

_SIZES = {field.name: getattr(rest_params(0), field.name).size for field in fields(HeadParams)}
"""Number of parameters by field; expressions differ from head to head."""
EXPRESSION = "expression"
_ON, _OFF = np.array([True]), np.array([False])


def check_parameter(name: str) -> None:
    """Raise InputError for a name that no head has a parameter of."""
    field, _, place = name.partition(".")
    known = field in _SIZES and place.isascii() and place.isdecimal()
    if not known or (field != EXPRESSION and int(place) >= _SIZES[field]):
        raise InputError(
            f"There is no parameter {name!r}; name one such as jaw.0, with one of: {', '.join(_SIZES)}."
        )


def parameter(params: HeadParams, name: str) -> float | None:
    """Return the value of a parameter, None where the head has fewer expressions."""
    field, _, place = name.partition(".")
    values = np.ravel(getattr(params, field))
    return float(values[int(place)]) if int(place) < len(values) else None


class HeldParameters:
    """The parameters that are held now, and those that are being let go."""

    def __init__(self, held: Mapping[str, float]) -> None:
        """Begin with parameters that are held whole."""
        self._values = dict(held)
        self._weights = {name: EasedWeights(_ON) for name in held}

    def shown(self, params: HeadParams, held: Mapping[str, float], time_s: float) -> HeadParams:
        """Return parameters p with those that are held, values v by name, at p + h (v - p).

        The weights h are eased as those of expressions are. Without any, they are the same object.
        """
        if not held and not self._weights:
            return params
        self._values |= held
        for name in held.keys() - self._weights.keys():
            self._weights[name] = EasedWeights(_OFF)
        moved: dict[str, np.ndarray] = {}
        for name, weights in tuple(self._weights.items()):
            weight = weights.at(time_s, _ON if name in held else _OFF)
            if weight is None:
                del self._weights[name]
                continue
            field, _, place = name.partition(".")
            values = moved.setdefault(field, np.array(getattr(params, field), dtype=np.float64))
            if int(place) < values.size:
                values.flat[int(place)] += weight[0] * (self._values[name] - values.flat[int(place)])
        return replace(params, **moved)
