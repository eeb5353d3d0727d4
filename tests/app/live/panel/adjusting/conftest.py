"""The built-in head, and what a user adjusts of it."""

from __future__ import annotations

import pytest

from app.model.animated_head import AnimatedHead
from tests.app.live.panel.adjusting.adjusting import Adjusting


@pytest.fixture(scope="module")
def animated() -> AnimatedHead:
    return AnimatedHead.load("builtin", solver="scores")


@pytest.fixture
def adjusting(animated: AnimatedHead) -> Adjusting:
    return Adjusting(animated)
