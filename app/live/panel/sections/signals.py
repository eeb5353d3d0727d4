"""The section for signals: live bars of what is shown, which can be held, muted and made stronger."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.live.panel.sections.parameter_bars import parameter_bars
from app.live.panel.sections.section import Section
from app.live.panel.user_adjustments import UserAdjustments
from app.live.threads.animating import LiveFrame
from flame_model.head import Head
from mappings.adjusting.parts import PARTS, STRONGEST
from mappings.signals import SHOWN_INDEX, SHOWN_NAMES, mirrored_name
from render.ui.widgets import Answers, Bar, Buttons, Choice, Slider, Switch, Text, Widget

PART, GAIN, MUTE, KEEP = "part", "gain", "mute", "keep held"
PARAMETERS = "parameters"
LET_GO, PLAIN = "let all go", "gains 1"
SIGNALS: Mapping[str, tuple[str, ...]] = {
    part: tuple(name for name in SHOWN_NAMES if name.startswith(begins)) for part, begins in PARTS.items()
}
"""The signals of each part; only `_neutral` is in none."""


class SignalsSection(Section):
    """Bars of one part's signals, or of the head's parameters.

    A bar shows the signal as the head shows it. While it is dragged, the signal is held at the bar's value;
    with `keep held` also after that. The signal whose bar was touched last has a gain and can be muted: both
    belong to the person's own sides, so that in mirrored pictures those of the other side are shown.
    """

    title = "Signals"

    def __init__(self, adjustments: UserAdjustments, head: Callable[[], Head]) -> None:
        """Show and change these adjustments, and the parameters of the head that is shown then."""
        self._adjustments = adjustments
        self._head = head
        self._part = next(iter(SIGNALS))
        self._touched = SIGNALS[self._part][0]
        self._dragged = ""
        self._keep = False
        self._frame: LiveFrame | None = None

    def see(self, frame: LiveFrame) -> None:
        """Show the signals of this frame."""
        self._frame = frame

    def widgets(self) -> Sequence[Widget]:
        """Return the choice of a part, what concerns the signal touched last, and the bars of the part."""
        choice = Choice(PART, (*SIGNALS, PARAMETERS), self._part, "whose bars are shown")
        if self._part == PARAMETERS:
            params = None if self._frame is None else self._frame.params
            return (choice, *parameter_bars(self._head(), params))
        now, own = self._adjustments.now, self._own_side
        return (
            choice,
            Text(self._touched, quiet=False),
            Slider(GAIN, now.gains.get(own, 1.0), 0.0, STRONGEST, hint="how strongly this signal counts"),
            Switch(MUTE, own in now.muted, "keep this signal at rest"),
            Switch(KEEP, self._keep, "signals that were dragged stay as they are until they are let go"),
            Buttons((LET_GO, PLAIN), ("let held signals and expressions go (F9)", "no gains, nothing muted")),
            *self._bars(),
            *self._words(),
        )

    def take(self, answers: Answers) -> None:
        """Hold what is dragged, let go what is not any more, and change gains."""
        self._hold(answers)
        if answers.chosen:
            self._part = answers.chosen.get(PART, self._part)
            self._touched = SIGNALS.get(self._part, (self._touched,))[0]
        now, own = self._adjustments.now, self._own_side
        if GAIN in answers.moved:
            self._adjustments.change(replace(now, gains={**now.gains, own: answers.moved[GAIN]}))
        if MUTE in answers.switched:
            muted = now.muted | {own} if answers.switched[MUTE] else now.muted - {own}
            self._adjustments.change(replace(now, muted=muted))
        self._keep = answers.switched.get(KEEP, self._keep)
        if answers.pressed == LET_GO:
            self._adjustments.let_go()
        elif answers.pressed == PLAIN:
            self._adjustments.change(replace(now, gains={}, muted=frozenset()))

    @property
    def _own_side(self) -> str:
        """The signal touched last, by the person's own side."""
        mirrored = self._frame is not None and self._frame.mirrored
        return mirrored_name(self._touched) if mirrored else self._touched

    def _hold(self, answers: Answers) -> None:
        if self._dragged and answers.held != self._dragged:
            if not self._keep:
                self._adjustments.release(self._dragged)
            self._dragged = ""
        if answers.held in SHOWN_INDEX:
            self._touched = answers.held
        for name, value in answers.moved.items():
            if name in SHOWN_INDEX:
                self._touched = self._dragged = name
                self._adjustments.hold(name, min(max(value, 0.0), 1.0))

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
