"""Adjustments of a run with what they asked of the tracking thread and said to the user."""

from __future__ import annotations

from app.live.panel.adjusting.user_adjustments import UserAdjustments
from app.live.threads.requests import Request
from app.model.animated_head import AnimatedHead
from mappings.adjusting.adjustments import Adjustments
from mappings.motion.placement import Placement


class Adjusting:
    """The user's adjustments of a head, whose driver gets what they ask for."""

    def __init__(self, animated: AnimatedHead, adjustments: Adjustments | None = None) -> None:
        self.said: list[str] = []
        self.asked = 0
        self.driver = animated.driver(Placement(), adjustments=adjustments or Adjustments())
        self.kept: dict[str, object] = {}
        self.user = UserAdjustments(
            lambda: animated,
            adjustments or Adjustments(),
            ask=self._ask,
            keep=self.kept.__setitem__,
            say=self.said.append,
        )

    def _ask(self, request: Request) -> None:
        self.asked += 1
        request(None, self.driver)  # type: ignore[arg-type]
