"""Readings of a head are divided and joined."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from flame_model.face.measured_face import bundled_measurement
from mappings.response.readings import Readings
from mappings.signals import SIGNAL_COUNT


def readings(count: int, seed: int = 0) -> Readings:
    random = np.random.default_rng(seed)
    columns = {
        "signals": SIGNAL_COUNT,
        "angles": 3,
        "shifts": 3,
        "scores": SIGNAL_COUNT,
        "reported_angles": 3,
    }
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
