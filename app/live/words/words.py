"""What the live window shows over its picture: read-outs, notices, help and everything that is open."""

from __future__ import annotations

from app.live.keys import key_help
from app.live.parts import Parts
from app.live.threads.animating import LiveFrame
from app.live.threads.startup import STARTING
from app.live.words.face_hint import FaceHint
from app.system.terminal import printable
from render.ui.banner import Banner
from render.ui.overlay import OverlayState
from render.ui.recording_marks import RecordingMarks


class Words:
    """The words of a live run; use it from the main thread."""

    def __init__(self, parts: Parts) -> None:
        """Keep the parts of the run, which have something to say."""
        self.keys_shown = False
        """Whether the key help is open."""
        self.hidden = False
        """Whether nothing is said, for an audience; only a question, which has to be answered, is asked."""
        self._parts = parts
        self._hint = FaceHint()

    def of(self, shown: LiveFrame | None, paused: bool) -> OverlayState:
        """Return what to show over a live frame, None before the first one."""
        hint, review_status = self._hint.of(shown), self._parts.review.advance()
        question = self._parts.sources.question.contents()
        if self.hidden:
            return OverlayState(question=question)
        states = (
            self._parts.switch.awaited or (STARTING if shown is None else shown.lost),
            "no face" if shown is not None and shown.observation is None and not shown.lost else "",
            self._parts.recordings.status,
            review_status,
            self._parts.takes.status(),
            "paused" if paused or self._parts.timeline.paused else "",
        )
        return OverlayState(
            self._readouts(),
            (*map(printable, filter(None, states)), *self._parts.notices.current()),
            key_help(self._parts.timeline.available),
            self.keys_shown,
            self._request() or hint,
            self._parts.panel.contents(),
            self._parts.timeline.contents(),
            question,
            RecordingMarks(self._parts.recordings.count, self._parts.recordings.clock(self._parts.clock())),
            self._parts.review.contents(),
        )

    def _readouts(self) -> tuple[tuple[str, str], ...]:
        expression = self._parts.adjustments.words
        return (
            ("picture", f"{self._parts.stats.render.recent():.0f} fps"),
            ("tracker", f"{self._parts.stats.track.recent():.0f} fps"),
            ("latency", f"{self._parts.stats.recent_latency_ms():.0f} ms"),
            *((("expression", expression),) if expression else ()),
            ("keys", "H"),
            *(() if self._parts.panel.shown else (("panel", "Tab"),)),
            *self._parts.timeline.hint,
        )

    def _request(self) -> Banner | None:
        """Return what a calibration asks of the user."""
        prompt = self._parts.guide.prompt
        return None if prompt is None else Banner(prompt.title, prompt.detail, prompt.steps, prompt.progress)
