"""The coefficients of a head side by side in one row: which columns hold which group."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple, Self

import numpy as np

from flame_model.arrays import Array
from flame_model.params import HeadParams, rest_params

_JAW, _EYE, _LIDS = 3, 3, 2
_FIXED = _JAW + 2 * _EYE + _LIDS
"""Columns after the expression, the same for every head."""


class Coefficients(NamedTuple):
    """The coefficients of one frame, group by group, in the order of a `Layout`."""

    expression: Array
    """(E,) expression coefficients."""
    jaw: Array
    """(3,) axis-angle radians."""
    eyes: Array
    """(2, 3) left and right, axis-angle radians."""
    eyelids: Array
    """(2,) closure of the left and right eye, 0..1."""

    def packed(self) -> Array:
        """Return the coefficients in one row (C,)."""
        return np.concatenate([np.ravel(group) for group in self])

    def params(self) -> HeadParams:
        """Return the parameters of a head with these coefficients, unturned and at the origin."""
        return replace(
            rest_params(len(self.expression)),
            expression=self.expression,
            jaw=self.jaw,
            eyes=self.eyes,
            eyelids=self.eyelids,
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """The columns of C = E + 11 coefficients: expression, jaw, left eye, right eye, eyelids.

    matrix[:, layout.jaw] are the columns of a mapping's matrix (52, C) that turn the jaw.
    """

    expression_count: int
    """Number of expression components, E."""

    @classmethod
    def of_width(cls, width: int) -> Self:
        """Return the layout of rows with `width` columns."""
        return cls(width - _FIXED)

    @property
    def width(self) -> int:
        """Number of all columns, C."""
        return self.expression_count + _FIXED

    @property
    def expression(self) -> slice:
        """The E columns of the expression."""
        return slice(0, self.expression_count)

    @property
    def jaw(self) -> slice:
        """The 3 columns of the jaw."""
        return self._after(0, _JAW)

    @property
    def left_eye(self) -> slice:
        """The 3 columns of the left eye."""
        return self._after(_JAW, _EYE)

    @property
    def right_eye(self) -> slice:
        """The 3 columns of the right eye."""
        return self._after(_JAW + _EYE, _EYE)

    @property
    def eyes(self) -> slice:
        """The 6 columns of both eyes."""
        return self._after(_JAW, 2 * _EYE)

    @property
    def eyelids(self) -> slice:
        """The 2 columns of the eyelids."""
        return self._after(_JAW + 2 * _EYE, _LIDS)

    @property
    def groups(self) -> dict[str, slice]:
        """The columns of each group by its name, in their order."""
        return {"expression": self.expression, "jaw": self.jaw, "eyes": self.eyes, "eyelids": self.eyelids}

    def split(self, row: Array) -> Coefficients:
        """Return the groups of one row (C,) as they stand in it."""
        return Coefficients(
            row[self.expression], row[self.jaw], row[self.eyes].reshape(2, 3), row[self.eyelids]
        )

    def _after(self, offset: int, count: int) -> slice:
        """Return `count` columns that begin `offset` columns after the expression."""
        start = self.expression_count + offset
        return slice(start, start + count)
