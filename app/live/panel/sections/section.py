"""The contract of a section of the panel."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from app.live.threads.animating import LiveFrame
from render.ui.widgets import Answers, Widget

LOOK_EVERY = 60
"""Pictures between two looks at the disk, for sections that list files."""


class Section(ABC):
    """One section: it says what to draw, and does what the user asks; used on the main thread alone.

        class Volume(Section):
            title = "Sound"

            def __init__(self) -> None:
                self._loudness = 0.5

            def widgets(self) -> Sequence[Widget]:
                return (Slider("loudness", self._loudness, hint="how loud it is"), Buttons(("mute",)))

            def take(self, answers: Answers) -> None:
                self._loudness = answers.moved.get("loudness", self._loudness)
                if answers.pressed == "mute":
                    self._loudness = 0.0

    Sections stand in the list that `app.live.panel.side_panel` is made with, in the order of the window. What
    another thread owns, such as driver and tracker, is changed by a request (`app.live.threads.requests`).
    """

    title: ClassVar[str]

    @abstractmethod
    def widgets(self) -> Sequence[Widget]:
        """Return what to draw now; called for every picture while the section is unfolded, so be quick."""

    @abstractmethod
    def take(self, answers: Answers) -> None:
        """Apply what the user has just done.

        It is called whenever the section was drawn, mostly with empty answers, and once with empty ones when
        it is folded or the panel is closed: whatever was held is then let go.
        """

    def see(self, frame: LiveFrame) -> None:  # noqa: B027
        """Take note of the frame that is shown from now on; only sections that show something of it do."""
