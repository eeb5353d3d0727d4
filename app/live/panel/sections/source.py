"""The section Source: which camera, clip or take moves the head, and whether it is mirrored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.live.keys import Action, hint
from app.live.panel.sections.section import Section
from app.live.sources.camera_watch import CameraWatch
from app.live.sources.source_choice import DEMO, SourceChoice
from app.live.threads.animating import LiveFrame
from app.system.terminal import printable
from render.ui.widgets import Answers, Buttons, Choice, Switch, Table, Text, Widget

CAMERA, MIRROR = "camera", "mirror"
BUTTONS = OPEN, SHOW_DEMO = ("open a file", "the demo")
_HINTS = ("a clip, picture or take; files can be dropped onto the window too", "the take of the program")


class SourceSection(Section):
    """Chooses among cameras by their names, files and the demo."""

    title = "Source"

    def __init__(
        self,
        sources: SourceChoice,
        watch: CameraWatch,
        *,
        do: Callable[[Action], object],
        keep: Callable[[str, object], object],
    ) -> None:
        """Choose by `sources` and `do`; `keep` gets what later runs shall use."""
        self._sources = sources
        self._watch = watch
        self._do = do
        self._keep = keep
        self._mirrored = False

    def see(self, frame: LiveFrame) -> None:
        """Learn whether the source is mirrored."""
        self._mirrored = frame.mirrored

    def widgets(self) -> Sequence[Widget]:
        """Return the name of the source, the cameras, the buttons and the switch."""
        self._watch.start()
        shown = printable(self._sources.shown)
        names = [camera.name for camera in self._watch.cameras or ()]
        looked = self._watch.cameras is not None
        cameras: Widget = Text("No camera is connected." if looked else "Looking for cameras.")
        if names:
            cameras = Choice(CAMERA, tuple(dict.fromkeys(names)), self._sources.camera)
        return (
            Table((("shown", shown or "nothing yet"),)),
            cameras,
            Buttons(BUTTONS, _HINTS),
            Switch(MIRROR, self._mirrored, hint(Action.MIRROR)),
        )

    def take(self, answers: Answers) -> None:
        """Open what was chosen, or mirror."""
        if CAMERA in answers.chosen:
            name = answers.chosen[CAMERA]
            indices = [each.index for each in self._watch.cameras or () if each.name == name]
            if indices:
                self._sources.choose(str(indices[0]))
                # An index may belong to another camera tomorrow; of two alike it is all there is.
                self._keep("source", name if len(indices) == 1 else str(indices[0]))
        if MIRROR in answers.switched:
            self._do(Action.MIRROR)
            if self._sources.camera:
                # Cameras are mirrored unless told otherwise; other sources are mirrored for a run only.
                self._keep("mirror", None if answers.switched[MIRROR] else False)
        if answers.pressed == OPEN:
            self._sources.open_dialog()
        elif answers.pressed == SHOW_DEMO:
            self._sources.choose(DEMO)
