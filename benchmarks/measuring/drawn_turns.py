"""Draw a head that talks and turns quickly, and track it: true movements that no trust may hold back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from app.evaluating.driving import SIZE, Variant
from benchmarks.measuring.closed_loop import FPS
from benchmarks.measuring.disturbed_driving import Seen, track
from flame_model.arrays import Array
from flame_model.params import HeadParams
from flame_model.rotations import matrix_from_yaw_pitch_roll
from mappings.frames import Frame
from mappings.motion.head_pose import head_pose
from mappings.person.typical_rest import typical_rest
from mappings.signals import MEDIAPIPE_INDEX
from render.offscreen_renderer import OffscreenRenderer

DURATION_S = 2.5
_TALK_HZ, _JAW = 2.0, 0.4
"""Syllables a second, and how far the jaw opens."""


def _swing(degrees: float, hz: float) -> Callable[[Array], Array]:
    return lambda times: degrees * np.sin(2.0 * np.pi * hz * times)


def _there_and_back(degrees: float, within_s: float) -> Callable[[Array], Array]:
    """Return the turn that begins after a second, and begins to go back after two."""
    return lambda times: (
        degrees * np.interp(times, np.cumsum([1.0, within_s, 1.0 - within_s, within_s]), [0, 1, 1, 0])
    )


def _still(times: Array) -> Array:
    return np.zeros_like(times)


TURNS = {
    "shaking the head, 30° to each side, 1.5 Hz": (_swing(30.0, 1.5), _still),
    "nodding, 15° up and down, 2 Hz": (_still, _swing(15.0, 2.0)),
    "turning by 40° within 0.2 s": (_there_and_back(40.0, 0.2), _still),
    "turning by 60° within 0.3 s": (_there_and_back(60.0, 0.3), _still),
}
"""By name: yaw and pitch in degrees as functions of the times (N,) in seconds."""


def observed_turns(variant: Variant, bundle: Path) -> Iterator[tuple[str, Seen, Array]]:
    """Yield name, observations and times (N,) of every movement of TURNS. Raises GraphicsError."""
    times = np.arange(0.0, DURATION_S, 1.0 / FPS)
    with OffscreenRenderer(variant.animated.head, SIZE) as renderer:
        for name, (yaw, pitch) in TURNS.items():
            drawn = turning(variant, times, yaw(times), pitch(times))
            frames = [
                Frame(index, float(time_s), np.ascontiguousarray(renderer.draw(params)[..., :3]))
                for index, (time_s, params) in enumerate(zip(times, drawn, strict=True))
            ]
            yield name, track(frames, bundle, name), times


def turning(variant: Variant, times: Array, yaw_deg: Array, pitch_deg: Array) -> Iterator[HeadParams]:
    """Yield the parameters of a head that talks at the times (N,) while it has the turns (N,), degrees."""
    head, mapping = variant.animated.head, variant.animated.mapping
    joints = head.joint_regressor @ head.template
    for time_s, yaw, pitch in zip(times, yaw_deg, pitch_deg, strict=True):
        scores = typical_rest().copy()
        scores[MEDIAPIPE_INDEX["jawOpen"]] = _JAW * (0.5 - 0.5 * np.cos(2.0 * np.pi * _TALK_HZ * time_s))
        T_scene_face = np.eye(4)
        T_scene_face[:3, :3] = matrix_from_yaw_pitch_roll(np.radians([yaw, pitch, 0.0]))
        yield head_pose(T_scene_face, joints).with_coefficients(mapping.coefficients(scores))
