from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from app.sources import SourceNotice, TakeFrame, open_source
from flame_model.errors import SourceError
from mappings.frames import FaceObservation
from mappings.records.take import Take, load_take, save_take
from mappings.records.take_journal import TakeJournal

TIMES = np.array([2.0, 2.1, 2.2, 2.4])


@pytest.fixture
def take(tmp_path: Path) -> Path:
    seen = [
        FaceObservation(
            time_s=float(time_s),
            scores=np.full(52, index / 10, np.float32),
            landmarks=np.random.default_rng(index).uniform(0, 400, (478, 3)).astype(np.float32),
            T_camera_face=np.eye(4, dtype=np.float32),
            image_size=(640, 480),
        )
        for index, time_s in enumerate(TIMES)
    ]
    path = tmp_path / "grin.npz"
    save_take(Take("grin", (seen[0], None, seen[2], seen[3]), TIMES, 10.0), path)
    return path


def test_a_take_gives_what_was_seen_without_pictures(take: Path) -> None:
    with open_source(str(take), live=False) as source:
        assert (source.frame_count, source.size, source.is_camera) == (4, None, False)
        assert source.fps == pytest.approx(10)
        items = list(source)
    assert all(isinstance(item, TakeFrame) for item in items)
    assert items[1].observation is None
    assert items[2].observation.scores[0] == pytest.approx(0.2)


def test_it_keeps_its_timing(take: Path, clock) -> None:
    begun_s = clock()
    with open_source(str(take), live=True, clock=clock, sleep=clock.sleep) as source:
        seen_s = [(clock() - begun_s, item.time_s) for item in source]
    assert [time_s for _, time_s in seen_s] == pytest.approx(TIMES - 2.0)
    assert [shown_s for shown_s, _ in seen_s] == pytest.approx(TIMES - 2.0)


def test_a_frame_that_somebody_goes_to_has_no_motion(take: Path, clock) -> None:
    loaded = load_take(take)
    still = np.zeros(6, np.float32)
    moving = tuple(None if seen is None else replace(seen, moved=still) for seen in loaded.observations)
    save_take(replace(loaded, observations=moving), take)
    with open_source(str(take), live=True, clock=clock, sleep=clock.sleep) as source:
        items = iter(source)
        played = [next(items).observation for _ in range(4)]
        assert source.player is not None
        source.player.step(-1)
        back = next(items).observation
        source.player.step(1)
        on = next(items).observation
    assert [seen is not None and seen.moved is not None for seen in played] == [True, False, True, True]
    assert back is not None
    assert back.moved is None
    assert on is not None
    assert on.moved is not None


def test_it_loops(take: Path) -> None:
    with open_source(str(take), live=False, loop=True) as source:
        items = [item for item, _ in zip(source, range(9), strict=False)]
    assert [item.index for item in items] == list(range(9))
    assert (np.diff([item.time_s for item in items]) > 0).all()


def test_the_packaged_demo_is_a_take() -> None:
    with open_source("demo", live=False) as source:
        assert source.name == "demo"
        items = list(source)
    assert 20 <= items[-1].time_s <= 31
    assert any(item.observation is not None for item in items)


def test_another_archive_is_a_sentence(tmp_path: Path) -> None:
    np.savez(tmp_path / "other.npz", numbers=np.zeros(3))
    with pytest.raises(SourceError, match=r"other\.npz"):
        open_source(str(tmp_path / "other.npz"), live=False)


def test_frames_that_explain_nothing_are_told_and_have_no_face(take: Path) -> None:
    arrays = dict(np.load(take))
    arrays["landmarks"][2] = 0.0
    np.savez(take, **arrays)
    with open_source(str(take), live=False) as source:
        notice, *items = source
    assert isinstance(notice, SourceNotice)
    assert "1 of 4 frames" in notice.text
    assert [item.observation is None for item in items] == [False, True, True, False]


def test_a_take_of_one_frame_is_told_and_stays_in_a_live_run(take: Path, clock) -> None:
    arrays = dict(np.load(take))
    names = ("time_s", "found", "scores", "landmarks", "T_camera_face", "image_size")
    np.savez(take, **{name: arrays[name][:1] for name in names})
    begun_s = clock()

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        if clock() > begun_s + 5.0:
            source.close()

    source = open_source(str(take), live=True, clock=clock, sleep=sleep)
    notice, frame = source
    assert "a take of a single frame" in notice.text
    assert frame.observation is not None
    assert clock() > begun_s + 5.0


def test_what_an_interrupted_recording_left_is_a_take_and_told(tmp_path: Path) -> None:
    journal = TakeJournal(tmp_path / "grin.journal", (1, 0.0))
    for time_s in TIMES:
        journal.add(None, float(time_s))
    journal.close()
    with open_source(str(journal.path), live=False) as source:
        notice, *items = source
    assert isinstance(notice, SourceNotice)
    assert "interrupted" in notice.text
    assert [item.time_s for item in items] == pytest.approx(TIMES - 2.0)
