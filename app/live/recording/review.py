"""The review of a recording that has ended: it loops in a corner, and buttons save, trim or repeat it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.live.recording.copies import Copies
from app.live.recording.looped_recording import LoopedRecording
from app.live.recording.trim_marks import TrimMarks
from app.recording.converting import Part
from app.recording.kept_files import beside
from app.recording.recorded_clip import READABLE
from app.system.desktop import show_in_folder
from app.system.terminal import printable
from flame_model.errors import GraphicsError, SourceError
from flame_model.notices import Say
from render.ui.file_dialog import SaveDialog
from render.ui.review import Review, ReviewAnswer, Trim

_BUTTONS = ("save as", "trim", "open folder", "copy path", "again", "close")
_TRIM_BUTTONS = ("begin here", "end here", "save part", "back")


class RecordingReview:
    """Shows one recording at a time; use it from the main thread."""

    def __init__(
        self, copies: Copies, *, again: Callable[[], object], copy_text: Callable[[str], object], say: Say
    ) -> None:
        """Call `again` for another recording, and `copy_text` for words that other programs can paste."""
        self._copies = copies
        self._again = again
        self._copy_text = copy_text
        self._say = say
        self._path: Path | None = None
        self._text = ""
        self._loop: LoopedRecording | None = None
        self._marks: TrimMarks | None = None
        """Begin and end of the part that is kept, while it is chosen."""
        self._dialog: SaveDialog | None = None

    @property
    def shown(self) -> bool:
        """Whether a recording is shown."""
        return self._loop is not None

    def show(self, path: Path, text: str) -> bool:
        """Show a recording with a sentence about it; return False where it cannot be played back."""
        self.close()
        if path.suffix.lower() not in READABLE or not path.is_file():
            return False
        try:
            self._loop = LoopedRecording(path)
        except SourceError:
            return False
        self._path, self._text = path, text
        return True

    def close(self) -> bool:
        """Stop showing the recording, or choosing a part of it first; return whether anything was shown."""
        if self._loop is None:
            return False
        self._loop.close()
        self._loop, self._marks = None, None
        return True

    def leave(self) -> bool:
        """Go one step back, as a person does who presses Esc; return whether there was one."""
        if self._marks is not None:
            self._end_trim()
            return True
        return self.close()

    def advance(self) -> str:
        """Go on with the dialog and the copies; return the status of the copies."""
        if self._dialog is not None and self._dialog.done:
            chosen, self._dialog = self._dialog.path, None
            if chosen and self._path is not None:
                self._save(Path(chosen))
        return self._copies.advance()

    def contents(self) -> Review | None:
        """Return what to draw, None while no recording is shown."""
        loop = self._loop
        if loop is None:
            return None
        text = printable(self._text if loop.error is None else str(loop.error))
        if loop.newest is None:
            return Review(text, self._words(), aspect=loop.aspect)
        time_s, picture = loop.newest
        trim = None if self._marks is None else Trim(time_s, loop.duration_s, *self._marks.part)
        return Review(text, self._words(), picture, loop.aspect, trim)

    def take(self, answer: ReviewAnswer) -> None:
        """Apply what the user did with the review in one picture."""
        if self._loop is None or self._path is None:
            return
        if self._marks is not None:
            if answer.begin_s is not None:
                self._marks.begin_at(answer.begin_s)
            elif answer.end_s is not None:
                self._marks.end_at(answer.end_s)
        if answer.button is not None:
            self._press(answer.button, self._loop, self._path)

    def release(self) -> None:
        """Close the dialog and the loop."""
        self.close()
        if self._dialog is not None:
            self._dialog.close()

    def _words(self) -> tuple[str, ...]:
        return _BUTTONS if self._marks is None else _TRIM_BUTTONS

    def _press(self, button: str, loop: LoopedRecording, path: Path) -> None:
        if self._marks is not None:
            self._press_trim(button, self._marks, loop, path)
            return
        match button:
            case "save as":
                self._choose(path)
            case "again":
                self.close()
                self._again()
            case "open folder":
                if not show_in_folder(path):
                    self._say(f"this system shows no folders; the recording is in {path.parent}")
            case "copy path":
                self._copy_text(str(path))
                self._say(f"copied {path}")
            case "trim":
                self._marks = TrimMarks(loop)
            case "close":
                self.close()

    def _press_trim(self, button: str, marks: TrimMarks, loop: LoopedRecording, path: Path) -> None:
        now_s = loop.newest[0] if loop.newest is not None else 0.0
        match button:
            case "begin here":
                marks.begin_at(now_s)
            case "end here":
                marks.end_at(now_s)
            case "save part":
                self._keep_part(path, marks.part)
            case "back":
                self._end_trim()

    def _end_trim(self) -> None:
        if self._marks is not None:
            self._marks.release()
        self._marks = None

    def _keep_part(self, path: Path, part: Part) -> None:
        """Write a part to a file of its own, and show that one then."""
        out = beside(path, "part", path.suffix)
        told = f"{part[1] - part[0]:.1f} s of {path.name} are kept as {out}"
        self._copies.start(path, out, part, lambda made: self._show_part(path, made, told))
        self._end_trim()

    def _show_part(self, path: Path, made: Path, text: str) -> None:
        if self.shown and self._path == path:
            self.show(made, text)

    def _choose(self, path: Path) -> None:
        """Ask where to save the recording; where the system cannot ask, a GIF beside it is what most want."""
        gif = beside(path, "", ".gif")
        try:
            self._dialog = self._dialog or SaveDialog("Save the recording as", gif)
        except GraphicsError:
            self._say(f"this system has no dialog for files (install zenity or kdialog); writing {gif}")
            self._save(gif)

    def _save(self, out: Path) -> None:
        if self._path is not None:
            self._copies.start(self._path, out if out.suffix else out.with_suffix(".gif"))
