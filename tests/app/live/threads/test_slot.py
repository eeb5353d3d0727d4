from __future__ import annotations

import threading

import pytest

from app.live.threads.slot import Slot, SlotClosed


def test_newest_item_wins_and_the_older_is_counted() -> None:
    slot: Slot[int] = Slot()
    for item in (1, 2, 3):
        assert slot.put(item)
    assert slot.take() == 3
    assert slot.dropped == 2


def test_empty_slot_gives_none_after_the_timeout() -> None:
    slot: Slot[int] = Slot()
    assert slot.take(timeout_s=0.001) is None


def test_none_free_items_include_false_ones() -> None:
    slot: Slot[int] = Slot()
    slot.put(0)
    assert slot.take(timeout_s=0) == 0


def test_last_item_survives_closing() -> None:
    slot: Slot[int] = Slot()
    slot.put(7)
    slot.close()
    assert not slot.put(8)
    assert slot.take() == 7
    with pytest.raises(SlotClosed):
        slot.take()


def test_closing_wakes_a_waiting_consumer() -> None:
    slot: Slot[int] = Slot()
    outcome: list[str] = []

    def consume() -> None:
        try:
            slot.take()
        except SlotClosed:
            outcome.append("closed")

    consumer = threading.Thread(target=consume)
    consumer.start()
    slot.close()
    consumer.join(timeout=5)
    assert outcome == ["closed"]


def test_putting_wakes_a_waiting_consumer() -> None:
    slot: Slot[str] = Slot()
    outcome: list[str | None] = []
    consumer = threading.Thread(target=lambda: outcome.append(slot.take(timeout_s=5)))
    consumer.start()
    slot.put("frame")
    consumer.join(timeout=5)
    assert outcome == ["frame"]
