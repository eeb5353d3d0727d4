"""When to search while no face is in view: one view a frame, round after round, ever more rarely."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mappings.tracking.views.view import View

AFTER_S = 1.0
"""Without a face before anything is searched: a hand before it is no reason."""
PAUSE_S, LONGEST_PAUSE_S = 4.0, 60.0
"""From one round to the next; each pause is twice as long. A look at a view takes 3 ms."""


class Rounds:
    """Give the views of one round after the other, one for each frame without a face."""

    def __init__(self) -> None:
        self.rest()

    def rest(self) -> None:
        """Begin anew when no face is seen next."""
        self._due_s: float | None = None
        self._pause_s = PAUSE_S
        self._views: Iterator[View] = iter(())

    def next(self, time_s: float, views: Callable[[], Iterator[View]]) -> View | None:
        """Return what to look at in the frame of a time; None most of the time. `views` gives a round's."""
        if self._due_s is None:
            self._due_s, self._views = time_s + AFTER_S, views()
        if time_s < self._due_s:
            return None
        view = next(self._views, None)
        if view is None:
            self._due_s, self._views = time_s + self._pause_s, views()
            self._pause_s = min(2.0 * self._pause_s, LONGEST_PAUSE_S)
        return view
