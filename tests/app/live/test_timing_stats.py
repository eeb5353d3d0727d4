from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.live.timing_stats import Rate, Stats, Timing, write_report


def test_rate_counts_intervals_and_not_events() -> None:
    rate = Rate()
    for tick in range(91):
        rate.tick(5.0 + tick / 30)
    assert rate.overall() == pytest.approx(30)
    assert rate.recent() == pytest.approx(30)


def test_recent_rate_forgets_what_is_older_than_a_second() -> None:
    rate = Rate()
    for now_s in (0.0, 10.0, 10.5):
        rate.tick(now_s)
    assert rate.recent() == pytest.approx(2)
    assert rate.overall() == pytest.approx(2 / 10.5)


def test_a_run_without_frames_reports_without_failing() -> None:
    report = Stats().report(dropped=0)
    assert report["startup_first_frame_s"] is None
    assert report["latency_ms"] == {"p50": 0.0, "p95": 0.0}


def test_report_has_exactly_the_promised_keys_and_medians(tmp_path: Path) -> None:
    stats = Stats()
    for latency_ms in range(1, 101):
        stats.add(Timing(tracker_ms=6, mapping_ms=0.1, draw_ms=latency_ms, latency_ms=latency_ms))
    stats.startup_s = 1.23456
    write_report(stats.report(dropped=3), tmp_path / "stats.json")
    report = json.loads((tmp_path / "stats.json").read_text())
    assert list(report) == [
        "startup_first_frame_s",
        "source_fps",
        "track_fps",
        "render_fps",
        "dropped",
        "tracker_ms",
        "mapping_ms",
        "draw_ms",
        "latency_ms",
        "rss_mb",
    ]
    assert report["startup_first_frame_s"] == 1.235
    assert report["dropped"] == 3
    assert report["draw_ms"] == 50.5
    assert report["latency_ms"] == {"p50": 50.5, "p95": 95.05}
    assert 5 < report["rss_mb"] < 5000


def test_recent_latency_looks_at_the_newest_frames() -> None:
    stats = Stats()
    for latency_ms in [500.0] * 100 + [20.0] * 30:
        stats.add(Timing(1, 1, 1, latency_ms))
    assert stats.recent_latency_ms() == 20.0


def test_time_since_process_start_is_exact_in_a_new_process() -> None:
    script = "from app.live.timing_stats import seconds_since_process_start as since; print(since())"
    begun_s = time.perf_counter()
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert 0.02 < float(finished.stdout) < time.perf_counter() - begun_s + 0.02
