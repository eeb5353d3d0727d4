"""Show another source in the live window: a chosen one, a dropped file, or the demo in its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

from app.live.sources.camera_watch import CameraWatch
from app.live.sources.source_question import SourceQuestion
from app.live.threads.switch import SourceSwitch
from app.sources import Source
from app.sources.contract import ACCEPTED, NoCameraError
from flame_model.errors import FlameCamError, GraphicsError
from flame_model.notices import Say
from render.ui.file_dialog import FileDialog

DEMO = "demo"
NO_CAMERA = "No camera was found."
FELL_BACK = "This is the demo. A camera that is connected now is used at once."


class SourceChoice:
    """Opens what the user chooses, and asks where that is needed; use it from the main thread."""

    def __init__(
        self,
        switch: SourceSwitch,
        watch: CameraWatch,
        *,
        fall_back: bool,
        begin: Callable[[Source], object],
        say: Say,
    ) -> None:
        """Call `begin` with each source that comes to be shown.

        With `fall_back`, the demo replaces a first source that cannot be opened, and the user is asked.
        """
        self.question = SourceQuestion(watch, choose=self.choose, open_file=self.open_dialog)
        self._switch = switch
        self._watch = watch
        self._fall_back = fall_back
        self._begin = begin
        self._say = say
        self._waits_for_camera = False
        self._dialog: FileDialog | None = None
        self.shown = ""
        """Name of the source that is shown, "" before the first."""
        self.camera = ""
        """Name of the camera that is shown, "" for other sources."""

    def advance(self) -> bool:
        """Go on with what was chosen; return whether another source has just come to be shown.

        Raises what kept the first source from opening, unless the demo replaces it.
        """
        self._take_file()
        self._see_cameras()
        try:
            source = self._switch.advance()
        except (FlameCamError, OSError, UnicodeError) as error:
            self._refuse(error)
            return False
        if source is None:
            return False
        self.question.kept = "the demo" if source.name == DEMO else source.name
        self.shown = source.name
        self.camera = source.name if source.is_camera else ""
        self._begin(source)
        return True

    def choose(self, spec: str) -> None:
        """Open a source in place of the one that is shown, and stop asking."""
        # Whoever chooses in the window is asked there again, also before the first source is open.
        self._fall_back, self._waits_for_camera = True, False
        self.question.close()
        self._switch.change(spec)

    def drop(self, paths: Sequence[str]) -> None:
        """Open the first of the files that were dropped onto the window."""
        if len(paths) > 1:
            self._say(f"only the first of {len(paths)} files is opened: {Path(paths[0]).name}")
        # An absolute path is a file, whatever it is called; "demo" alone would be the take.
        self.choose(str(Path(paths[0]).absolute()))

    def toggle(self) -> None:
        """Ask which source to show, or stop asking."""
        if not self.close():
            self.question.ask("What moves the head?")

    def close(self) -> bool:
        """Keep the source that is shown; return whether anything was asked."""
        self._waits_for_camera = False
        return self.question.close()

    def release(self) -> None:
        """Close the dialog."""
        if self._dialog is not None:
            self._dialog.close()

    def _refuse(self, error: Exception) -> None:
        """Tell why a source cannot be shown, and offer others. Raises the error of a first source."""
        first = not self.question.kept
        if first and not self._fall_back:
            raise error
        none = isinstance(error, NoCameraError)
        self.question.ask(NO_CAMERA if none else shortened(str(error)), FELL_BACK if first else "")
        if first:
            # Where not even the demo can be shown, there is nothing to go back to.
            self._fall_back, self._waits_for_camera = False, True
            self._switch.change(DEMO)

    def _see_cameras(self) -> None:
        for camera in self._watch.connected():
            if self._waits_for_camera:
                self.choose(str(camera.index))
            else:
                self._say(f"{camera.name} is connected; press O to choose it")

    def open_dialog(self) -> None:
        """Open the system's dialog for files, whose answer `advance` takes."""
        try:
            self._dialog = self._dialog or FileDialog("Open a clip, a picture or a take")
        except GraphicsError as error:
            self.question.ask(str(error))

    def _take_file(self) -> None:
        """Open the file that was chosen in the dialog, once it is done."""
        if self._dialog is not None and self._dialog.done:
            path, self._dialog = self._dialog.path, None
            if path is not None:
                self.choose(path)


def shortened(text: str) -> str:
    """Return the sentence of an error without what a command line takes as a source."""
    return re.sub(rf"[;.,][^;.,]*{re.escape(ACCEPTED)}\.?", ".", text)
