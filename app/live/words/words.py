"""What the live window shows over its picture: read-outs, notices, help and everything that is open."""

from __future__ import annotations

from collections.abc import Callable

from app.live.keys import key_help
from app.live.panel.adjusting.user_adjustments import UserAdjustments
from app.live.panel.side_panel import SidePanel
from app.live.panel.take_timeline import TakeTimeline
from app.live.person.calibration_guide import Guide
from app.live.recording.recordings import Recordings
from app.live.recording.review import RecordingReview
from app.live.recording.take_recordings import TakeRecordings
from app.live.sources.source_choice import SourceChoice
from app.live.threads.animating import LiveFrame
from app.live.threads.startup import STARTING
from app.live.threads.switch import SourceSwitch
from app.live.timing_stats import Stats
from app.live.words.face_hint import FaceHint
from app.live.words.notices import Notices
from app.system.terminal import printable
from render.ui.banner import Banner
from render.ui.overlay import OverlayState
from render.ui.recording_marks import RecordingMarks


class Words:
    """The words of a live run; use it from the main thread."""

    def __init__(
        self,
        *,
        switch: SourceSwitch,
        sources: SourceChoice,
        guide: Guide,
        panel: SidePanel,
        adjustments: UserAdjustments,
        recordings: Recordings,
        review: RecordingReview,
        takes: TakeRecordings,
        timeline: TakeTimeline,
        notices: Notices,
        stats: Stats,
        clock: Callable[[], float],
    ) -> None:
        """Keep the parts of the run that have something to say."""
        self.keys_shown = False
        """Whether the key help is open."""
        self.hidden = False
        """Whether nothing is said, for an audience; only a question, which has to be answered, is asked."""
        self._switch = switch
        self._sources = sources
        self._guide = guide
        self._panel = panel
        self._adjustments = adjustments
        self._recordings = recordings
        self._review = review
        self._takes = takes
        self._timeline = timeline
        self._notices = notices
        self._stats = stats
        self._clock = clock
        self._hint = FaceHint()

    def of(self, shown: LiveFrame | None, paused: bool) -> OverlayState:
        """Return what to show over a live frame, None before the first one."""
        hint, review_status = self._hint.of(shown), self._review.advance()
        question = self._sources.question.contents()
        if self.hidden:
            return OverlayState(question=question)
        states = (
            self._switch.awaited or (STARTING if shown is None else shown.lost),
            "no face" if shown is not None and shown.observation is None and not shown.lost else "",
            self._recordings.status,
            review_status,
            self._takes.status(),
            "paused" if paused or self._timeline.paused else "",
        )
        return OverlayState(
            self._readouts(),
            (*map(printable, filter(None, states)), *self._notices.current()),
            key_help(self._timeline.available),
            self.keys_shown,
            self._request() or hint,
            self._panel.contents(),
            self._timeline.contents(),
            question,
            RecordingMarks(self._recordings.count, self._recordings.clock(self._clock())),
            self._review.contents(),
        )

    def _readouts(self) -> tuple[tuple[str, str], ...]:
        expression = self._adjustments.words
        return (
            ("picture", f"{self._stats.render.recent():.0f} fps"),
            ("tracker", f"{self._stats.track.recent():.0f} fps"),
            ("latency", f"{self._stats.recent_latency_ms():.0f} ms"),
            *((("expression", expression),) if expression else ()),
            ("keys", "H"),
            *(() if self._panel.shown else (("panel", "Tab"),)),
            *self._timeline.hint,
        )

    def _request(self) -> Banner | None:
        """Return what a calibration asks of the user."""
        prompt = self._guide.prompt
        return None if prompt is None else Banner(prompt.title, prompt.detail, prompt.steps, prompt.progress)
