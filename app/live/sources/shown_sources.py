"""Build what shows one source after another in a live run, and do what each needs when it comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from app.live.recording.recordings import Recordings
from app.live.recording.take_recordings import TakeRecordings
from app.live.settings import LiveSettings
from app.live.sources.shown_window import window_title
from app.live.threads.startup import Startup
from app.live.threads.switch import SourceSwitch
from app.live.threads.workers import Workers
from app.live.timing_stats import Stats
from app.pipeline.backgrounds import shows_source
from app.pipeline.whole_source import has_pictures
from app.sources import Source
from flame_model.notices import Say
from mappings.motion.driver import Driver
from render.platform.window import Window

if TYPE_CHECKING:
    from app.live.panel.take_timeline import TakeTimeline

RECORDING_FPS = 30.0
"""Rate of a recording where the source does not state its own."""


def open_switch(
    startup: Startup,
    settings: LiveSettings,
    make_driver: Callable[[], Driver],
    *,
    stats: Stats,
    takes: TakeRecordings,
    say: Say,
    clock: Callable[[], float],
) -> SourceSwitch:
    """Return the switch whose first source `startup` opens; each source has a driver of its own."""

    def workers(startup: Startup) -> Workers:
        return Workers(startup, make_driver(), stats, say, clock, see=takes.see)

    return SourceSwitch(
        workers(startup), lambda spec: workers(Startup(replace(settings, source=spec), say, clock))
    )


class SourceBeginning:
    """What the parts of the window do when a source comes to be shown."""

    def __init__(
        self,
        window: Window,
        timeline: TakeTimeline,
        recordings: Recordings,
        takes: TakeRecordings,
        *,
        settings: LiveSettings,
        say: Say,
    ) -> None:
        self._window = window
        self._timeline = timeline
        self._recordings = recordings
        self._takes = takes
        self._settings = settings
        self._say = say
        self._first = True

    def __call__(self, source: Source) -> None:
        """Name the window after a source, show its timeline, and end the take of the one before it.

        A take that was asked for before the first source was open, and the recording of the whole run, begin
        with that. Raises OutputError.
        """
        if shows_source(self._settings.background) and not has_pictures(source):
            self._say(f"{source.name} has no pictures to show behind the head")
        self._window.title = window_title(source.name)
        self._timeline.attach(source)
        self._recordings.fps = source.fps or RECORDING_FPS
        if not self._first:
            self._takes.finish()
        elif self._settings.record is not None:
            self._recordings.start(self._settings.record)
        self._first = False
