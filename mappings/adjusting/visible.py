"""Whether a head shows a signal at all: by how far it moves the head's vertices."""

from __future__ import annotations

import numpy as np

from flame_model.deform import deform, prepare
from flame_model.head import Head
from flame_model.params import rest_params
from mappings.adjusting.expressions import EXPRESSIONS
from mappings.adjusting.head_signals import HeadSignals
from mappings.signals import SHOWN_INDEX, SHOWN_NAMES

LEAST_M = 0.0015
"""Least displacement in metres of the vertex that moves most; what moves less is not seen on a whole head."""


def moves(head: Head, signals: HeadSignals, name: str) -> bool:
    """Return whether the greatest value of a signal, one of SHOWN_NAMES, moves the head visibly."""
    rest = rest_params(head.expression_count)
    still, prepared = np.zeros(len(SHOWN_NAMES)), prepare(head)
    most = still.copy()
    most[SHOWN_INDEX[name]] = signals.limits[1, SHOWN_INDEX[name]]
    moved = deform(prepared, signals.moved(rest, still, most)) - deform(prepared, rest)
    return bool(np.linalg.norm(moved, axis=1).max() >= LEAST_M)


def missing_signal(head: Head, signals: HeadSignals, expression: str) -> str | None:
    """Return the signal without which the head does not show an expression, None where it shows it."""
    needed = next(each.needs for each in EXPRESSIONS if each.name == expression)
    return None if moves(head, signals, needed) else needed
