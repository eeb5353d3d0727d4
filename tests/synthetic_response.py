"""A mapping and a response made by code: a tracker of which everything is known."""

from __future__ import annotations

import numpy as np

from flame_model.arrays import Array, Int64Array
from mappings.response.aperture_model import ApertureModel
from mappings.response.fit import driven_signals
from mappings.response.problem import SOLVED_POINTS
from mappings.response.quadratic import Quadratic
from mappings.response.response import ANGLE_COUNT, Response, mapping_key
from mappings.scores.layout import Layout
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT

OUTPUTS = SIGNAL_COUNT + ANGLE_COUNT


def plain_mapping(*names: int) -> ScoreMapping:
    """Return a mapping whose 52 expression components are the signals, those of `names` alone if any."""
    moving = np.eye(SIGNAL_COUNT)
    if names:
        moving[[index for index in range(SIGNAL_COUNT) if index not in names]] = 0.0
    layout = Layout(SIGNAL_COUNT)
    matrix = np.zeros((SIGNAL_COUNT, layout.width))
    matrix[:, layout.expression] = moving
    return ScoreMapping("plain", matrix, np.zeros(layout.width))


def synthetic_response(mapping: ScoreMapping, seed: int = 0, bent: float = 0.01) -> Response:
    """Return a tracker that reports 0.7 of each signal, with leaks of the others and of the turn.

    `bent` is the size of its quadratic terms.
    """
    random = np.random.default_rng(seed)
    signals = driven_signals(mapping)
    count = len(signals) + ANGLE_COUNT
    scale = np.append(np.full(len(signals), 0.25), np.full(ANGLE_COUNT, 0.15))
    slopes = random.normal(0.0, 0.02, (OUTPUTS, count))
    slopes[signals, np.arange(len(signals))] = 0.7
    slopes[SIGNAL_COUNT:, len(signals) :] += np.eye(ANGLE_COUNT)
    quadratic = random.normal(0.0, bent, (OUTPUTS, count, count)) / np.sqrt(count)
    bent_by = 0.5 * (quadratic + quadratic.swapaxes(1, 2))
    constant = np.append(np.full(SIGNAL_COUNT, 0.15), np.zeros(ANGLE_COUNT))
    points = 3 * len(SOLVED_POINTS)
    places = Quadratic(
        random.normal(0.0, 0.05, points),
        random.normal(0.0, 0.0005, (points, count)),
        np.zeros((points, count, count)),
    )
    return Response(
        signals=signals,
        centre=np.append(np.full(len(signals), 0.2), np.zeros(ANGLE_COUNT)),
        scale=scale,
        reports=Quadratic(constant, slopes * scale, bent_by),
        shift_slopes=random.normal(0.0, 0.5, (OUTPUTS, 3)),
        points=SOLVED_POINTS,
        places=places,
        apertures=_apertures(signals, scale),
        eye_distance=0.0865,
        angle_limits=np.radians([30.0, 20.0, 12.0]),
        linear_r2=np.full(SIGNAL_COUNT, 0.5),
        r2=np.full(SIGNAL_COUNT, 0.75),
        frames=1234,
        mapping_key=mapping_key(mapping),
    )


def _apertures(signals: Int64Array, scale: Array) -> ApertureModel:
    """Return apertures that jawOpen opens and mouthClose shuts, and that each eyeBlink shuts."""
    slopes = np.zeros((3, len(scale)))
    for row, name, slope in (
        (0, "jawOpen", 0.4),
        (0, "mouthClose", -0.4),
        (1, "eyeBlinkLeft", -0.12),
        (2, "eyeBlinkRight", -0.12),
    ):
        slopes[row, np.flatnonzero(signals == MEDIAPIPE_INDEX[name])] = slope
    # At the signals' centre, 0.2, the mouth rests and the eyes are open.
    opened = np.array([0.0, 0.1, 0.1])
    return ApertureModel(np.full(3, 0.01), Quadratic(opened, slopes * scale, np.zeros((3, *scale.shape * 2))))
