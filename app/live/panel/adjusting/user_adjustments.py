"""The adjustments that keys and panel make while a run goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from app.live.keys import EXPRESSION_KEYS, LET_GO_KEY
from app.live.threads.requests import Request
from app.model.animated_head import AnimatedHead
from flame_model.notices import Say
from mappings.adjusting.adjustments import AS_TRACKED, Adjustments
from mappings.adjusting.visible import missing_signal


class UserAdjustments:
    """What is adjusted now; use it from the main thread. Every change is sent to the tracking thread."""

    def __init__(
        self,
        animated: Callable[[], AnimatedHead],
        adjustments: Adjustments = AS_TRACKED,
        *,
        ask: Callable[[Request], object],
        keep: Callable[[str, object], object] = lambda *_: None,
        say: Say,
    ) -> None:
        """Begin with the adjustments that drivers are made with.

        `animated` returns the head that is shown; `ask` sends requests to its driver, and `keep` gets what
        later runs shall use: strengths, gains and muted signals.
        """
        self.now = adjustments
        self._animated = animated
        self._ask = ask
        self._keep = keep
        self._say = say

    def change(self, adjustments: Adjustments) -> None:
        """Adjust by these from the next frame on."""
        if adjustments == self.now:
            return
        for name in ("strengths", "gains"):
            before, after = getattr(self.now, name), getattr(adjustments, name)
            for key in {*before, *after}:
                value = round(after.get(key, 1.0), 3)
                if value != before.get(key, 1.0):
                    self._keep(f"{name}.{key}", None if value == 1.0 else value)
        if adjustments.muted != self.now.muted:
            self._keep("muted", sorted(adjustments.muted) or None)
        self.now = adjustments
        self._ask(lambda _, driver: driver.adjust(adjustments))

    def press(self, key: str) -> bool:
        """Do what an expression key stands for; return False for another key."""
        if key == LET_GO_KEY:
            self.let_go()
        elif key in EXPRESSION_KEYS:
            self.toggle(EXPRESSION_KEYS[key])
        else:
            return False
        return True

    def toggle(self, expression: str) -> None:
        """Show an expression, or let it go; a notice says where the head cannot show it."""
        shown = self.now.expressions
        if expression not in shown:
            animated = self._animated()
            missing = missing_signal(animated.head, animated.signals, expression)
            if missing is not None:
                self._say(f"the head {animated.head.name} has no {missing}, so it cannot show: {expression}")
                return
        self.change(replace(self.now, expressions=shown ^ {expression}))

    def hold(self, signal: str, value: float) -> None:
        """Show a signal at a value, whatever is tracked."""
        self.change(replace(self.now, held={**self.now.held, signal: value}))

    def hold_parameter(self, name: str, value: float) -> None:
        """Keep a parameter of the head at a value."""
        self.change(replace(self.now, parameters={**self.now.parameters, name: value}))

    def release(self, name: str) -> None:
        """Let a held signal or parameter go."""
        self.change(
            replace(
                self.now, held=_without(self.now.held, name), parameters=_without(self.now.parameters, name)
            )
        )

    def let_go(self) -> None:
        """Let all expressions go, and all that is held."""
        self.change(replace(self.now, held={}, parameters={}, expressions=frozenset()))

    @property
    def words(self) -> str:
        """The expressions that are shown, "" where there are none."""
        return ", ".join(each for each in EXPRESSION_KEYS.values() if each in self.now.expressions)


def _without(values: Mapping[str, float], name: str) -> dict[str, float]:
    return {each: value for each, value in values.items() if each != name}
