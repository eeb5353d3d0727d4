"""Fit a head's response to readings: what the tracker reported on the head in many poses.

The network of `Response` is trained to

    min over the weights:  mean over readings and reports of  ((reported - seen) / unit)^2

with a unit for each kind of report (`_units`), on the readings and, by tied weights, on their mirror images:
the tracker reports the sides of a face differently, and a face that is as symmetric as the person's looks
better than one that repeats these differences (see `Symmetry.one_sided` for the exceptions). A part of the
readings is kept back to judge it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from flame_model.arrays import Array, Int64Array
from flame_model.errors import InputError
from mappings.person.apertures import apertures, eye_distance
from mappings.response.anchors import anchored
from mappings.response.links import ANGLE_COUNT, APERTURE_COUNT, REPORT_COUNT, link
from mappings.response.network import Network
from mappings.response.readings import Readings
from mappings.response.response import Response, mapping_key
from mappings.response.symmetry import Symmetry, symmetry_of
from mappings.response.training import train
from mappings.response.transfer import transferred
from mappings.scores.score_mapping import ScoreMapping
from mappings.signals import MEDIAPIPE_NAMES, NEVER_SENT, SIGNAL_COUNT

LEAST_SCALE = 0.02
"""Least scale of an input, so that one that hardly varied is not amplified."""
ANGLE_QUANTILE = 0.98
"""Quantile of the turns to either side that limits the angles of the model."""
KEPT_BACK = 20
"""One over the share of the readings that is kept back to judge the fit."""
SHUT_QUANTILE, SHUT_SHARE = 0.01, 0.7
"""The aperture of pressed lips or lids is this share of this quantile of the readings, below all but a
few."""
RIDGE = 20.0
"""Penalty of the linear model that the network is compared with."""
LEAST_SPREAD = 0.001
"""Standard deviation of a score in the readings that are kept back below which nothing is to be explained."""
_SCORE_UNIT, _ANGLE_UNIT, _PLACE_UNIT = 0.05, np.radians(0.4), 0.0008
_APERTURE_UNITS = (0.01, 0.005, 0.005)
"""Errors of a score, an angle in radians, a coordinate in metres, and of the apertures of mouth and eyes in
eye distances that count alike; about as large as the errors that remain."""
_SCORE_GAIN, _ANGLE_GAIN, _PLACE_GAIN, _APERTURE_GAIN = 4.0, 0.2, 0.005, 0.1
"""Sizes of the network's values, so that its weights are about 1 while it is trained."""


def driven_signals(mapping: ScoreMapping) -> Int64Array:
    """Return the indices of the signals that move a head and that the tracker ever sends."""
    moving = np.abs(mapping.matrix).sum(axis=1) > 0.0
    sent = np.array([name not in NEVER_SENT for name in MEDIAPIPE_NAMES])
    return np.flatnonzero(moving & sent)


def fit_response(
    readings: Readings, mapping: ScoreMapping, points: Int64Array, other: Response | None = None
) -> Response:
    """Return the response with the landmarks `points` (K,).

    With the response of an `other` head, which has the same landmarks, fewer readings suffice. They do not
    tell how the looks of both eyes differ: with looks of their own the lips, lids and brows of ICT-FaceKit
    were 0.56 mm from those of the mirrored person, with looks that are alike 0.33 mm. Raises InputError for
    fewer readings than four times the inputs.
    """
    signals = driven_signals(mapping)
    least = 4 * (len(signals) + ANGLE_COUNT)
    if len(readings.scores) < least:
        raise InputError(
            f"The tracker found the head in {len(readings.scores)} pictures only, at least {least} are "
            "needed to measure its response; take more --readings, or a head whose face it finds."
        )
    # Successive readings are alike, so those that are kept back are successive.
    split = len(readings.scores) - len(readings.scores) // KEPT_BACK
    known, kept = readings.part(slice(0, split)), readings.part(slice(split, None))
    centre, scale = _standard(known.joined(known.mirrored()), signals)
    eye_size = float(np.mean([eye_distance(face) for face in known.faces]))
    z = (_inputs(known, signals) - centre) / scale
    shut = SHUT_SHARE * np.quantile([apertures(face) for face in known.faces], SHUT_QUANTILE, axis=0)
    start = None if other is None else transferred(other, signals, centre, scale)
    symmetry = symmetry_of(signals, points, one_sided_looks=other is None)
    network = _train(z, _seen(known, points, eye_size), shut, symmetry, start)
    test = (_inputs(kept, signals) - centre) / scale
    return Response(
        signals=signals,
        centre=centre,
        scale=scale,
        network=network,
        points=points,
        shut=shut,
        people_mean=np.zeros(len(signals)),
        people_precision=np.zeros((len(signals), len(signals))),
        eye_distance=eye_size,
        angle_limits=np.quantile(np.abs(readings.angles), ANGLE_QUANTILE, axis=0),
        linear_r2=_r2(_linear(z, known.scores, test), kept.scores),
        r2=_r2(link(network.values(test), shut)[0][:, :SIGNAL_COUNT], kept.scores),
        frames=len(readings.scores),
        mapping_key=mapping_key(mapping),
    )


