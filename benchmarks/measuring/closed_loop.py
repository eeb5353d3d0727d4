"""Measure whether a head whose face alone moves is driven to turn: draw it, track it, drive it again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.evaluating.driving import SIZE, Variant
from app.system.terminal import with_progress_bar
from flame_model.arrays import Array, Float64Array
from flame_model.deform import deform, prepare
from flame_model.errors import InputError
from flame_model.head import Head
from flame_model.params import HeadParams
from flame_model.rotations import axis_angle_from_matrix, matrix_from_axis_angle, matrix_from_yaw_pitch_roll
from mappings.frames import Frame
from mappings.motion.head_pose import head_pose
from mappings.person.typical_rest import typical_rest
from mappings.signals import MEDIAPIPE_INDEX
from mappings.tracking.people.person_tracker import PersonTracker
from render.offscreen_renderer import OffscreenRenderer

MOVEMENTS: dict[str, dict[str, float]] = {
    "nothing": {},
    "lids": {"eyeBlinkLeft": 0.85, "eyeBlinkRight": 0.85},
    "jaw": {"jawOpen": 0.6},
    "brows raised": {"browInnerUp": 0.7, "browOuterUpLeft": 0.6, "browOuterUpRight": 0.6},
    "brows lowered": {"browDownLeft": 0.6, "browDownRight": 0.6},
    "gaze to the left": {"eyeLookOutLeft": 0.7, "eyeLookInRight": 0.7},
    "gaze up": {"eyeLookUpLeft": 0.6, "eyeLookUpRight": 0.6},
    "gaze down": {"eyeLookDownLeft": 0.6, "eyeLookDownRight": 0.6},
    "smile": {"mouthSmileLeft": 0.7, "mouthSmileRight": 0.7},
}
"""The signals of each movement at its height, about as strong as in people; chosen by eye. "nothing" is
the control: it shows the tracker's noise."""
POSES: dict[str, tuple[float, float, float]] = {
    "ahead": (0.0, 0.0, 0.0),
    "to the side": (20.0, 0.0, 0.0),
    "down": (0.0, 12.0, 0.0),
}
"""Yaw, pitch and roll in degrees of the head that is drawn."""
FPS = 30.0
SETTLING_S, CYCLE_S, RISE_S, HELD_S = 1.2, 1.0, 0.15, 0.15
"""Seconds at rest before the movement, of each repetition, and for which the movement rises, and is held."""
CYCLES = 2
"""How often the movement comes and goes."""
_SETTLED_S = 0.8
"""After this time the turn before the movement counts; tracker and smoothing have settled by then."""


@dataclass(frozen=True, slots=True)
class Leak:
    """How far a movement of the face alone moved the driven head."""

    movement: str
    pose: str
    seen: float
    """Share of the frames in which the face was found."""
    turn_deg: float
    """Largest angle between the head's turn and its mean turn before the movement."""
    crown_mm: float
    """Largest distance of the crown from its mean place before the movement."""


def measure_leaks(variant: Variant, bundle: Path, poses: Sequence[str]) -> list[Leak]:
    """Return the leak of every movement in each of the POSES named. Raises GraphicsError or InputError."""
    with OffscreenRenderer(variant.animated.head, SIZE) as renderer:
        return [_leak(movement, pose, variant, renderer, bundle) for pose in poses for movement in MOVEMENTS]


def _leak(movement: str, pose: str, variant: Variant, renderer: OffscreenRenderer, bundle: Path) -> Leak:
    drawn = list(face_moves(variant, MOVEMENTS[movement], POSES[pose]))
    driver, driven, found = variant.driver(), [], 0
    with closing(PersonTracker(bundle)) as tracker:
        for index, params in enumerate(with_progress_bar(drawn, len(drawn), title=f"{movement}, {pose}")):
            picture = np.ascontiguousarray(renderer.draw(params)[..., :3])
            observation = tracker.observe(Frame(index, index / FPS, picture)).observation
            found += observation is not None
            driven.append(driver.follow(observation, index / FPS))
    if not found:
        raise InputError(f"The tracker does not find a face on the head {variant.animated.head.name}.")
    before = slice(round(_SETTLED_S * FPS), round(SETTLING_S * FPS))
    after = slice(before.stop, None)
    crowns = crown_places(variant.animated.head, driven)
    return Leak(
        movement=movement,
        pose=pose,
        seen=found / len(drawn),
        turn_deg=largest_turn(driven[before], driven[after]),
        crown_mm=1000.0 * float(np.linalg.norm(crowns[after] - crowns[before].mean(axis=0), axis=1).max()),
    )


def face_moves(
    variant: Variant, signals: dict[str, float], pose_deg: tuple[float, float, float]
) -> Iterator[HeadParams]:
    """Yield a head's parameters while signals come and go from rest and the head keeps its pose."""
    head, mapping = variant.animated.head, variant.animated.mapping
    T_scene_face = np.eye(4)
    T_scene_face[:3, :3] = matrix_from_yaw_pitch_roll(np.radians(pose_deg))
    pose = head_pose(T_scene_face, head.joint_regressor @ head.template)
    high = typical_rest().copy()
    for name, value in signals.items():
        high[MEDIAPIPE_INDEX[name]] = value
    for time_s in np.arange(0.0, SETTLING_S + CYCLES * CYCLE_S, 1.0 / FPS):
        share = strength(float(time_s))
        yield pose.with_coefficients(mapping.coefficients((1.0 - share) * typical_rest() + share * high))


def strength(time_s: float) -> float:
    """Return the strength of the movement, 0 to 1: straight up, held, straight down, in every cycle."""
    if time_s < SETTLING_S:
        return 0.0
    begun_s = (time_s - SETTLING_S) % CYCLE_S
    return float(np.interp(begun_s, np.cumsum([0.0, RISE_S, HELD_S, RISE_S]), [0.0, 1.0, 1.0, 0.0]))


def largest_turn(before: Sequence[HeadParams], after: Sequence[HeadParams]) -> float:
    """Return the largest angle in degrees between a turn `after` and the mean of those `before`."""
    u, _, vt = np.linalg.svd(whole_turns(before).mean(axis=0))
    angles = np.linalg.norm(axis_angle_from_matrix(whole_turns(after) @ (u @ vt).T), axis=1)
    return float(np.degrees(angles.max()))


def whole_turns(params: Sequence[HeadParams]) -> Float64Array:
    """Return the whole turns (N, 3, 3) of the face: of the root, then of the neck."""
    root, neck = (
        matrix_from_axis_angle(rows) for rows in zip(*[(p.rotation, p.neck) for p in params], strict=True)
    )
    return np.asarray(root @ neck)


def crown_places(head: Head, params: Sequence[HeadParams]) -> Array:
    """Return the places (N, 3) in metres of the head's highest vertex."""
    prepared, crown = prepare(head), int(head.template[:, 1].argmax())
    return np.array([deform(prepared, each)[crown] for each in params])
