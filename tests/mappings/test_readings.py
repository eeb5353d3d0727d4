"""What the tracker read on a head, and the same in a mirror."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from flame_model.builtin.measured import bundled_measurement
from mappings.readings import Readings
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT


def readings(count: int, seed: int = 0) -> Readings:
    random = np.random.default_rng(seed)
    columns = {"signals": SIGNAL_COUNT, "angles": 3, "shifts": 3, "scores": SIGNAL_COUNT, "read_angles": 3}
    rows = {name: random.normal(size=(count, width)) for name, width in columns.items()}
    face = bundled_measurement().neutral
    return Readings(**rows, faces=face + random.normal(0.0, 0.001, (count, 468, 3)))


def assert_same(one: Readings, other: Readings) -> None:
    for field in fields(Readings):
        np.testing.assert_allclose(getattr(one, field.name), getattr(other, field.name), err_msg=field.name)


def test_parts_join_to_the_whole() -> None:
    whole = readings(7)
    assert_same(whole.part(slice(0, 3)).joined(whole.part(slice(3, None))), whole)
    assert len(whole.part(slice(0, 3)).faces) == 3


def test_in_a_mirror_sides_change_places() -> None:
    seen = readings(3)
    mirrored = seen.with_mirrored().part(slice(3, None))
    assert_same(seen.with_mirrored().part(slice(0, 3)), seen)
    left, right = MEDIAPIPE_INDEX["mouthSmileLeft"], MEDIAPIPE_INDEX["mouthSmileRight"]
    for name in ("signals", "scores"):
        np.testing.assert_array_equal(getattr(mirrored, name)[:, left], getattr(seen, name)[:, right])
        jaw = MEDIAPIPE_INDEX["jawOpen"]
        np.testing.assert_array_equal(getattr(mirrored, name)[:, jaw], getattr(seen, name)[:, jaw])
    for name in ("angles", "read_angles"):
        np.testing.assert_array_equal(getattr(mirrored, name), getattr(seen, name) * (-1.0, 1.0, -1.0))
    np.testing.assert_array_equal(mirrored.shifts, seen.shifts * (-1.0, 1.0, 1.0))
    np.testing.assert_allclose(mirrored.faces[:, 61], seen.faces[:, 291] * (-1.0, 1.0, 1.0))


def test_the_mirror_image_of_a_mirror_image_is_as_it_was() -> None:
    seen = readings(2)
    twice = seen.with_mirrored().part(slice(2, None)).with_mirrored().part(slice(2, None))
    assert_same(twice, seen)
