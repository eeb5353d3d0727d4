from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from app.sources import SourceLost
from app.sources.contract import NoCameraError
from app.sources.feeds.camera import Camera, camera_named, open_camera
from app.sources.playback import Playback
from flame_model.errors import SourceError
from mappings.frames import Frame

BLUE = np.full((48, 64, 3), (255, 0, 0), dtype=np.uint8)
"""As OpenCV gives it: BGR."""
CAMERAS = [Camera(0, "Built-in", "/dev/video0"), Camera(2, "Logi C920", "/dev/video2")]


class FakeCapture:
    """Return one result of the script for each read: a picture for True, none for False."""

    def __init__(self, script: list[bool], clock, opened: bool = True) -> None:
        self._script = list(script)
        self._clock = clock
        self._opened = opened
        self.released = False

    def isOpened(self) -> bool:
        return self._opened

    def read(self) -> tuple[bool, np.ndarray | None]:
        self._clock.sleep(1 / 30)
        good = self._script.pop(0) if self._script else False
        return (True, BLUE) if good else (False, None)

    def get(self, _: int) -> float:
        return 30.0

    def release(self) -> None:
        self.released = True


@pytest.fixture
def opening(clock) -> Callable:
    """Return an opener of a live camera that hands out the given captures in turn, and then closed ones."""

    def start(*captures: FakeCapture, live: bool = True, cameras=CAMERAS, target=2):
        waiting = list(captures)

        def opener(_: object) -> FakeCapture:
            return waiting.pop(0) if waiting else FakeCapture([], clock, opened=False)

        playback = Playback(live, False, clock, clock.sleep)
        return open_camera(lambda: target, "Logi C920", playback, opener, lambda: cameras)

    return start


def test_pictures_are_rgb_and_timed_by_the_clock(opening, clock) -> None:
    source = opening(FakeCapture([True] * 5, clock), live=False)
    assert (source.name, source.is_camera, source.size, source.fps) == ("Logi C920", True, (64, 48), 30.0)
    *frames, lost = list(source)
    assert [frame.index for frame in frames] == list(range(5))
    assert (frames[0].image == (0, 0, 255)).all()
    assert np.diff([frame.time_s for frame in frames]) == pytest.approx(1 / 30)
    assert isinstance(lost, SourceLost)


def test_a_camera_that_warms_up_slowly_is_waited_for(opening, clock) -> None:
    assert opening(FakeCapture([False] * 50 + [True], clock)).size == (64, 48)


def test_a_dark_camera_is_busy(opening, clock) -> None:
    capture = FakeCapture([], clock)
    begun_s = clock()
    with pytest.raises(SourceError, match="Logi C920 is connected but gives no picture"):
        opening(capture)
    assert clock() - begun_s == pytest.approx(5.0, abs=0.2)
    assert capture.released


def test_a_known_camera_that_does_not_open_is_busy(opening, clock) -> None:
    with pytest.raises(SourceError, match=r"Camera 2 \(Logi C920\) is connected but gives no picture"):
        opening(FakeCapture([], clock, opened=False))


def test_no_camera_names_the_index_what_there_is_and_the_command(opening) -> None:
    found = r"no camera 7; cameras found: 0 \(Built-in\), 2 .*[Gg]ive a camera index"
    with pytest.raises(SourceError, match=found):
        opening(target=7)
    with pytest.raises(NoCameraError, match="no camera 0; cameras found: none"):
        opening(target=0, cameras=[])


def test_a_lost_camera_is_tried_every_second_and_goes_on(opening, clock) -> None:
    first = FakeCapture([True] * 3, clock)
    gone = [FakeCapture([], clock, opened=False) for _ in range(3)]
    source = opening(first, *gone, FakeCapture([True] * 3, clock))
    items = [item for item, _ in zip(source, range(7), strict=False)]
    assert [type(item) for item in items] == [Frame] * 3 + [SourceLost] + [Frame] * 3
    frames = [item for item in items if isinstance(item, Frame)]
    assert [frame.index for frame in frames] == list(range(6))
    assert 4.0 <= frames[3].time_s - frames[2].time_s <= 5.5
    assert first.released
    assert "Logi C920" in items[3].text


def test_one_missing_picture_is_not_a_loss(opening, clock) -> None:
    source = opening(FakeCapture([True, True, False, False, True, True], clock))
    items = [item for item, _ in zip(source, range(4), strict=False)]
    assert all(isinstance(item, Frame) for item in items)


def test_offline_a_lost_camera_ends_the_source(opening, clock) -> None:
    items = list(opening(FakeCapture([True] * 3, clock), live=False))
    assert [type(item) for item in items] == [Frame] * 3 + [SourceLost]


def test_closing_lets_go_of_the_camera(opening, clock) -> None:
    untouched, running = FakeCapture([True], clock), FakeCapture([True] * 9, clock)
    opening(untouched).close()
    assert untouched.released
    source = opening(running)
    for _ in source:
        source.close()
    assert running.released


def test_closing_ends_the_waiting_for_a_lost_camera(opening, clock) -> None:
    source = opening(FakeCapture([True], clock))
    seen = []
    for item in source:
        seen.append(type(item))
        if isinstance(item, SourceLost):
            source.close()
    assert seen == [Frame, SourceLost]


def test_a_camera_is_found_by_part_of_its_name() -> None:
    assert camera_named("logi", CAMERAS).index == 2


def test_the_exact_name_wins() -> None:
    twins = [Camera(0, "Cam", ""), Camera(1, "Cam 2", "")]
    assert camera_named("cam", twins).index == 0


def test_a_name_that_fits_several_lists_them() -> None:
    with pytest.raises(SourceError, match=r"'i' fits several cameras: 0 \(Built-in\), 2 \(Logi C920\)"):
        camera_named("i", CAMERAS)
