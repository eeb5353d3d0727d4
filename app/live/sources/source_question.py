"""The question which source to show: its sentence, its buttons, and what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.live.sources.camera_watch import CameraWatch
from app.system.terminal import printable
from render.ui.question import Question

if TYPE_CHECKING:
    from app.sources.feeds.camera import Camera

CAMERA, FILE, BACK = "choose a camera", "open a clip or picture", "back"
MOST_CAMERAS = 8
"""Cameras that can be chosen by a key; further ones are left to --source."""
_LONGEST = 40
"""Letters of a name on a button."""
_DETAIL = "Files can be dropped onto this window too."


class SourceQuestion:
    """What the window asks: a sentence with three buttons, or a list of cameras."""

    def __init__(
        self, watch: CameraWatch, *, choose: Callable[[str], object], open_file: Callable[[], object]
    ) -> None:
        """Call `choose` with the index of a chosen camera, and `open_file` where a file is asked for."""
        self._watch = watch
        self._choose = choose
        self._open_file = open_file
        self._text: str | None = None
        self._detail = ""
        self._listing = False
        self.kept = ""
        """Name of the source that goes on where no other one is chosen; "" while there is none."""

    @property
    def asked(self) -> bool:
        """Whether the question is in the window."""
        return self._text is not None

    def ask(self, text: str, detail: str = "") -> None:
        """Put the question with this sentence, and more words in smaller letters."""
        self._watch.start()
        self._text, self._detail, self._listing = text, detail, False

    def close(self) -> bool:
        """Stop asking; return whether anything was asked."""
        asked, self._text = self.asked, None
        return asked

    def contents(self) -> Question | None:
        """Return what to draw, None where nothing is asked."""
        if self._text is None:
            return None
        text = self._cameras_text() if self._listing else self._text
        return Question(printable(text), self._buttons(), f"{self._detail} {_DETAIL}".strip())

    def press(self, key: str) -> bool:
        """Press the button that has this key; return False where none has it."""
        if not self.asked or key not in tuple("123456789") or int(key) > len(self._buttons()):
            return False
        self.answer(int(key) - 1)
        return True

    def answer(self, number: int) -> None:
        """Do what a button stands for."""
        button = self._buttons()[number]
        last = number == len(self._buttons()) - 1
        if self._listing and not last:
            self._choose(str(self._cameras[number].index))
        elif button == FILE:
            self._open_file()
        elif last and not self._listing:
            self.close()
        else:
            self._listing = not self._listing

    @property
    def _cameras(self) -> Sequence[Camera]:
        return (self._watch.cameras or ())[:MOST_CAMERAS]

    def _cameras_text(self) -> str:
        if self._watch.cameras is None:
            return "Looking for cameras."
        return "Which camera?" if self._cameras else "No camera was found; connect one to see it here."

    def _buttons(self) -> tuple[str, ...]:
        if self._listing:
            return (*(_clipped(camera.name) for camera in self._cameras), BACK)
        return CAMERA, FILE, f"keep {_clipped(self.kept)}" if self.kept else BACK


def _clipped(name: str) -> str:
    clean = printable(name)
    return clean if len(clean) <= _LONGEST else f"{clean[: _LONGEST - 3]}..."
