"""The main loop of the live window: handle events and draw the newest live frame."""

from __future__ import annotations

import math

from app.live.head.shown_head import ShownHead
from app.live.keys import ACTIONS, Action
from app.live.panel.named_choice import NamedChoice
from app.live.parts import Parts
from app.live.screen import Screen
from app.live.threads.animating import LiveFrame
from app.live.threads.face_requests import face_request
from app.live.threads.slot import SlotClosed
from app.live.timing_stats import Timing, seconds_since_process_start
from app.live.words.words import Words
from flame_model.arrays import Picture
from render.platform.events import Dropped, Event, KeyPressed, KeyReleased, Pointed
from render.platform.window import Window

WAIT_S = 0.008
"""Longest wait for a live frame before the window's events are polled again."""
GOODBYE_S = 3.0
"""Time to read the result of a calibration before its window closes."""
IDLE_REDRAW_S = 0.25
"""Time between pictures while no live frames come: words change, and windows are uncovered."""

ANSWERED_IN = 3
"""Pictures in which a panel has answered what the user did: widgets react, are taken, and are drawn anew."""


class Loop:
    """Shows live frames in a window until the user, the time limit or the source ends the run."""

    def __init__(
        self,
        parts: Parts,
        *,
        window: Window,
        screen: Screen,
        head: ShownHead,
        looks: NamedChoice,
        words: Words,
    ) -> None:
        """Keep the parts of the run."""
        self._parts = parts
        self._window = window
        self._screen = screen
        self._head = head
        self._looks = looks
        self._words = words
        self._shown: LiveFrame | None = None
        self._drawn_s = -IDLE_REDRAW_S
        self._changing = 0
        """Number of further pictures that what the user did last may change."""
        self._paused = False
        self._end_s = math.inf
        self._close_when_calibrated = False

    def run(self, exit_after_s: float | None, calibrate: bool = False) -> None:
        """Show sources and return when the run is over. Raises the exception that ended a worker.

        With `calibrate`, a calibration begins with the first frame and ends the run. The head at rest is
        drawn once before the first frame comes, so that the graphics driver does not compile shaders while
        frames are waiting.
        """
        if exit_after_s is not None:
            self._end_s = self._parts.clock() + exit_after_s
        self._draw()
        if calibrate:
            self._parts.guide.start()
            self._close_when_calibrated = True
        while not self._window.should_close and self._parts.clock() < self._end_s:
            reactions = [self._react(event) for event in self._window.poll()]
            self._parts.recordings.advance()
            if any(reactions):
                self._changing = ANSWERED_IN if self._parts.panel.shown else 1
            if self._parts.sources.advance():
                self._begin()
            self._head.advance()
            try:
                live_frame = self._parts.switch.take(WAIT_S)
            except SlotClosed:
                return
            if live_frame is not None and self._shows(live_frame):
                self._show(live_frame)
            elif self._changing or self._parts.clock() - self._drawn_s > IDLE_REDRAW_S:
                self._draw()

    def _shows(self, live_frame: LiveFrame) -> bool:
        """Return whether a frame is to be shown: not while another is held, nor on another head than its."""
        return not (self._paused and live_frame.fresh) and self._head.accepts(live_frame)

    def _begin(self) -> None:
        """Show a source that has just opened: what was done with the one before it ends."""
        if self._shown is not None:
            self._parts.guide.stop()
            self._pause(False)
        elif self._paused and self._parts.timeline.do(Action.PAUSE):
            # The take is paused in place of the picture.
            self._pause(False)

    def _show(self, live_frame: LiveFrame) -> None:
        """Draw a new live frame, measure it, and record it where a recording runs."""
        self._shown = live_frame
        self._parts.panel.see(live_frame)
        if self._parts.guide.see(live_frame) and self._close_when_calibrated:
            self._end_s = self._parts.clock() + GOODBYE_S
        begun_s = self._parts.clock()
        picture = self._draw(record=self._parts.recordings.wants(live_frame.time_s))
        shown_s = self._drawn_s
        if self._parts.stats.startup_s is None:
            self._parts.stats.startup_s = seconds_since_process_start()
        if live_frame.fresh:
            draw_ms, latency_ms = 1e3 * (shown_s - begun_s), 1e3 * (shown_s - live_frame.time_s)
            self._parts.stats.add(Timing(live_frame.tracker_ms, live_frame.mapping_ms, draw_ms, latency_ms))
        if picture is not None:
            self._parts.recordings.offer(picture, live_frame.time_s)

    def _draw(self, record: bool = False) -> Picture | None:
        picture = self._screen.draw(self._shown, self._words.of(self._shown, self._paused), record)
        if self._screen.panel_answer is not None:
            self._parts.panel.take(self._screen.panel_answer)
        if self._screen.timeline_answer is not None:
            self._parts.timeline.take(self._screen.timeline_answer)
        if self._screen.question_answer is not None:
            self._parts.sources.question.answer(self._screen.question_answer)
        if self._screen.review_answer is not None:
            self._parts.review.take(self._screen.review_answer)
        self._window.swap()
        self._changing = max(0, self._changing - 1)
        self._drawn_s = self._parts.clock()
        self._parts.stats.render.tick(self._drawn_s)
        return picture

    def _react(self, event: Event) -> bool:
        """Handle an event; return whether it may change the picture."""
        if isinstance(event, Dropped):
            self._parts.sources.drop(event.paths)
        elif isinstance(event, KeyPressed | KeyReleased):
            self._use_key(event)
        else:
            self._screen.use_mouse(event)
        opened = (
            self._parts.panel.shown,
            self._parts.timeline.shown,
            self._parts.sources.question.asked,
            self._parts.review.shown,
        )
        return any(opened) or not isinstance(event, Pointed)

    def _use_key(self, event: KeyPressed | KeyReleased) -> None:
        """Do what a key stands for; while the panel is open, the keys by which it is used are its own."""
        name = event.name
        if self._parts.panel.shown and self._screen.use_key(event):
            return
        if isinstance(event, KeyReleased) or self._parts.sources.question.press(name):
            return
        if self._parts.adjustments.press(name):
            return
        if name in ACTIONS:
            self.do(ACTIONS[name])

    def do(self, action: Action) -> None:
        """Do what a key or a button stands for; what changes observer or driver becomes a request."""
        if self._parts.timeline.do(action):
            return
        request = face_request(action, self._parts.notices.say)
        if request is not None:
            self._parts.switch.ask(request)
        match action:
            case Action.MIRROR:
                self._parts.guide.stop()
            case Action.CALIBRATE:
                self._calibrate()
            case Action.RECORD:
                self._parts.review.close()
                self._parts.recordings.toggle()
            case Action.TAKE:
                self._parts.takes.toggle()
            case Action.SCREENSHOT:
                self._parts.recordings.screenshot(self._screen.picture(self._shown))
            case Action.PAUSE:
                self._pause(not self._paused)
            case Action.SOURCE:
                self._parts.sources.toggle()
            case Action.BACK:
                self._leave()
            case Action.QUIT:
                self._window.close()
            case _:
                self._change_view(action)

    def _calibrate(self) -> None:
        if self._parts.guide.prompt:
            self._parts.guide.stop()
            return
        # A calibration needs moving pictures.
        self._pause(False)
        self._parts.timeline.play()
        self._parts.guide.start()

    def _pause(self, paused: bool) -> None:
        """Hold the frame that is shown, which keys then act on, or go on."""
        self._paused = paused
        self._parts.switch.hold(self._shown if paused else None)

    def _leave(self) -> None:
        """Close one of the things that are open, the one that was asked of the user first."""
        if self._parts.recordings.cancel():
            pass
        elif self._words.hidden:
            self._hide_words(False)
        elif self._parts.guide.prompt:
            self._parts.guide.stop()
        elif self._parts.sources.close() or self._parts.review.leave():
            pass
        elif self._words.keys_shown:
            self._words.keys_shown = False
        elif self._parts.panel.shown:
            self._parts.panel.toggle()
        elif self._parts.timeline.shown:
            self._parts.timeline.shown = False
        elif self._window.is_fullscreen:
            self._window.toggle_fullscreen()

    def _hide_words(self, hidden: bool) -> None:
        """Show nothing but the head, or everything again."""
        self._words.hidden = self._screen.head_alone = hidden

    def _change_view(self, action: Action) -> None:
        match action:
            case Action.INSET:
                self._screen.show_inset = not self._screen.show_inset
            case Action.HIDE:
                self._hide_words(not self._words.hidden)
            case Action.PANEL:
                self._parts.panel.toggle()
            case Action.LOOK:
                self._looks.next()
            case Action.FULL_SCREEN:
                self._window.toggle_fullscreen()
            case Action.RESET_VIEW:
                self._screen.reset_view()
            case Action.HELP:
                self._words.keys_shown = not self._words.keys_shown
