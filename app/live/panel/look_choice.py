"""The look that the window shows: named in the panel, or the next one by a key."""

from __future__ import annotations

from collections.abc import Callable

from flame_model.errors import InputError
from flame_model.notices import Say
from render.looks.names import LOOK_NAMES, next_look
from render.ui.panel import Choice

LABEL = "look"
"""Label of the choice in the panel."""


class LookChoice:
    """The look that is shown; use it from the main thread."""

    def __init__(self, name: str, *, show: Callable[[str], object], say: Say) -> None:
        """Start with a look that is shown already; `show` shows another one or raises InputError."""
        self.name = name
        self._show = show
        self._say = say

    def choice(self) -> Choice:
        """Return the choice to draw in a panel."""
        return Choice(LABEL, LOOK_NAMES, self.name)

    def show(self, name: str) -> bool:
        """Show a look; where the head lacks what it needs, a notice says so and False is returned."""
        try:
            self._show(name)
        except InputError as error:
            self._say(str(error))
            return False
        self.name = name
        return True

    def next(self) -> None:
        """Show the next look that the head can be drawn in, and say its name."""
        name = next_look(self.name)
        while name != self.name and not self.show(name):
            name = next_look(name)
        self._say(f"look: {self.name}")
