"""The main loop of the live window: handle events and draw the newest live frame."""

from __future__ import annotations

import math
from collections.abc import Callable

from app.live.calibration_guide import Guide
from app.live.keys import ACTIONS, Action, key_help
from app.live.notices import Notices
from app.live.panel.face_panel import FacePanel
from app.live.panel.named_choice import NamedChoice
from app.live.panel.take_timeline import TakeTimeline
from app.live.recordings import Recordings
from app.live.screen import Screen
from app.live.take_recordings import TakeRecordings
from app.live.threads.animating import LiveFrame
from app.live.threads.slot import SlotClosed
from app.live.threads.workers import Workers
from app.live.timing_stats import Stats, Timing, seconds_since_process_start
from app.pipeline.observer import Observer
from app.sources import Source
from app.system.terminal import printable
from flame_model.arrays import Picture
from mappings.motion.driver import Driver
from render.platform.events import Event, KeyPressed, Pointed
from render.platform.window import Window
from render.ui.banner import Banner
from render.ui.overlay import OverlayState

WAIT_S = 0.008
"""Longest wait for a live frame before the window's events are polled again."""
GOODBYE_S = 3.0
"""Time to read the result of a calibration before its window closes."""
IDLE_REDRAW_S = 0.25
"""Time between pictures while no live frames come: words change, and windows are uncovered."""


