"""Schedule the search for a face while none is seen: one view a frame, in rounds ever farther apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mappings.tracking.views.view import View

AFTER_S = 1.0
"""Time without a face before the search begins: a hand may hide the face for a moment."""
PAUSE_S, LONGEST_PAUSE_S = 4.0, 60.0
"""First and longest pause between two rounds; each is twice as long as the one before. Searching a view takes
3 ms."""


class SearchSchedule:
    """Return the views of one round after another, one for each frame without a face."""

    def __init__(self) -> None:
        self._due_s: float | None = None
        self._pause_s = PAUSE_S
        self._views: Iterator[View] = iter(())

    def reset(self) -> None:
        """Start from the beginning with the next frame without a face."""
        self._due_s = None
        self._pause_s = PAUSE_S
        self._views = iter(())

    def next(self, time_s: float, views: Callable[[], Iterator[View]]) -> View | None:
        """Return the view to search in the frame at `time_s`, None most of the time.

        `views` returns the views of a new round.
        """
        if self._due_s is None:
            self._due_s, self._views = time_s + AFTER_S, views()
        if time_s < self._due_s:
            return None
        view = next(self._views, None)
        if view is None:
            self._due_s, self._views = time_s + self._pause_s, views()
            self._pause_s = min(2.0 * self._pause_s, LONGEST_PAUSE_S)
        return view
