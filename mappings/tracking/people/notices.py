"""Notices about what the tracker found, each kind given once."""

from __future__ import annotations

from flame_model.notices import Say


class Notices:
    """Pass notices on to `say`, the first one of each kind.

    `still` is true where the source is a single picture.
    """

    def __init__(self, say: Say, still: bool) -> None:
        self._say, self._still = say, still
        self._given: set[str] = set()

    def once(self, kind: str, sentence: str) -> None:
        """Give a notice unless one of its kind was given."""
        if kind not in self._given:
            self._given.add(kind)
            self._say(sentence)

    def face_count(self, count: int) -> None:
        """Give notice of several faces and of the one that is used."""
        if count > 1 and self._still:
            self.once("several", f"{count} faces are in the picture; the largest is used")
        elif count > 1:
            self.once("several", f"{count} faces are seen; the nearest is followed")