class Loop:
    """Shows live frames in a window until the user, the time limit or the source ends the run."""

    def __init__(
        self,
        *,
        window: Window,
        screen: Screen,
        workers: Workers,
        guide: Guide,
        face_panel: FacePanel,
        looks: NamedChoice,
        recordings: Recordings,
        takes: TakeRecordings,
        timeline: TakeTimeline,
        notices: Notices,
        stats: Stats,
        begin: Callable[[Source], object],
        clock: Callable[[], float],
    ) -> None:
        """Keep the parts of the run; `begin` is called once, as soon as the source is open."""
        self._window = window
        self._screen = screen
        self._workers = workers
        self._recordings = recordings
        self._takes = takes
        self._timeline = timeline
        self._guide = guide
        self._face_panel = face_panel
        self._looks = looks
        self._notices = notices
        self._stats = stats
        self._begin: Callable[[Source], object] | None = begin
        self._clock = clock
        self._shown: LiveFrame | None = None
        self._drawn_s = -IDLE_REDRAW_S
        self._paused = False
        self._show_keys = False
        self._end_s = math.inf
        self._close_when_calibrated = False

    def run(self, exit_after_s: float | None, calibrate: bool = False) -> None:
        """Start the workers and return when the run is over. Raises the exception that ended a worker.

        With `calibrate`, a calibration begins with the first frame and ends the run. The head at rest is
        drawn once before the workers start, so that the graphics driver does not compile shaders while frames
        are waiting.
        """
        if exit_after_s is not None:
            self._end_s = self._clock() + exit_after_s
        self._draw()
        self._workers.start()
        if calibrate:
            self._guide.start()
            self._close_when_calibrated = True
        while not self._window.should_close and self._clock() < self._end_s:
            reactions = [self._react(event) for event in self._window.poll()]
            try:
                live_frame = self._workers.live_frames.take(WAIT_S)
            except SlotClosed:
                self._workers.raise_failure()
                return
            self._begin_once()
            if live_frame is not None and not (self._paused and live_frame.fresh):
                self._show(live_frame)
            elif any(reactions) or self._clock() - self._drawn_s > IDLE_REDRAW_S:
                self._draw()

    def _begin_once(self) -> None:
        source = self._workers.source
        if source is not None and self._begin is not None:
            self._begin(source)
            self._begin = None
            if self._paused and self._timeline.do(Action.PAUSE):
                # The take is paused in place of the picture.
                self._pause(False)

    def _show(self, live_frame: LiveFrame) -> None:
        """Draw a new live frame, measure it, and record it where a recording runs."""
        self._shown = live_frame
        if self._guide.see(live_frame) and self._close_when_calibrated:
            self._end_s = self._clock() + GOODBYE_S
        begun_s = self._clock()
        picture = self._draw(record=self._recordings.wants(live_frame.time_s))
        shown_s = self._drawn_s
        if self._stats.startup_s is None:
            self._stats.startup_s = seconds_since_process_start()
        if live_frame.fresh:
            draw_ms, latency_ms = 1e3 * (shown_s - begun_s), 1e3 * (shown_s - live_frame.time_s)
            self._stats.add(Timing(live_frame.tracker_ms, live_frame.mapping_ms, draw_ms, latency_ms))
        if picture is not None:
            self._recordings.offer(picture, live_frame.time_s)

    def _draw(self, record: bool = False) -> Picture | None:
        picture = self._screen.draw(self._shown, self._words(), record)
        if self._screen.answer is not None:
            self._face_panel.take(self._screen.answer)
        if self._screen.timeline_answer is not None:
            self._timeline.take(self._screen.timeline_answer)
        self._window.swap()
        self._drawn_s = self._clock()
        self._stats.render.tick(self._drawn_s)
        return picture

    def _words(self) -> OverlayState:
        shown = self._shown
        states = (
            self._awaited() if shown is None else shown.lost,
            "no face" if shown is not None and shown.observation is None and not shown.lost else "",
            self._recordings.status(self._clock()),
            self._takes.status(),
            "paused" if self._paused or self._timeline.paused else "",
        )
        readouts = (
            ("picture", f"{self._stats.render.recent():.0f} fps"),
            ("tracker", f"{self._stats.track.recent():.0f} fps"),
            ("latency", f"{self._stats.recent_latency_ms():.0f} ms"),
            ("keys", "H"),
            *self._timeline.hint,
        )
        notices = (*map(printable, filter(None, states)), *self._notices.current())
        return OverlayState(
            readouts,
            notices,
            key_help(self._timeline.available),
            self._show_keys,
            self._banner(),
            self._face_panel.panel(),
            self._timeline.contents(),
        )

    def _awaited(self) -> str:
        """Return what the first live frame waits for."""
        return "starting the tracker" if self._begin is None else f"opening {self._workers.source_name}"

    def _banner(self) -> Banner | None:
        prompt = self._guide.prompt
        return None if prompt is None else Banner(prompt.title, prompt.detail, prompt.steps, prompt.progress)

    def _react(self, event: Event) -> bool:
        """Handle an event; return whether it may change the picture."""
        if not isinstance(event, KeyPressed):
            self._screen.use_mouse(event)
        elif event.name in ACTIONS:
            self._do(ACTIONS[event.name])
        return self._face_panel.shown or self._timeline.shown or not isinstance(event, Pointed)

    def _do(self, action: Action) -> None:
        """Do what a key stands for; what changes observer or driver becomes a request."""
        if self._timeline.do(action):
            return
        ask = self._workers.requests.ask
        match action:
            case Action.MIRROR:
                self._guide.stop()
                ask(_toggle_mirror)
            case Action.CALIBRATE:
                self._calibrate()
            case Action.RECENTRE:
                ask(self._recentre)
            case Action.NEUTRAL:
                ask(self._set_neutral)
            case Action.RECORD:
                self._recordings.toggle()
            case Action.TAKE:
                self._takes.toggle()
            case Action.SCREENSHOT:
                self._recordings.screenshot(self._screen.picture(self._shown))
            case Action.PAUSE:
                self._pause(not self._paused)
            case Action.BACK if self._guide.prompt:
                self._guide.stop()
            case Action.QUIT | Action.BACK:
                self._window.close()
            case _:
                self._change_view(action)

    def _calibrate(self) -> None:
        if self._guide.prompt:
            self._guide.stop()
            return
        # A calibration needs moving pictures.
        self._pause(False)
        self._timeline.play()
        self._guide.start()

    def _pause(self, paused: bool) -> None:
        """Hold the frame that is shown, which keys then act on, or go on."""
        self._paused = paused
        self._workers.requests.held = self._shown if paused else None

    def _change_view(self, action: Action) -> None:
        match action:
            case Action.INSET:
                self._screen.show_inset = not self._screen.show_inset
            case Action.FACE:
                self._face_panel.toggle()
            case Action.LOOK:
                self._looks.next()
            case Action.FULL_SCREEN:
                self._window.toggle_fullscreen()
            case Action.RESET_VIEW:
                self._screen.reset_view()
            case Action.HELP:
                # The sliders are drawn in the same place as the keys.
                self._show_keys = self._face_panel.shown or not self._show_keys
                self._face_panel.shown = False

    def _recentre(self, _: Observer, driver: Driver) -> None:
        self._notices.say("recentred" if driver.recentre() else "no face yet to recentre")

    def _set_neutral(self, _: Observer, driver: Driver) -> None:
        self._notices.say(
            "neutral set to this face" if driver.set_neutral() else "no face yet to set neutral"
        )


def _toggle_mirror(observer: Observer, driver: Driver) -> None:
    observer.toggle_mirror()
    driver.mirror()
