"""What the window shows is chosen by name or by a key."""

from __future__ import annotations

from app.live.panel.named_choice import NamedChoice
from flame_model.errors import InputError
from render.looks.names import CLAY, LOOK_NAMES, POINTS, STUDIO, TOON


class Shown:
    """A choice of looks for a head that lacks what one of them shows."""

    def __init__(self, name: str, lacking: str = "") -> None:
        self.shown: list[str] = []
        self.said: list[str] = []
        self.lacking = lacking
        self.choice = NamedChoice(
            "look", LOOK_NAMES, name, setting="look", show=self.show, say=self.said.append
        )

    def show(self, name: str) -> None:
        if name == self.lacking:
            raise InputError(f"no {name} here")
        self.shown.append(name)


def test_the_key_goes_through_all_looks_and_says_their_names() -> None:
    window = Shown(STUDIO)
    for _ in LOOK_NAMES:
        window.choice.next()
    assert window.shown == [*LOOK_NAMES[1:], STUDIO]
    assert window.said[0] == f"look: {LOOK_NAMES[1]}"


def test_a_look_that_the_head_cannot_have_is_told_and_skipped() -> None:
    window = Shown(TOON, lacking=POINTS)
    window.choice.next()
    assert window.shown == [STUDIO]
    assert window.said == [f"no {POINTS} here", f"look: {STUDIO}"]


def test_the_panel_shows_what_was_chosen() -> None:
    window = Shown(STUDIO, lacking=POINTS)
    window.choice.show(CLAY)
    assert window.choice.choice().chosen == CLAY
    window.choice.show(POINTS)
    assert window.choice.choice().chosen == CLAY
