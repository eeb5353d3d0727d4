"""Hold what the user drags: while the mouse button is down, or until it is let go."""

from __future__ import annotations

from collections.abc import Callable, Collection

from render.ui.widgets import Answers, Switch

KEEP = "keep held"


class DragToHold:
    """The bar that is dragged in a section, and whether values stay when it is released."""

    def __init__(self, hold: Callable[[str, float], object], release: Callable[[str], object]) -> None:
        """`hold` and `release` get the label of a bar; `hold` also its value."""
        self._hold = hold
        self._release = release
        self._dragged = ""
        self._keep = False

    def switch(self) -> Switch:
        """Return the switch that keeps values."""
        return Switch(KEEP, self._keep, "what was dragged stays as it is until it is let go")

    def take(self, answers: Answers, labels: Collection[str]) -> None:
        """Hold and release bars with these labels as the user does."""
        if self._dragged and answers.held != self._dragged:
            if not self._keep:
                self._release(self._dragged)
            self._dragged = ""
        self._keep = answers.switched.get(KEEP, self._keep)
        for label in answers.moved.keys() & set(labels):
            self._dragged = label
            self._hold(label, answers.moved[label])
