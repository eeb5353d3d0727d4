"""Random poses of a head for measuring its response: people's scores mixed and changed, and random turns."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice

import numpy as np

from flame_model.arrays import Array
from flame_model.rotations import axis_angle_from_matrix, matrix_from_axis_angle, slerp
from mappings.person.typical_rest import typical_rest
from mappings.signals import SIGNAL_COUNT, mirrored_indices
from render.scene.lighting import Light, Lighting

Generator = np.random.Generator

TURN_DEGREES = np.array([12.0, 8.0, 5.0])
"""Standard deviation of yaw, pitch and roll."""
TURN_LIMIT_DEGREES = np.array([42.0, 25.0, 18.0])
"""Largest yaw, pitch and roll to either side."""
SHIFT_M = 0.02
"""Standard deviation of the head's place along each axis, metres."""
SIGNAL_RANGE = (-0.1, 1.05)
"""Least and greatest value of a signal; it covers the bounds of most signals in the response solver."""
SINGLE_SHARE = 0.2
"""Share of poses in which a single movement departs from rest, on one side or both: most of what people do
before a camera lies near rest, and there the turn must not follow lids, lips and brows."""
BOTH_SIDES_SHARE = 0.7
"""Share of these movements that both sides make. Like SINGLE_SHARE chosen without trial."""
STEPS = 3
"""Frames from one pose to the next: the tracker needs to see a face move to follow it."""
POSED_SHARE, MIXED_SHARE, CHANGED_SHARE = 0.7, 0.5, 0.06
"""Share of poses that begin with somebody's scores, share of poses that take 0.3 of somebody else's scores,
and share of signals that are changed at random, so that rare ones are met too. With 0.15 instead of 0.06 the
faces are not human, and the round trip of three clips fell from 0.897 to 0.880."""
POSES_PER_LIGHTING = 50
"""Poses that are drawn in the same light."""


@dataclass(frozen=True, slots=True)
class Pose:
    """The signals, turn and place of a head in one frame."""

    signals: Array
    """(52,) as the mapping takes them."""
    turn: Array
    """(3,) axis-angle radians of the head."""
    shift: Array
    """(3,) metres from the scene's centre."""


def random_pose(generator: Generator, people: Array) -> Pose:
    """Return a random pose, its signals near rest or near the scores (N, 52) of `people`."""
    single = generator.random() < SINGLE_SHARE
    signals = _single(generator) if single else _mixed(generator, people)
    angles = np.clip(generator.normal(0.0, TURN_DEGREES), -TURN_LIMIT_DEGREES, TURN_LIMIT_DEGREES)
    yaw, pitch, roll = matrix_from_axis_angle(np.eye(3)[[1, 0, 2]] * np.radians(angles)[:, None])
    shift = generator.normal(0.0, SHIFT_M, 3)
    return Pose(np.clip(signals, *SIGNAL_RANGE), axis_angle_from_matrix(yaw @ pitch @ roll), shift)


def _single(generator: Generator) -> Array:
    """Return the signals (52,) of rest with one movement of random strength, of both sides or of one."""
    signals = typical_rest().copy()
    moved = int(generator.integers(SIGNAL_COUNT))
    both = [moved, int(mirrored_indices()[moved])] if generator.random() < BOTH_SIDES_SHARE else [moved]
    signals[both] = generator.random()
    return signals


def _mixed(generator: Generator, people: Array) -> Array:
    """Return somebody's signals (52,), some of them replaced by somebody else's, some changed at random."""
    signals = np.zeros(SIGNAL_COUNT)
    if generator.random() < POSED_SHARE:
        signals = people[generator.integers(len(people))].astype(np.float64)
    if generator.random() < MIXED_SHARE:
        other = people[generator.integers(len(people))]
        signals = np.where(generator.random(SIGNAL_COUNT) < 0.3, other, signals)
    changed = generator.random(SIGNAL_COUNT) < CHANGED_SHARE
    return np.where(changed, signals + generator.uniform(-0.4, 1.0, SIGNAL_COUNT), signals)


def pose_sequence(draw: Callable[[], Pose], frames: int) -> Iterator[Pose]:
    """Yield `frames` poses that go evenly from each pose that `draw` returns to the next, in STEPS each."""
    start = end = draw()
    for index in range(frames):
        step = index % STEPS
        if step == 0:
            start, end = end, draw()
        share = (step + 1) / STEPS
        yield Pose(
            start.signals + share * (end.signals - start.signals),
            slerp(start.turn, end.turn, share),
            start.shift + share * (end.shift - start.shift),
        )


def interleaved_sequences(draw: Callable[[], Pose], frames: int, count: int) -> Iterator[Pose]:
    """Yield `frames` poses of `count` sequences that take turns."""
    sequences = [pose_sequence(draw, -(-frames // count)) for _ in range(count)]
    return islice(chain.from_iterable(zip(*sequences, strict=True)), frames)


def random_lighting(generator: Generator) -> Lighting:
    """Return the usual lighting with lights that are moved a little, of another strength and exposure."""
    usual = Lighting()
    key, fill = (_moved(light, generator) for light in (usual.key, usual.fill))
    return Lighting(key=key, fill=fill, exposure=float(generator.uniform(0.85, 1.15)))


def _moved(light: Light, generator: Generator) -> Light:
    """Return a light whose direction and strength differ at random."""
    direction = np.array(light.direction) + generator.normal(0.0, 0.15, 3)
    strength = generator.uniform(0.8, 1.2)
    x, y, z = direction.tolist()
    red, green, blue = (float(strength * channel) for channel in light.color)
    return Light((x, y, z), (red, green, blue))
