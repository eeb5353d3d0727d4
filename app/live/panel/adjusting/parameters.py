"""The section Parameters: live bars of the head's parameters, which can be held."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.live.panel.adjusting.drag_to_hold import DragToHold
from app.live.panel.adjusting.parameter_bars import ParameterBar, parameter_bars
from app.live.panel.adjusting.user_adjustments import UserAdjustments
from app.live.panel.sections.section import Section
from app.live.threads.animating import LiveFrame
from flame_model.head import Head
from render.ui.widgets import Answers, Buttons, Widget

LET_GO = "let all go"


class ParametersSection(Section):
    """Bars of the head's turns, lids, place and expression as they are drawn."""

    title = "Parameters"

    def __init__(self, adjustments: UserAdjustments, head: Callable[[], Head]) -> None:
        """Show the parameters of the head that is shown, and hold them by these adjustments."""
        self._adjustments = adjustments
        self._head = head
        self._known: tuple[Head, dict[str, ParameterBar]] | None = None
        self._drag = DragToHold(self._hold, self._release)
        self._frame: LiveFrame | None = None

    def see(self, frame: LiveFrame) -> None:
        """Show the parameters of this frame."""
        self._frame = frame

    def widgets(self) -> Sequence[Widget]:
        """Return the bars, empty before the first frame."""
        buttons = Buttons((LET_GO,), ("let all that is held and expressions go (F9)",))
        params = None if self._frame is None else self._frame.params
        bars = () if params is None else (each.bar(params) for each in self._bars().values())
        return (self._drag.switch(), buttons, *bars)

    def take(self, answers: Answers) -> None:
        """Hold what is dragged."""
        self._drag.take(answers, self._bars().keys())
        if answers.pressed == LET_GO:
            self._adjustments.let_go()

    def _bars(self) -> dict[str, ParameterBar]:
        """Return the bars of the head that is shown, by label."""
        head = self._head()
        if self._known is None or self._known[0] is not head:
            self._known = head, {each.label: each for each in parameter_bars(head)}
        return self._known[1]

    def _hold(self, label: str, value: float) -> None:
        bar = self._bars()[label]
        self._adjustments.hold_parameter(bar.name, value * bar.unit)

    def _release(self, label: str) -> None:
        if label in self._bars():
            self._adjustments.release(self._bars()[label].name)
