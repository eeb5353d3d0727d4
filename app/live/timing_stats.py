"""Measure frame rates, latency and memory of a live run, for the overlay and for `--stats`."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import psutil

from flame_model.files.writing.whole_file import write_text

RECENT_S = 1.0
"""Period of the rates in the overlay."""
RECENT_FRAMES = 30
"""Frames of the median latency in the overlay."""
KEPT_FRAMES = 20_000
"""Frames in the statistics: the last eleven minutes at 30 a second, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Timing:
    """How long the steps of one frame took, in milliseconds."""

    tracker_ms: float
    mapping_ms: float
    draw_ms: float
    latency_ms: float
    """From capture to buffer swap."""


class Rate:
    """The rate of an event, over the whole run and over the last second."""

    def __init__(self) -> None:
        self._count = 0
        self._first_s = 0.0
        self._recent_s: deque[float] = deque()

    def tick(self, now_s: float) -> None:
        """Count one event at `now_s`."""
        if self._count == 0:
            self._first_s = now_s
        self._count += 1
        self._recent_s.append(now_s)
        while self._recent_s[0] < now_s - RECENT_S:
            self._recent_s.popleft()

    def recent(self) -> float:
        """Return events per second over the second before the last event."""
        if not self._recent_s:
            return 0.0
        return _per_second(len(self._recent_s), self._recent_s[-1] - self._recent_s[0])

    def overall(self) -> float:
        """Return events per second from the first to the last event."""
        return _per_second(self._count, self._recent_s[-1] - self._first_s) if self._count else 0.0


class Stats:
    """The rates and timings of one live run."""

    def __init__(self) -> None:
        self.source = Rate()
        self.track = Rate()
        self.render = Rate()
        self.startup_s: float | None = None
        """Time from the start of the process to the first animated frame on the screen; None before it."""
        self._timings: deque[Timing] = deque(maxlen=KEPT_FRAMES)

    def add(self, timing: Timing) -> None:
        """Add the timing of one frame."""
        self._timings.append(timing)

    def recent_latency_ms(self) -> float:
        """Return the median latency of the last frames."""
        return self.recent_latencies_ms((50,))[0]

    def recent_latencies_ms(self, percents: Sequence[float]) -> list[float]:
        """Return percentiles of the latency of the last frames."""
        recent = [timing.latency_ms for timing in islice(reversed(self._timings), RECENT_FRAMES)]
        return [_percentile(recent, percent) for percent in percents]

    def report(self, dropped: int) -> dict[str, object]:
        """Return the contents of the statistics file; 0 or None where nothing was measured."""
        latencies = [timing.latency_ms for timing in self._timings]
        return {
            "startup_first_frame_s": None if self.startup_s is None else round(self.startup_s, 3),
            "source_fps": round(self.source.overall(), 2),
            "track_fps": round(self.track.overall(), 2),
            "render_fps": round(self.render.overall(), 2),
            "dropped": dropped,
            "tracker_ms": _percentile([timing.tracker_ms for timing in self._timings], 50),
            "mapping_ms": _percentile([timing.mapping_ms for timing in self._timings], 50),
            "draw_ms": _percentile([timing.draw_ms for timing in self._timings], 50),
            "latency_ms": {"p50": _percentile(latencies, 50), "p95": _percentile(latencies, 95)},
            "rss_mb": round(psutil.Process().memory_info().rss / 2**20, 1),
        }


def seconds_since_process_start() -> float:
    """Return the age of this process in seconds, imports included."""
    if not sys.platform.startswith("linux"):
        return time.time() - psutil.Process().create_time()
    # On Linux psutil knows the boot time, and thus the start of a process, in whole seconds only.
    started = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    return time.clock_gettime(time.CLOCK_BOOTTIME) - int(started) / os.sysconf("SC_CLK_TCK")


def write_report(report: dict[str, object], path: Path) -> None:
    """Write `report` as JSON. Raises OutputError."""
    write_text(path, json.dumps(report, indent=2) + "\n")


def _per_second(events: int, duration_s: float) -> float:
    return (events - 1) / duration_s if duration_s > 0 else 0.0


def _percentile(values_ms: list[float], percent: float) -> float:
    return round(float(np.percentile(values_ms, percent)), 3) if values_ms else 0.0
