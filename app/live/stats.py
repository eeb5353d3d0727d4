"""What a live run measures of itself, for the overlay and for `--stats`."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import deque
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import psutil

from flame_model.files.writing.whole import write_text

RECENT_S = 1.0
RECENT_FRAMES = 30
KEPT_FRAMES = 20_000
"""About eleven minutes at 30 frames a second; bounds the memory of a run that lasts all day."""


@dataclass(frozen=True, slots=True)
class Timing:
    """Hold what one frame cost on its way to the screen, in milliseconds."""

    tracker_ms: float
    mapping_ms: float
    draw_ms: float
    latency_ms: float
    """From capture to buffer swap."""


class Rate:
    """Count events: over the whole run for the statistics, over the last second for the overlay."""

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
        """Return events a second over the last second before the last event."""
        if not self._recent_s:
            return 0.0
        return _per_second(len(self._recent_s), self._recent_s[-1] - self._recent_s[0])

    def overall(self) -> float:
        """Return events a second from the first to the last event."""
        return _per_second(self._count, self._recent_s[-1] - self._first_s) if self._count else 0.0


class Stats:
    """Collect the rates and timings of one live run."""

    def __init__(self) -> None:
        self.source = Rate()
        self.track = Rate()
        self.render = Rate()
        self.startup_s: float | None = None
        """From process start to the first animated frame on the screen."""
        self._timings: deque[Timing] = deque(maxlen=KEPT_FRAMES)

    def add(self, timing: Timing) -> None:
        """Remember what one frame cost."""
        self._timings.append(timing)

    def recent_latency_ms(self) -> float:
        """Return the median latency of the last frames."""
        return _percentile(
            [timing.latency_ms for timing in islice(reversed(self._timings), RECENT_FRAMES)], 50
        )

    def report(self, dropped: int) -> dict[str, object]:
        """Return the contents of the statistics file; 0 or None stands for what never happened."""
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
    """Return how long this process has run, imports and all."""
    if not sys.platform.startswith("linux"):
        return time.time() - psutil.Process().create_time()
    # There psutil knows the moment of booting, and with it the answer, by whole seconds only.
    started = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19]
    return time.clock_gettime(time.CLOCK_BOOTTIME) - int(started) / os.sysconf("SC_CLK_TCK")


def write_report(report: dict[str, object], path: Path) -> None:
    """Write `report` as JSON; raises OutputError."""
    write_text(path, json.dumps(report, indent=2) + "\n")


def _per_second(events: int, duration_s: float) -> float:
    return (events - 1) / duration_s if duration_s > 0 else 0.0


def _percentile(values_ms: list[float], percent: float) -> float:
    return round(float(np.percentile(values_ms, percent)), 3) if values_ms else 0.0
