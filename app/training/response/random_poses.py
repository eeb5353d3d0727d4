"""Random plays for a head: what people do, mixed, strengthened and turned about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from flame_model.arrays import Array
from flame_model.rotations import axis_angle_from_matrix, matrix_from_axis_angle, slerp
from mappings.signals import SIGNAL_COUNT
from render.look import Light, Look

Generator = np.random.Generator

TURN_DEGREES = np.array([12.0, 8.0, 5.0])
"""Standard deviation of yaw, pitch and roll."""
TURN_LIMIT_DEGREES = np.array([42.0, 25.0, 18.0])
SHIFT_M = 0.02
SIGNAL_RANGE = (-0.35, 1.3)
BETWEEN = 3
"""Frames from one pose to the next: the tracker needs to see a face move to follow it."""
POSED_SHARE, MIXED_SHARE, PUSHED_SHARE = 0.7, 0.5, 0.06
"""Poses that begin with what somebody did; those that take 0.3 of somebody else's signals; signals that are
pushed by themselves, so that rare ones are met too: with 0.15 of them the faces are no longer human, and the
round trip of three clips fell from 0.897 to 0.880."""
POSES_PER_LOOK = 50


@dataclass(frozen=True, slots=True)
class Pose:
    """Hold one moment of a play."""

    signals: Array
    """(52,) as the mapping takes them."""
    turn: Array
    """(3,) axis-angle radians of the head."""
    shift: Array
    """(3,) metres from the middle of the stage."""


def random_pose(generator: Generator, people: Array) -> Pose:
    """Return a pose drawn around the scores (N, 52) of `people`."""
    signals = _mixed(generator, people)
    angles = np.clip(generator.normal(0.0, TURN_DEGREES), -TURN_LIMIT_DEGREES, TURN_LIMIT_DEGREES)
    yaw, pitch, roll = matrix_from_axis_angle(np.eye(3)[[1, 0, 2]] * np.radians(angles)[:, None])
    shift = generator.normal(0.0, SHIFT_M, 3)
    return Pose(np.clip(signals, *SIGNAL_RANGE), axis_angle_from_matrix(yaw @ pitch @ roll), shift)


def _mixed(generator: Generator, people: Array) -> Array:
    """Return signals (52,) of somebody, with some of somebody else and some pushed."""
    signals = np.zeros(SIGNAL_COUNT)
    if generator.random() < POSED_SHARE:
        signals = people[generator.integers(len(people))].astype(np.float64)
    if generator.random() < MIXED_SHARE:
        other = people[generator.integers(len(people))]
        signals = np.where(generator.random(SIGNAL_COUNT) < 0.3, other, signals)
    pushed = generator.random(SIGNAL_COUNT) < PUSHED_SHARE
    return np.where(pushed, signals + generator.uniform(-0.4, 1.0, SIGNAL_COUNT), signals)


def play(draw: Callable[[], Pose], frames: int) -> Iterator[Pose]:
    """Yield `frames` poses on the way from each drawn pose to the next."""
    start = end = draw()
    for index in range(frames):
        step = index % BETWEEN
        if step == 0:
            start, end = end, draw()
        share = (step + 1) / BETWEEN
        yield Pose(
            start.signals + share * (end.signals - start.signals),
            slerp(start.turn, end.turn, share),
            start.shift + share * (end.shift - start.shift),
        )


def plays(draw: Callable[[], Pose], frames: int, count: int) -> Iterator[Pose]:
    """Yield `frames` poses of `count` plays, which take turns."""
    each = [play(draw, -(-frames // count)) for _ in range(count)]
    return islice((pose for turn in zip(*each, strict=True) for pose in turn), frames)


def random_look(generator: Generator) -> Look:
    """Return the stage's look with its lights a little moved and of other strength."""
    usual = Look()
    key, fill = (_moved(light, generator) for light in (usual.key, usual.fill))
    return Look(key=key, fill=fill, exposure=float(generator.uniform(0.85, 1.15)))


def _moved(light: Light, generator: Generator) -> Light:
    direction = np.array(light.direction) + generator.normal(0.0, 0.15, 3)
    strength = generator.uniform(0.8, 1.2)
    x, y, z = direction.tolist()
    red, green, blue = (float(strength * channel) for channel in light.color)
    return Light((x, y, z), (red, green, blue))
