"""The section for signals: live bars of what is shown, which can be held, muted and made stronger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.live.panel.adjusting.drag_to_hold import DragToHold
from app.live.panel.adjusting.user_adjustments import UserAdjustments
from app.live.panel.sections.section import Section
from app.live.threads.animating import LiveFrame
from mappings.adjusting.parts import PARTS, STRONGEST
from mappings.signals import SHOWN_INDEX, SHOWN_NAMES, mirrored_name
from render.ui.widgets import Answers, Bar, Buttons, Choice, Slider, Switch, Text, Widget

PART, GAIN, MUTE = "part", "gain", "mute"
LET_GO, PLAIN = "let all go", "gains 1"
_LET_GO_HINT = "let all that is held and expressions go (F9)"
SIGNALS: Mapping[str, tuple[str, ...]] = {
    part: tuple(name for name in SHOWN_NAMES if name.startswith(begins)) for part, begins in PARTS.items()
}
"""The signals of each part; only `_neutral` is in none."""


class SignalsSection(Section):
    """Bars of one part's signals.

    A bar shows the signal as the head shows it. While it is dragged, the signal is held at the bar's value;
    with `keep held` also after that. The signal whose bar was touched last has a gain and can be muted: both
    belong to the person's own sides, so that in mirrored pictures those of the other side are shown.
    """

    title = "Signals"

    def __init__(self, adjustments: UserAdjustments) -> None:
        """Show and change these adjustments."""
        self._adjustments = adjustments
        self._part = next(iter(SIGNALS))
        self._touched = SIGNALS[self._part][0]
        self._drag = DragToHold(adjustments.hold, adjustments.release)
        self._frame: LiveFrame | None = None

    def see(self, frame: LiveFrame) -> None:
        """Show the signals of this frame."""
        self._frame = frame

    def widgets(self) -> Sequence[Widget]:
        """Return the choice of a part, what concerns the signal touched last, and the bars of the part."""
        now, own = self._adjustments.now, self._own_side
        return (
            Choice(PART, tuple(SIGNALS), self._part, "whose bars are shown"),
            Text(self._touched, quiet=False),
            Slider(GAIN, now.gains.get(own, 1.0), 0.0, STRONGEST, hint="how strongly this signal counts"),
            Switch(MUTE, own in now.muted, "keep this signal at rest"),
            self._drag.switch(),
            Buttons((LET_GO, PLAIN), (_LET_GO_HINT, "no gains, nothing muted")),
            *self._bars(),
            *self._words(),
        )

    def take(self, answers: Answers) -> None:
        """Hold what is dragged, let go what is not any more, and change gains."""
        self._drag.take(answers, SHOWN_INDEX)
        touched = (*answers.moved, answers.held)
        self._touched = next((name for name in touched if name in SHOWN_INDEX), self._touched)
        if PART in answers.chosen:
            self._part = answers.chosen[PART]
            self._touched = SIGNALS[self._part][0]
        now, own = self._adjustments.now, self._own_side
        if GAIN in answers.moved:
            self._adjustments.change(replace(now, gains={**now.gains, own: answers.moved[GAIN]}))
        if MUTE in answers.switched:
            muted = now.muted | {own} if answers.switched[MUTE] else now.muted - {own}
            self._adjustments.change(replace(now, muted=muted))
        if answers.pressed == LET_GO:
            self._adjustments.let_go()
        elif answers.pressed == PLAIN:
            self._adjustments.change(replace(now, gains={}, muted=frozenset()))

    @property
    def _own_side(self) -> str:
        """The signal touched last, by the person's own side."""
        mirrored = self._frame is not None and self._frame.mirrored
        return mirrored_name(self._touched) if mirrored else self._touched

    def _bars(self) -> Sequence[Bar]:
        seen = None if self._frame is None else self._frame.seen
        bars = []
        for name in SIGNALS[self._part]:
            tracked, shown = (0.0, 0.0) if seen is None else (float(row[SHOWN_INDEX[name]]) for row in seen)
            bars.append(Bar(name, shown, draggable=True, hint=f"tracked {tracked:.2f}; drag to hold it"))
        return bars

    def _words(self) -> Sequence[Text]:
        """Return what is held, muted or has a gain, by the head's sides."""
        now = self._adjustments.now
        side = mirrored_name if self._frame is not None and self._frame.mirrored else str
        gains = (f"{side(name)} {gain:.2f}" for name, gain in now.gains.items() if gain != 1.0)
        lists = (("held", now.held), ("muted", map(side, sorted(now.muted))), ("gain", gains))
        return [Text(f"{what}: {words}") for what, names in lists if (words := ", ".join(names))]
