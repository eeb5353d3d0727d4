from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from app.live.threads.animating import STEP_S, STEPS, LiveFrame, animate_live
from app.live.threads.capture import CapturedItem
from app.live.threads.requests import Requests
from app.live.threads.slot import Slot
from app.live.timing_stats import Rate
from app.model.animated_head import AnimatedHead
from app.pipeline.observer import Observer
from app.sources import SourceLost, TakeFrame
from flame_model.head import Head
from mappings.frames import FaceObservation
from mappings.motion.placement import Placement
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX


class Clock:
    def __init__(self) -> None:
        self.now_s = 10.0

    def __call__(self) -> float:
        return self.now_s


def face(smile: float, x: float = 0.0) -> FaceObservation:
    scores = np.zeros(52, np.float32)
    scores[MEDIAPIPE_INDEX["mouthSmileLeft"]] = smile
    T = np.eye(4, dtype=np.float32)
    T[:3, 3] = (x, 0.0, -0.5)
    landmarks = np.random.default_rng(0).uniform(0, 400, (478, 3)).astype(np.float32)
    return FaceObservation(0.0, scores, landmarks, T, (640, 480))


@pytest.fixture
def run() -> Iterator[object]:
    """Return the parts of the tracking step, which can be stepped by hand."""
    from flame_model.find_heads import load_head

    head: Head = load_head("builtin")
    animated = AnimatedHead(head, ScoreMapping.default().for_head(head))

    class Run:
        def __init__(self) -> None:
            self.clock = Clock()
            self.slot: Slot[CapturedItem] = Slot()
            self.requests = Requests()
            self.rate = Rate()
            self.items = animate_live(
                self.slot,
                lambda: Observer(None),
                animated.driver(Placement()),
                self.requests,
                rate=self.rate,
                clock=self.clock,
            )

        def see(self, observation: FaceObservation | None, after_s: float = 1 / 30) -> LiveFrame:
            self.clock.now_s += after_s
            item = TakeFrame(0, self.clock.now_s, observation)
            self.slot.put(CapturedItem(item, self.clock.now_s))
            return next(self.items)

        def lose(self) -> LiveFrame:
            self.slot.put(CapturedItem(SourceLost("camera 0 gives no picture"), self.clock.now_s))
            return next(self.items)

    made = Run()
    yield made
    made.slot.close()


def test_a_face_moves_the_head_and_keeps_its_capture_time(run) -> None:
    still = run.see(face(0.0))
    smiling = run.see(face(0.9))
    assert smiling.time_s == pytest.approx(10 + 2 / 30)
    assert np.abs(smiling.params.expression - still.params.expression).max() > 0.1
    assert run.rate.overall() == pytest.approx(30)


def test_no_face_eases_to_rest_within_half_a_second_and_comes_back_without_a_jump(run) -> None:
    first = run.see(face(0.9))
    for _ in range(15):
        rest = run.see(None)
    assert rest.observation is None
    assert np.abs(rest.params.expression).max() < 1e-6
    back = run.see(face(0.9))
    assert np.abs(back.params.expression).max() < 0.2 * np.abs(first.params.expression).max()


def test_a_lost_source_is_said_and_the_head_goes_on_to_rest_by_itself(run) -> None:
    run.see(face(0.9))
    assert run.lose().lost == "camera 0 gives no picture"
    for _ in range(20):
        run.clock.now_s += 1 / 30
        last = next(run.items)
    assert last.lost
    assert np.abs(last.params.expression).max() < 1e-6
    assert run.see(face(0.9)).lost == ""


def test_mirroring_exchanges_the_sides_from_the_next_frame_on(run) -> None:
    plain = run.see(face(0.9))
    run.requests.ask(lambda observer, _: observer.toggle_mirror())
    mirrored = run.see(face(0.9))
    assert plain.observation.scores[MEDIAPIPE_INDEX["mouthSmileLeft"]] == np.float32(0.9)
    assert mirrored.observation.scores[MEDIAPIPE_INDEX["mouthSmileRight"]] == np.float32(0.9)


def test_requests_reach_the_driver_between_two_frames(run) -> None:
    run.see(face(0.0))
    asked: list[bool] = []
    run.requests.ask(lambda _, driver: asked.append(driver.recentre()))
    assert asked == []
    run.see(face(0.0, x=0.1))
    assert asked == [True]


def test_what_is_asked_while_a_picture_is_held_changes_that_picture(run) -> None:
    shown = run.see(face(0.9))
    run.requests.held = shown
    run.requests.ask(lambda observer, driver: (observer.toggle_mirror(), driver.mirror()))
    held = next(run.items)
    assert held.observation.scores[MEDIAPIPE_INDEX["mouthSmileRight"]] == np.float32(0.9)
    assert held.mirrored is not shown.mirrored
    assert not held.fresh
    for _ in range(STEPS - 1):
        run.clock.now_s += STEP_S
        last = next(run.items)
    assert np.abs(last.params.expression - shown.params.expression).max() > 0.1


def test_a_held_picture_is_not_drawn_again_and_new_frames_are_passed_over(run) -> None:
    run.requests.held = run.see(face(0.9))
    for smile in (0.1, 0.2):
        item = TakeFrame(0, 0.0, face(smile))
        run.slot.put(CapturedItem(item, 0.0))
    run.slot.close()
    assert list(run.items) == []


def test_what_is_asked_while_nothing_new_comes_is_about_the_face_that_is_shown(run) -> None:
    shown = run.see(face(0.9))
    run.requests.ask(lambda observer, driver: (observer.toggle_mirror(), driver.mirror()))
    run.clock.now_s += STEP_S
    again = next(run.items)
    assert again.observation.scores[MEDIAPIPE_INDEX["mouthSmileRight"]] == np.float32(0.9)
    assert again.mirrored is not shown.mirrored
    assert not again.fresh


def test_a_closed_slot_ends_the_generator(run) -> None:
    run.see(face(0.0))
    run.slot.close()
    assert list(run.items) == []
