"""A mapping and a response made by code: a tracker of which everything is known."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from flame_model.arrays import Array, Int64Array
from mappings.response.fit import driven_signals
from mappings.response.links import ANGLE_COUNT, APERTURE_COUNT, REPORT_COUNT
from mappings.response.network import Network
from mappings.response.problem import SOLVED_POINTS
from mappings.response.response import Response, mapping_key
from mappings.response.symmetry import symmetry_of
from mappings.scores.layout import Layout
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_INDEX, SIGNAL_COUNT

HIDDEN = 8
CENTRE = 0.2
"""Value of each signal at the centre of the response."""
_AT_REST = -np.log(0.95 / 0.05)
"""Logit of a score whose signal is 0: the score 0.05."""
_LOGIT_SLOPE = np.log(0.75 / 0.25) - _AT_REST
"""Slope of a score's logit by its own signal, which takes the score from 0.05 to 0.75."""
_SCALES = (0.25, 0.15, 0.02)
"""Scale of signals, of angles in radians and of shifts in metres."""


def plain_mapping(*names: int) -> ScoreMapping:
    """Return a mapping whose 52 expression components are the signals, those of `names` alone if any."""
    moving = np.eye(SIGNAL_COUNT)
    if names:
        moving[[index for index in range(SIGNAL_COUNT) if index not in names]] = 0.0
    layout = Layout(SIGNAL_COUNT)
    matrix = np.zeros((SIGNAL_COUNT, layout.width))
    matrix[:, layout.expression] = moving
    return ScoreMapping("plain", matrix, np.zeros(layout.width))


def synthetic_response(
    mapping: ScoreMapping, seed: int = 0, bent: float = 0.1, points: Int64Array = SOLVED_POINTS
) -> Response:
    """Return a tracker that reports each signal, with leaks of the others, of the turn and of the place.

    Scores are sigmoids; `bent` is the size of what the hidden units add to their logits. Angles and landmarks
    are linear.
    """
    signals = driven_signals(mapping)
    scale = np.repeat(_SCALES, [len(signals), ANGLE_COUNT, 3])
    return Response(
        signals=signals,
        centre=np.append(np.full(len(signals), CENTRE), np.zeros(ANGLE_COUNT + 3)),
        scale=scale,
        network=_network(np.random.default_rng(seed), signals, scale, len(points), bent),
        points=points,
        shut=np.full(APERTURE_COUNT, 0.01),
        people_mean=np.zeros(len(signals)),
        people_precision=np.zeros((len(signals), len(signals))),
        eye_distance=0.0865,
        angle_limits=np.radians([30.0, 20.0, 12.0]),
        linear_r2=np.full(SIGNAL_COUNT, 0.5),
        r2=np.full(SIGNAL_COUNT, 0.75),
        frames=1234,
        mapping_key=mapping_key(mapping),
    )


def evened(response: Response) -> Response:
    """Return the response that treats both sides alike: the mean of the network and its mirror image."""
    own = response.network
    other = symmetry_of(response.signals, response.points).mirrored(own)
    both = {
        each.name: 0.5 * (getattr(own, each.name) + getattr(other, each.name)) for each in fields(Network)
    }
    return replace(response, network=Network(**both))


def _network(
    random: np.random.Generator, signals: Int64Array, scale: Array, points: int, bent: float
) -> Network:
    """Return a network, in double precision, that is all but linear."""
    inputs, coordinates = len(scale), 3 * points
    last = np.zeros((REPORT_COUNT + coordinates + APERTURE_COUNT, HIDDEN))
    last[:SIGNAL_COUNT] = random.normal(0.0, bent, (SIGNAL_COUNT, HIDDEN))
    scores, angles = _leaks(random, inputs, SIGNAL_COUNT, 0.15), _leaks(random, inputs, ANGLE_COUNT, 0.02)
    scores[signals, np.arange(len(signals))] = _LOGIT_SLOPE
    angles[:, len(signals) : -3] += np.eye(ANGLE_COUNT)
    places = random.normal(0.0, 0.0005, (coordinates, inputs)) / scale
    places[:, -3:] = 0.0
    at_rest = np.full(SIGNAL_COUNT, _AT_REST)
    at_rest[signals] += CENTRE * _LOGIT_SLOPE
    return Network(
        first=random.normal(0.0, 1.0, (HIDDEN, inputs)) / np.sqrt(inputs),
        first_bias=random.normal(0.0, 0.5, HIDDEN),
        second=random.normal(0.0, 1.0, (HIDDEN, HIDDEN)) / np.sqrt(HIDDEN),
        second_bias=random.normal(0.0, 0.5, HIDDEN),
        last=last,
        direct=np.vstack([scores, angles, places, _aperture_slopes(signals, inputs)]) * scale,
        # At the signals' centre the mouth rests and the eyes are open.
        bias=np.concatenate(
            [at_rest, np.zeros(ANGLE_COUNT), random.normal(0.0, 0.05, coordinates), [0.0, 0.1, 0.1]]
        ),
    )


def _leaks(random: np.random.Generator, inputs: int, outputs: int, size: float) -> Array:
    """Return random slopes (outputs, inputs), those by the shift in metres 25 times as large."""
    return random.normal(0.0, size, (outputs, inputs)) * np.repeat([1.0, 25.0], [inputs - 3, 3])


def _aperture_slopes(signals: Int64Array, inputs: int) -> Array:
    """Return slopes (3, inputs) by which jawOpen opens and mouthClose shuts, and each eyeBlink shuts."""
    slopes = np.zeros((APERTURE_COUNT, inputs))
    for row, name, slope in (
        (0, "jawOpen", 0.4),
        (0, "mouthClose", -0.4),
        (1, "eyeBlinkLeft", -0.12),
        (2, "eyeBlinkRight", -0.12),
    ):
        slopes[row, np.flatnonzero(signals == MEDIAPIPE_INDEX[name])] = slope
    return slopes