def _inputs(readings: Readings, signals: Int64Array) -> Array:
    """Return the inputs (N, n + 6): signals, angles, shift."""
    return np.hstack([readings.signals[:, signals], readings.angles, readings.shifts])


def _standard(readings: Readings, signals: Int64Array) -> tuple[Array, Array]:
    """Return mean and standard deviation (n + 6,) of the inputs."""
    inputs = _inputs(readings, signals)
    scale = inputs.std(axis=0)
    scale[:-3] = np.maximum(scale[:-3], LEAST_SCALE)
    return inputs.mean(axis=0), scale


def _seen(readings: Readings, points: Int64Array, eye_size: float) -> Array:
    """Return what was seen (N, M): scores, angles, landmarks of a head with one eye distance, apertures."""
    sizes = np.array([eye_distance(face) for face in readings.faces])
    places = anchored(readings.faces, points) * (eye_size / sizes)[:, None, None]
    opened = [apertures(face) for face in readings.faces]
    return np.hstack(
        [readings.scores, readings.reported_angles, places.reshape(len(places), -1), np.array(opened)]
    )


def _train(z: Array, seen: Array, shut: Array, symmetry: Symmetry, start: Network | None) -> Network:
    """Return the network whose reports are nearest to those `seen` (N, M) at the inputs z (N, d)."""
    coordinates = seen.shape[1] - REPORT_COUNT - APERTURE_COUNT
    gain = np.repeat(
        np.array([_SCORE_GAIN, _ANGLE_GAIN, _PLACE_GAIN, _APERTURE_GAIN], dtype=np.float32),
        [SIGNAL_COUNT, ANGLE_COUNT, coordinates, APERTURE_COUNT],
    )
    unit = np.repeat([_SCORE_UNIT, _ANGLE_UNIT, _PLACE_UNIT], [SIGNAL_COUNT, ANGLE_COUNT, coordinates])
    weight = (2.0 / (seen.shape[1] * np.append(unit, _APERTURE_UNITS) ** 2)).astype(np.float32)
    places = slice(REPORT_COUNT, REPORT_COUNT + coordinates)
    offset = np.zeros(seen.shape[1], dtype=np.float32)
    offset[places] = seen[:, places].mean(axis=0)
    offset = 0.5 * (offset + symmetry.outputs(offset))
    target, shut = seen.astype(np.float32), shut.astype(np.float32)

    def loss_slopes(values: Array, rows: Array) -> Array:
        reported, slopes = link(offset + gain * values, shut)
        return weight * (reported - target[rows]) * slopes * gain / np.float32(len(rows))

    if start is not None:
        start = _scaled(start, 1.0 / gain, -offset / gain)
    return _scaled(train(z, loss_slopes, symmetry, seen.shape[1], start), gain, offset)


def _scaled(network: Network, gain: Array, offset: Array) -> Network:
    """Return the network whose values u (M,) become gain u + offset."""
    return replace(
        network,
        last=gain[:, None] * network.last,
        direct=gain[:, None] * network.direct,
        bias=gain * network.bias + offset,
    )


def _linear(z: Array, outputs: Array, test: Array) -> Array:
    """Return the outputs at the inputs `test` (N, d) by ridge regression on those at z."""
    mean = outputs.mean(axis=0)
    normal = z.T @ z + RIDGE * np.eye(z.shape[1])
    return np.asarray(mean + test @ np.linalg.solve(normal, z.T @ (outputs - mean)))


def _r2(predicted: Array, seen: Array) -> Array:
    """Return the R2 (52,) of predicted scores, limited to 0..1; 0 for a score that hardly varies."""
    spread = ((seen - seen.mean(axis=0)) ** 2).mean(axis=0)
    missed = ((seen - np.clip(predicted, 0.0, 1.0)) ** 2).mean(axis=0)
    varies = spread > LEAST_SPREAD**2
    return np.where(varies, 1.0 - missed / np.where(varies, spread, 1.0), 0.0)
