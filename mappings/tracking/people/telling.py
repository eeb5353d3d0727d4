"""Tell a person what the tracker met, each thing once."""

from __future__ import annotations

from flame_model.notices import Say


class Telling:
    """Pass sentences on to `say`, one of each kind; `still` says that they are about a single picture."""

    def __init__(self, say: Say, still: bool) -> None:
        self._say, self._still = say, still
        self._told: set[str] = set()

    def once(self, kind: str, sentence: str) -> None:
        """Say the sentence unless one of its kind was said."""
        if kind not in self._told:
            self._told.add(kind)
            self._say(sentence)

    def faces(self, count: int) -> None:
        """Say how many faces there are, and which of them counts, where they are several."""
        if count > 1 and self._still:
            self.once("several", f"{count} faces are in the picture; the largest is used")
        elif count > 1:
            self.once("several", f"{count} faces are seen; the nearest is followed")
