"""Another face for the head, by the sliders of its identity components."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from app.live.recordings import named_now
from flame_model.arrays import Float64Array
from flame_model.errors import OutputError
from flame_model.files.identity_file import write_identity
from flame_model.head import Head
from flame_model.notices import Say
from render.ui.panel import Answer, Panel

REACH = 3.0
"""Standard deviations; 99.7 % of people lie within."""
MOST = 20
"""Sliders: the first components of a basis change most."""
BUTTONS = RESET, RANDOM, SAVE = ("reset", "random", "save")


class FacePanel:
    """Hold the identity that the window shows, in standard deviations; called from the main thread."""

    def __init__(
        self,
        head: Head,
        worn: Float64Array | None,
        *,
        wear: Callable[[Float64Array], object],
        say: Say,
    ) -> None:
        """Take the coefficients (I,) that are `worn` in the head's template already, None for none.

        `wear` gets what is to be added to the template (I,).
        """
        self.shown = False
        self._head = head
        self._worn = np.zeros(head.identity_count) if worn is None else worn
        self._values = self._worn.copy()
        self._wear = wear
        self._say = say
        self._random = np.random.default_rng()

    def toggle(self) -> None:
        """Show the sliders or put them away; say so where the head has none."""
        if self._head.identity_count == 0:
            self._say(f"the head {self._head.name} has no identity components")
            return
        self.shown = not self.shown

    def panel(self) -> Panel | None:
        """Return what to show, None while it is put away."""
        if not self.shown:
            return None
        names = self._head.identity_names or tuple(f"identity {k + 1}" for k in range(MOST))
        sliders = tuple(zip(names[:MOST], self._values.tolist(), strict=False))
        return Panel("face", sliders, REACH, BUTTONS)

    def take(self, answer: Answer) -> None:
        """Do what a person asked of the panel in one picture; the head changes once at most."""
        values = self._values.copy()
        for number, value in answer.moved.items():
            values[number] = value
        if answer.button == RESET:
            values = self._worn.copy()
        elif answer.button == RANDOM:
            count = min(MOST, len(values))
            values[:count] = self._random.standard_normal(count).clip(-REACH, REACH)
        elif answer.button == SAVE:
            self._save()
        if not np.array_equal(values, self._values):
            self._values = values
            self._wear(values - self._worn)

    def _save(self) -> None:
        try:
            path = named_now(".json")
            write_identity(path, self._head, self._values)
        except OutputError as error:
            self._say(f"Not saved: {error}")
        else:
            self._say(f"face saved; wear it, lids and lips fitted, with --identity {path}")
