"""Tell a person what the tracker met, each thing once."""

from __future__ import annotations

from collections.abc import Callable

Say = Callable[[str], object]


class Telling:
    """Pass sentences on to `say`, one of each kind."""

    def __init__(self, say: Say) -> None:
        self._say = say
        self._told: set[str] = set()

    def once(self, kind: str, sentence: str) -> None:
        """Say the sentence unless one of its kind was said."""
        if kind not in self._told:
            self._told.add(kind)
            self._say(sentence)
