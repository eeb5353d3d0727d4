"""The parts of a live run that its main loop and its words share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.live.panel.adjusting.user_adjustments import UserAdjustments
from app.live.panel.side_panel import SidePanel
from app.live.panel.take_timeline import TakeTimeline
from app.live.person.calibration_guide import Guide
from app.live.recording.recordings import Recordings
from app.live.recording.review import RecordingReview
from app.live.recording.take_recordings import TakeRecordings
from app.live.sources.source_choice import SourceChoice
from app.live.threads.switch import SourceSwitch
from app.live.timing_stats import Stats
from app.live.words.notices import Notices


@dataclass(frozen=True, slots=True)
class Parts:
    """What a run is made of, but for its window and what is drawn into it."""

    switch: SourceSwitch
    sources: SourceChoice
    guide: Guide
    panel: SidePanel
    adjustments: UserAdjustments
    recordings: Recordings
    review: RecordingReview
    takes: TakeRecordings
    timeline: TakeTimeline
    notices: Notices
    stats: Stats
    clock: Callable[[], float]
