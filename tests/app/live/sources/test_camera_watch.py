"""Cameras that are connected later are noticed, those that were there are not."""

from __future__ import annotations

import time

from app.live.sources.camera_watch import CameraWatch
from app.sources.feeds.camera import Camera

BUILT_IN, PLUGGED = Camera(0, "Built-in", "/dev/video0"), Camera(1, "Plugged", "/dev/video1")


def test_only_what_is_connected_after_the_first_look_counts() -> None:
    there = [BUILT_IN]
    watch = CameraWatch(lambda: list(there), period_s=0.01)
    assert watch.connected() == []
    watch.start()
    watch.start()
    deadline_s = time.monotonic() + 30.0
    while not watch.cameras and time.monotonic() < deadline_s:
        time.sleep(0.01)
    assert watch.connected() == []
    there.append(PLUGGED)
    found: list[Camera] = []
    while not found and time.monotonic() < deadline_s:
        found = watch.connected()
        time.sleep(0.01)
    assert found == [PLUGGED]
    assert watch.connected() == []
    watch.close()
